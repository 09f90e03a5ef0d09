export type LockedPart = {
  readonly version?: string
  readonly integrity?: string
  readonly optional?: boolean
  readonly peer?: boolean
  readonly link?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
}
export type Parts = Readonly<Record<string, LockedPart>>

export declare function checkNode(version?: string): void
export declare function ensureDependencies(root: string): Promise<void>
export declare function dependenciesReady(root: string): boolean
export declare function sameParts(locked: Parts, present: Parts, machine?: { readonly platform: string; readonly arch: string }): boolean
