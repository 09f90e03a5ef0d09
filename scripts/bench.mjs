#!/usr/bin/env node
// Prints how fast the parts of Dreamscore work on this machine, each beside a peer in the same run:
// `npm run bench`, or `npm run bench -- sound composing`.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const built = join(root, 'node_modules', '.cache', 'dreamscore', 'bench', 'main.js')

const { build } = await import('vite')
await build({
  root,
  configFile: false,
  logLevel: 'error',
  build: { ssr: join(root, 'test', 'bench', 'main.ts'), outDir: join(built, '..'), emptyOutDir: true, rollupOptions: { output: { entryFileNames: 'main.js' } } },
})
const { status } = spawnSync(process.execPath, [built, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
process.exitCode = status ?? 1
