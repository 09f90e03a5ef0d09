/**
 * Three builds into out/: `main` (Node programs: Electron's main process, the Nexus, the render worker and the command
 * line), `preload` (one CommonJS file each, as the sandbox demands) and `renderer` (the pages).
 */
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { bundledPage } from './scripts/bundled-page.mjs'

// The oldest of what the same build runs in: Node 20.18 and Chromium 130 of the fallback runtime (docs/dependencies.md).
const NODE = 'node20.18'
const CHROMIUM = 'chrome130'

const main = {
  main: 'electron/main/main.ts',
  nexus: 'nexus/process.ts',
  'render-worker': 'export/render-worker.ts',
  export: 'electron/export-process.ts',
  dreamscore: 'cli/dreamscore.ts',
}

const preload = {
  studio: 'electron/preload/studio.ts',
  engine: 'electron/preload/engine.ts',
  sensors: 'electron/preload/sensors.ts',
}

const pages = {
  studio: 'renderer/studio/index.html',
  engine: 'renderer/engine/index.html',
  sensors: 'renderer/sensors/index.html',
}

export default defineConfig({
  main: {
    // The pages that the Nexus serves lie inside it as text.
    plugins: [bundledPage()],
    build: {
      target: NODE,
      outDir: 'out/main',
      rolldownOptions: {
        input: inputs(main),
        // All files lie side by side, so that ./render-worker.js is found from whichever of them asks.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE,
      outDir: 'out/preload',
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: inputs(preload),
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    // Worklets are imported as `./layer-worklet.ts?worker&url`: a module file of its own, with all it needs inside.
    worker: {
      format: 'es',
      rolldownOptions: { output: { entryFileNames: 'assets/[name]-[hash].js', codeSplitting: false } },
    },
    build: {
      target: CHROMIUM,
      outDir: resolve('out/renderer'),
      emptyOutDir: true,
      // The content security policy forbids `data:` scripts: every asset stays a file.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: inputs(pages) },
    },
  },
})

function inputs(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, resolve(file)]))
}
