export declare function ensureLibraries(root: string, executablePath: string, wants: { readonly test: boolean }): Promise<boolean>
export declare function missingLibraries(executablePath: string): Promise<string[]>
export declare function parseMissing(listing: string): string[]
export declare function onPath(program: string): boolean
