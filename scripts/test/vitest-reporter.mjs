/** Writes what `tally.mjs` counts: each test's state with the reason of a skip, which Vitest's JSON report leaves out. */
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

export default class TallyReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const report = { tests: [], broken: [] }
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId)
      if (module.errors().length > 0) report.broken.push(file)
      for (const test of module.children.allTests()) {
        const { state, note } = test.result()
        report.tests.push({ name: `${file} > ${test.fullName}`, state, note: note ?? '' })
      }
      // A hook that fails around tests leaves them without a result of their own.
      for (const suite of module.children.allSuites()) {
        if (suite.errors().length > 0) report.broken.push(`${file} > ${suite.fullName}`)
      }
    }
    if (unhandledErrors.length > 0) report.broken.push('errors outside of any test')
    writeFileSync(process.env.DREAMSCORE_REPORT, JSON.stringify(report))
  }
}
