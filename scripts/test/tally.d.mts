export type Tally = {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly skippedTests: readonly string[]
}

export type VitestReport = {
  readonly tests: readonly { readonly name: string; readonly state: 'passed' | 'failed' | 'skipped' | 'pending'; readonly note?: string }[]
  readonly broken: readonly string[]
}

export type PlaywrightSuite = {
  readonly title: string
  readonly specs?: readonly {
    readonly title: string
    readonly tests: readonly {
      readonly status: string
      readonly annotations: readonly { readonly type: string; readonly description?: string }[]
    }[]
  }[]
  readonly suites?: readonly PlaywrightSuite[]
}

export type PlaywrightReport = { readonly errors: readonly unknown[]; readonly suites: readonly PlaywrightSuite[] }

export declare const PASSED_RUN: Tally
export declare const FAILED_RUN: Tally
/** What a runner left, unread; null where there is nothing whole. */
export declare function readReport<Report>(file: string): Report | null
export declare function vitestTally(report: VitestReport | null): Tally
export declare function playwrightTally(report: PlaywrightReport | null): Tally
export declare function withExitCode(tally: Tally, code: number): Tally
export declare function addUp(tallies: readonly Tally[]): Tally
