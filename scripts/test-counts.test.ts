import { describe, expect, it } from 'vitest'
import { addUp, lineOf, outcomeOf } from './test-counts.ts'

const passedTest = { fullName: 'adds', status: 'passed' }
const failedTest = { fullName: 'rounds', status: 'failed', failureMessages: ['expected 1 to be 2'] }

const report = (passed: number, failed: number, unloaded: number) =>
  JSON.stringify({
    numPassedTests: passed,
    testResults: [
      {
        name: 'sums.test.ts',
        status: failed > 0 ? 'failed' : 'passed',
        assertionResults: [
          ...Array.from({ length: passed }, () => passedTest),
          ...Array.from({ length: failed }, () => failedTest),
        ],
      },
      ...Array.from({ length: unloaded }, () => ({
        name: 'broken.test.ts',
        status: 'failed',
        message: 'cannot find module',
        assertionResults: [],
      })),
    ],
  })

describe('outcome of a suite', () => {
  it.each([
    ['all passed', report(3, 0, 0), 0, 3, []],
    ['one test failed', report(2, 1, 0), 1, 2, ['sums.test.ts > rounds\n    expected 1 to be 2']],
    ['a file did not load', report(2, 0, 1), 1, 2, ['broken.test.ts\n    cannot find module']],
    [
      'it ended badly after its tests',
      report(2, 0, 0),
      1,
      2,
      ['ended with exit code 1 and no failed test; its output above says why'],
    ],
    [
      'it crashed without a report',
      null,
      null,
      0,
      ['ended with exit code null and no failed test; its output above says why'],
    ],
    ['it has no tests yet', null, 0, 0, []],
  ])('%s', (_name, text, status, passed, failures) => {
    expect(outcomeOf('server', text, status)).toEqual({
      passed,
      failed: failures.length,
      failures: failures.map((failure) => `server: ${failure}`),
    })
  })
})

it('ends with one plain line, and keeps the name of every failure', () => {
  const total = addUp([
    { passed: 3, failed: 0, failures: [] },
    { passed: 2, failed: 1, failures: ['server: sums.test.ts > rounds'] },
  ])

  expect(lineOf(total)).toBe('5 passed, 1 failed')
  expect(total.failures).toEqual(['server: sums.test.ts > rounds'])
})
