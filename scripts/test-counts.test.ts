import { describe, expect, it } from 'vitest'
import { addUp, countsOf, lineOf } from './test-counts.ts'

const report = (passed: number, failed: number, unloaded: number) =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    testResults: [
      { status: failed > 0 ? 'failed' : 'passed', assertionResults: [{}] },
      ...Array.from({ length: unloaded }, () => ({ status: 'failed', assertionResults: [] })),
    ],
  })

describe('counts of a suite', () => {
  it.each([
    ['all passed', report(3, 0, 0), 0, { passed: 3, failed: 0 }],
    ['one test failed', report(2, 1, 0), 1, { passed: 2, failed: 1 }],
    ['a file did not load', report(2, 0, 1), 1, { passed: 2, failed: 1 }],
    ['it ended badly after its tests', report(2, 0, 0), 1, { passed: 2, failed: 1 }],
    ['it crashed without a report', null, null, { passed: 0, failed: 1 }],
    ['it has no tests yet', null, 0, { passed: 0, failed: 0 }],
  ])('%s', (_name, text, status, expected) => {
    expect(countsOf(text, status)).toEqual(expected)
  })
})

it('ends with one plain line', () => {
  const total = addUp([
    { passed: 3, failed: 0 },
    { passed: 2, failed: 1 },
  ])

  expect(lineOf(total)).toBe('5 passed, 1 failed')
})
