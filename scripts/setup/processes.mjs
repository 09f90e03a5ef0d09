/** Running other programs: npm on every system, a heartbeat for long work, and a lock so that two set-ups never meet. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { say } from './project.mjs'

/**
 * Runs a program to its end.
 * @returns {Promise<{code: number, output: string}>} the exit code (1 if killed) and, unless `show`, all it printed
 */
export function runProgram(command, args, { show = false, timeout, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = show ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe']
    const child = spawn(command, args, { stdio, timeout, ...options })
    let output = ''
    child.stdout?.on('data', (data) => (output += data))
    child.stderr?.on('data', (data) => (output += data))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Runs npm: through the npm that runs us where there is one, otherwise by name (a .cmd file on Windows needs a shell). */
export function runNpm(args, options) {
  const cli = process.env.npm_execpath
  if (cli?.endsWith('npm-cli.js')) return runProgram(process.execPath, [cli, ...args], options)
  return runProgram('npm', args, { ...options, shell: process.platform === 'win32' })
}

/** Says what is being done when it takes longer than a second, and every ten seconds after that. */
export async function withHeartbeat(text, work) {
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const first = setTimeout(() => say(`${text} …`), 1000)
  const beat = setInterval(() => say(`${text} … ${seconds()} s`), 10_000)
  try {
    return await work()
  } finally {
    clearTimeout(first)
    clearInterval(beat)
  }
}

/**
 * Runs `work` while no other process of this checkout does work of the same name; a lock whose owner died is taken over.
 * Locks lie in the system's temporary folder, because `npm ci` removes all of node_modules.
 */
export async function withLock(root, name, work) {
  const folder = join(tmpdir(), `dreamscore-${name}-${createHash('sha256').update(root).digest('hex').slice(0, 12)}.lock`)
  await takeLock(folder, name)
  const release = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.removeListener('exit', release)
    release()
  }
}

async function takeLock(folder, name) {
  for (let said = false; ; await pause(200)) {
    try {
      mkdirSync(folder)
      writeFileSync(join(folder, 'pid'), String(process.pid))
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!(await ownerLives(folder))) rmSync(folder, { recursive: true, force: true })
    else if (!said) say(`Waiting for another Dreamscore ${name} to end …`)
    said = true
  }
}

async function ownerLives(folder) {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0)
    return true
  } catch (error) {
    if (error.code === 'EPERM') return true
    if (error.code !== 'ENOENT') return false
    // The lock is there but its pid is not written yet: give its owner a moment.
    await pause(100)
    try {
      readFileSync(join(folder, 'pid'), 'utf8')
      return true
    } catch {
      return false
    }
  }
}
