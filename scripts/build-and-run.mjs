import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from './setup/project.mjs'

/** Builds `test/<name>/main.ts` and runs it with the words of the command line; the exit code is its own. */
export async function buildAndRun(name, nodeOptions = []) {
  const root = projectRoot()
  const built = join(root, 'node_modules', '.cache', 'dreamscore', name, 'main.js')
  const { build } = await import('vite')
  const { bundledPage } = await import('./bundled-page.mjs')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [bundledPage()],
    build: { ssr: join(root, 'test', name, 'main.ts'), outDir: join(built, '..'), emptyOutDir: true, rollupOptions: { output: { entryFileNames: 'main.js' } } },
  })
  const { status } = spawnSync(process.execPath, [...nodeOptions, built, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
  process.exitCode = status ?? 1
}
