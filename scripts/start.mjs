/** `npm start`: opens the studio; where there is no display, composes and renders a short gathering instead. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { electronEnvironment, hasDisplay, machineArguments } from './electron-runtime.mjs'
import { setUpStudio } from './setup.mjs'
import { warnOfBarredSandbox } from './setup/sandbox.mjs'
import { SetupFault, isProgram, projectRoot, run, say } from './setup/project.mjs'

/** Opens the studio and stays until it is closed. What keeps it shut is said here. @returns {Promise<number>} its exit code */
export async function openStudio(root, files = []) {
  try {
    return await openAndWait(root, files)
  } catch (error) {
    if (!(error instanceof SetupFault)) throw error
    say(`dreamscore: ${error.message}`)
    return 1
  }
}

async function openAndWait(root, files) {
  if (!hasDisplay()) {
    const mend = 'Open it from a desktop session, or use `dreamscore render`, which needs no display.'
    throw new SetupFault('There is no display for the studio', 'neither DISPLAY nor WAYLAND_DISPLAY is set', mend)
  }
  const { executablePath, args } = await setUpStudio(root)
  await ensureBuilt(root)
  warnOfBarredSandbox(executablePath)
  const extra = machineArguments()
  for (const { argument, reason } of extra) say(`Opening with ${argument}: ${reason}.`)
  const all = [...extra.map(({ argument }) => argument), ...args, ...files]
  const studio = spawn(executablePath, all, { stdio: 'inherit', env: electronEnvironment(), cwd: root })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => studio.kill(signal))
  return exitOf(studio)
}

/** Twelve simulated sleepers, the first two minutes of their night, one file a layer. */
async function renderWithoutDisplay(root) {
  await ensureBuilt(root)
  const folder = freeFolder(root)
  say('There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the studio cannot open.')
  say('Composing and rendering two minutes of a simulated gathering of twelve sleepers instead.')
  const span = ['--simulate', '12', '--from', '00:00', '--to', '00:02', '--seed', '1']
  const program = spawn(process.execPath, [join(root, 'out', 'main', 'dreamscore.js'), 'render', ...span, '--out', folder], {
    stdio: 'inherit',
    cwd: root,
  })
  const code = await exitOf(program)
  if (code === 0) process.stdout.write(`The layers lie in ${join(folder, 'layers')}, the mix beside them.\n`)
  return code
}

function exitOf(child) {
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => done(code ?? 1))
  })
}

/** A folder of its own for each run: nobody's earlier layers are written over. */
function freeFolder(root) {
  for (let count = 1; ; count += 1) {
    const folder = join(root, 'gatherings', `simulated-${count}`)
    if (!existsSync(folder)) return folder
  }
}

if (isProgram(import.meta.url)) {
  await run(async () => {
    const root = projectRoot()
    // `npm start -- FILE` runs in the checkout; the file is meant from where the person stands.
    const files = process.argv.slice(2).map((file) => resolve(process.env.INIT_CWD ?? process.cwd(), file))
    process.exitCode = hasDisplay() ? await openStudio(root, files) : await renderWithoutDisplay(root)
  })
}
