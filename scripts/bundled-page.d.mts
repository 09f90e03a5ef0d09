import type { Plugin } from 'vite'

/** Turns `import script from './main.ts?bundle'` into the text of one script with all that the module imports. */
export declare function bundledPage(): Plugin
