import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import { expect, test } from 'vitest'
import { chartOf } from './chart-of.ts'
import { firstQuestion, type Question } from './question.ts'

const meter = {
  id: 'm',
  code: 'runs',
  name: 'Runs',
  dataFields: [{ category: 'MEASURE', code: 'hours', name: 'Hours', unit: 'h' }],
  derivedFields: [],
} as unknown as Meter

test.each([
  ['SUM', 'h'],
  ['MEAN', 'h'],
  ['COUNT', undefined],
] as const)('a chart of %s is in the unit %s', (method, unit) => {
  const question: Question = {
    ...firstQuestion,
    aggregations: [{ meterId: 'm', fieldCode: 'hours', function: method }],
  }

  const chart = chartOf(
    [{ timestamp: '2026-11-01T00:00:00Z', [`runs.hours.${method}`]: 3 }],
    question,
    [meter],
  )

  expect(chart?.unit).toBe(unit)
})
