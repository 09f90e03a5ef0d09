/** Counts of passed, failed and skipped tests, out of the reports of the runners. */
import { existsSync, readFileSync } from 'node:fs'

export const PASSED_RUN = Object.freeze({ passed: 1, failed: 0, skipped: 0, skippedTests: [] })
export const FAILED_RUN = Object.freeze({ passed: 0, failed: 1, skipped: 0, skippedTests: [] })

/** @returns {any} the parsed report, or null where the runner left none (or half of one) */
export function readReport(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
  } catch {
    return null
  }
}

/** The report of `vitest-reporter.mjs`: `{ tests: [{ name, state, note? }], broken: string[] }`; broken files count as failed. */
export function vitestTally(report) {
  if (!report) return FAILED_RUN
  const count = (state) => report.tests.filter((test) => test.state === state).length
  const skipped = report.tests.filter((test) => test.state === 'skipped' || test.state === 'pending')
  return {
    passed: count('passed'),
    failed: count('failed') + report.broken.length,
    skipped: skipped.length,
    skippedTests: skipped.map((test) => withReason(test.name, test.note)),
  }
}

/** Playwright's own JSON report. A flaky test counts as failed: there are no retries here. */
export function playwrightTally(report) {
  if (!report) return FAILED_RUN
  const tests = report.suites.flatMap((suite) => testsOf(suite, ''))
  const count = (status) => tests.filter((test) => test.status === status).length
  return {
    passed: count('expected'),
    failed: count('unexpected') + count('flaky') + report.errors.length,
    skipped: count('skipped'),
    skippedTests: tests.filter((test) => test.status === 'skipped').map((test) => withReason(test.name, test.reason)),
  }
}

/** A runner that ends badly although no test failed has broken: one failure more. */
export function withExitCode(tally, code) {
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

export function addUp(tallies) {
  const sum = (key) => tallies.reduce((total, tally) => total + tally[key], 0)
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    skippedTests: tallies.flatMap((tally) => tally.skippedTests),
  }
}

function testsOf(suite, path) {
  const name = path ? `${path} > ${suite.title}` : suite.title
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map((test) => ({
      name: `${name} > ${spec.title}`,
      status: test.status,
      reason: test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description,
    })),
  )
  return [...own, ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, name))]
}

function withReason(name, reason) {
  return reason ? `${name}: ${reason}` : name
}
