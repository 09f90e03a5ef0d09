#!/usr/bin/env node
/** The `dreamscore` command in a checkout: sets up what is missing (speaking on stderr only), builds if needed, runs. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './build.mjs'
import { setUpPackages } from './setup.mjs'
import { projectRoot, run } from './setup/project.mjs'

await run(async () => {
  const root = projectRoot()
  // `npm run` starts us in the checkout; file names on the command line are meant from where the person stands.
  if (process.env.npm_lifecycle_event === 'dreamscore' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)
  // `dreamscore studio` sees to its runtime by itself, once it knows that it will open.
  await setUpPackages(root)
  await ensureBuilt(root)
  const program = join(root, 'out', 'main', 'dreamscore.js')
  // The program sees its own name where it expects it, as if it had been started directly.
  process.argv[1] = program
  await import(pathToFileURL(program).href)
})
