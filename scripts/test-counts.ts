/** Adds the reports of all suites up to one line, and says which tests failed. */

export type Counts = { passed: number; failed: number }

/** What a suite came to: its counts, and a sentence for each failure. */
export type Outcome = Counts & { failures: string[] }

type Report = {
  numPassedTests: number
  testResults: {
    name: string
    status: string
    message?: string
    assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[]
  }[]
}

/** A suite that ended badly without a failed test (no report, a file that did not load) counts as failed. */
export function outcomeOf(suite: string, report: string | null, status: number | null): Outcome {
  const { numPassedTests: passed, testResults } =
    report === null ? { numPassedTests: 0, testResults: [] } : (JSON.parse(report) as Report)
  const failures = testResults.flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed')
    const unloaded = file.status === 'failed' && file.assertionResults.length === 0
    return [
      ...(unloaded ? [`${suite}: ${file.name}\n${indented(file.message ?? '')}`] : []),
      ...failed.map(
        ({ fullName, failureMessages }) =>
          `${suite}: ${file.name} > ${fullName}\n${indented((failureMessages ?? []).join('\n'))}`,
      ),
    ]
  })
  if (failures.length === 0 && status !== 0) {
    failures.push(
      `${suite}: ended with exit code ${status} and no failed test; its output above says why`,
    )
  }
  return { passed, failed: failures.length, failures }
}

export function addUp(outcomes: Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    failed: outcomes.reduce((sum, { failed }) => sum + failed, 0),
    failures: outcomes.flatMap(({ failures }) => failures),
  }
}

export function lineOf({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`
}

const LINES_OF_A_FAILURE = 12

function indented(message: string): string {
  return message
    .split('\n')
    .slice(0, LINES_OF_A_FAILURE)
    .map((line) => `    ${line}`)
    .join('\n')
}
