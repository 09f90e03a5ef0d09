/**
 * A Vite plugin for pages that the Nexus serves by itself: `import script from './main.ts?bundle'` is that module with all
 * that it imports, as the text of one small script for old phones. So the pages are TypeScript like everything else, are
 * inside whichever program serves them, and no file has to be found at run time.
 */
import { build } from 'vite'

/** Phones of 2017 and later: Chrome 60, Safari 11. */
const TARGET = 'es2017'
const QUERY = '?bundle'

/** @returns {import('vite').Plugin} */
export function bundledPage() {
  return {
    name: 'dreamscore:bundled-page',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(QUERY)) return null
      const { code, modules } = await bundle(id.slice(0, -QUERY.length))
      for (const module of modules) this.addWatchFile(module)
      return { code: `export default ${JSON.stringify(code)}`, moduleType: 'js', map: null }
    },
  }
}

async function bundle(entry) {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: TARGET, minify: true, lib: { entry, formats: ['iife'], name: 'page' } },
  })
  const [chunk] = (Array.isArray(built) ? built[0] : built).output
  return { code: chunk.code, modules: Object.keys(chunk.modules) }
}
