export type ElectronRuntime = {
  readonly executablePath: string
  /** Come before any argument of the studio itself. */
  readonly args: readonly string[]
  readonly source: 'override' | 'download' | 'fallback'
}

export declare const FALLBACK_VERSION: string
export declare function fallbackFolder(root: string): string
export declare function electronRuntime(root?: string): ElectronRuntime | null
export declare function machineArguments(): readonly { readonly argument: string; readonly reason: string }[]
export declare function electronEnvironment(): NodeJS.ProcessEnv
export declare function hasDisplay(): boolean
