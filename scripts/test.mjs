/**
 * `npm test`: types, lint, build, Vitest and Playwright one after the other, all of them even after a failure, and at the
 * end one line that sums them. Types and lint count as one test each; a build or a runner that breaks counts as one failed.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt, isFresh } from './build.mjs'
import { cacheFolder, isProgram, projectRoot, run } from './setup/project.mjs'
import { onPath } from './setup/libraries.mjs'
import { addUp, FAILED_RUN, PASSED_RUN, playwrightTally, readReport, vitestTally, withExitCode } from './test/tally.mjs'

async function main() {
  const root = projectRoot()
  const reports = join(cacheFolder(root), 'reports')
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })
  const tallies = [
    await step('Types', () => types(root)),
    await step('Lint', () => oneTest(root, tool(root, 'oxlint', 'bin/oxlint'), [])),
    await step('Build', () => build(root)),
    await step('Unit, laws, golden and audio (Vitest)', () => vitest(root, join(reports, 'vitest.json'))),
    await step('Studio in Electron (Playwright)', () => playwright(root, join(reports, 'playwright.json'))),
  ]
  const total = addUp(tallies)
  if (total.skippedTests.length > 0) print(`\nSkipped:\n${total.skippedTests.map((line) => `  ${line}`).join('\n')}`)
  if (total.failed > 0) process.exitCode = 1
  print(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
}

async function step(title, work) {
  const started = Date.now()
  print(`\n== ${title}`)
  try {
    const tally = await work()
    print(`== ${title}: ${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped (${Math.round((Date.now() - started) / 1000)} s)`)
    return tally
  } catch (error) {
    print(`== ${title}: broke: ${error.message}`)
    return FAILED_RUN
  }
}

async function types(root) {
  let failed = false
  for (const project of ['core', 'renderer', '.']) {
    if ((await node(root, tool(root, 'typescript', 'bin/tsc'), ['-p', project])) !== 0) failed = true
  }
  return failed ? FAILED_RUN : PASSED_RUN
}

async function oneTest(root, program, args) {
  return (await node(root, program, args)) === 0 ? PASSED_RUN : FAILED_RUN
}

/** A build that works is no test passed; the tests over it are. */
async function build(root) {
  await ensureBuilt(root)
  return { ...PASSED_RUN, passed: 0 }
}

async function vitest(root, report) {
  const reporter = join(root, 'scripts', 'test', 'vitest-reporter.mjs')
  const code = await node(root, tool(root, 'vitest', 'vitest.mjs'), ['run', '--reporter=default', `--reporter=${reporter}`], {
    DREAMSCORE_REPORT: report,
  })
  return withExitCode(vitestTally(readReport(report)), code)
}

async function playwright(root, report) {
  if (!isFresh(root)) throw new Error('not run, because the build failed and out/ is not what the sources say')
  const program = tool(root, '@playwright/test', 'cli.js')
  const args = [program, 'test', '--reporter=list,json']
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  // A screen of our own on Linux without a display; wide enough for the studio.
  const virtual = process.platform === 'linux' && !process.env.DISPLAY
  if (virtual && !onPath('xvfb-run')) throw new Error('there is no display and no xvfb-run; the set-up above says how to install it')
  const code = virtual
    ? await execute(root, 'xvfb-run', ['-a', '-s', '-screen 0 1920x1200x24', process.execPath, ...args], env)
    : await execute(root, process.execPath, args, env)
  return withExitCode(playwrightTally(readReport(report)), code)
}

/** The program of an installed package. */
function tool(root, name, file) {
  const program = join(root, 'node_modules', name, file)
  if (!existsSync(program)) throw new Error(`${program} is missing`)
  return program
}

function node(root, program, args, env) {
  return execute(root, process.execPath, [program, ...args], env)
}

function execute(root, command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } })
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}

function print(text) {
  process.stdout.write(`${text}\n`)
}

if (isProgram(import.meta.url)) await run(main)
