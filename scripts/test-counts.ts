/** Adds the reports of all suites up to one line. */

export type Counts = { passed: number; failed: number }

type Report = {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

/** A suite that ended badly without a failed test (no report, a file that did not load) counts as failed. */
export function countsOf(report: string | null, status: number | null): Counts {
  if (report === null) return { passed: 0, failed: status === 0 ? 0 : 1 }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report) as Report
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const failed = numFailedTests + unloaded.length
  return { passed: numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed }
}

export function addUp(counts: Counts[]): Counts {
  return counts.reduce(
    (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
    { passed: 0, failed: 0 },
  )
}

export function lineOf({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`
}
