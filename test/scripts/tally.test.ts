import { describe, expect, it } from 'vitest'
import { addUp, FAILED_RUN, PASSED_RUN, playwrightTally, readReport, vitestTally, withExitCode, type VitestReport } from '../../scripts/test/tally.mjs'

describe('the sum over all runners', () => {
  it('counts what Vitest reports and gives the reason of a skip', () => {
    const tests = [
      { name: 'a', state: 'passed' },
      { name: 'b', state: 'failed' },
      { name: 'c', state: 'skipped', note: 'no recordings here' },
    ] as const
    const tally = vitestTally({ tests, broken: ['test/core/broken.test.ts'] })
    expect(tally).toEqual({ passed: 1, failed: 2, skipped: 1, skippedTests: ['c: no recordings here'] })
  })

  it('counts what Playwright reports, through nested suites', () => {
    const test = (status: string, description?: string) => ({
      status,
      annotations: description === undefined ? [] : [{ type: 'skip', description }],
    })
    const inner = { title: 'playing', specs: [{ title: 'c', tests: [test('skipped', 'no Chromium here')] }] }
    const specs = [
      { title: 'a', tests: [test('expected')] },
      { title: 'b', tests: [test('unexpected')] },
    ]
    const tally = playwrightTally({ errors: [], suites: [{ title: 'studio.spec.ts', specs, suites: [inner] }] })
    expect(tally).toEqual({ passed: 1, failed: 1, skipped: 1, skippedTests: ['studio.spec.ts > playing > c: no Chromium here'] })
  })

  it('takes a runner that leaves no report, or ends badly without saying why, for one failure', () => {
    expect(vitestTally(readReport<VitestReport>('no/such/report.json'))).toEqual(FAILED_RUN)
    expect(playwrightTally(null)).toEqual(FAILED_RUN)
    expect(withExitCode(PASSED_RUN, 134)).toMatchObject({ passed: 1, failed: 1 })
    expect(withExitCode(FAILED_RUN, 1)).toMatchObject({ failed: 1 })
    expect(withExitCode(PASSED_RUN, 0)).toEqual(PASSED_RUN)
  })

  it('adds up', () => {
    const skipping = { passed: 3, failed: 0, skipped: 1, skippedTests: ['d'] }
    expect(addUp([PASSED_RUN, FAILED_RUN, skipping])).toEqual({ passed: 4, failed: 1, skipped: 1, skippedTests: ['d'] })
  })
})
