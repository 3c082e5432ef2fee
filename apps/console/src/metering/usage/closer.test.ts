import { describe, expect, test } from 'vitest'
import { closer } from './closer.ts'
import { firstQuestion, type Question } from './question.ts'

const asked = (change: Partial<Question>): Question => ({ ...firstQuestion, ...change })

describe('a part of a time chart', () => {
  test('is asked for from its first to its last day, the rest of the question unchanged', () => {
    const question = asked({ byAccount: true, limit: 50 })

    expect(closer(question, '2024-06-03T00:00:00Z', '2024-06-12T00:00:00Z', 10)).toEqual({
      ...question,
      timePeriod: 'CUSTOM',
      from: '2024-06-03',
      to: '2024-06-12',
    })
  })

  test.each([
    ['DAY', '2024-06-05', 3, 'HOUR', '2024-06-05'],
    ['DAY', '2024-06-05', 4, 'DAY', '2024-06-05'],
    ['HOUR', '2024-06-05', 2, 'HOUR', '2024-06-05'],
    ['WEEK', '2024-06-10', 2, 'DAY', '2024-06-16'],
    ['MONTH', '2024-02-01', 2, 'DAY', '2024-02-29'],
    ['MONTH', '2024-12-01', 4, 'MONTH', '2024-12-31'],
    ['QUARTER', '2024-04-01', 2, 'MONTH', '2024-06-30'],
  ] as const)(
    'by %s that ends with the step of %s and has %i steps goes on by %s until %s',
    (frequency, last, steps, next, to) => {
      const found = closer(asked({ frequency }), '2023-06-03T00:00:00Z', `${last}T00:00:00Z`, steps)

      expect(found).toMatchObject({ frequency: next, to })
    },
  )

  test('reaches no further than the days that were asked for', () => {
    const question = asked({
      timePeriod: 'CUSTOM',
      from: '2024-05-20',
      to: '2024-07-10',
      frequency: 'MONTH',
    })

    expect(closer(question, '2024-05-01T00:00:00Z', '2024-07-01T00:00:00Z', 3)).toMatchObject({
      from: '2024-05-20',
      to: '2024-07-10',
    })
  })

  test('pays no heed to days that were asked for before another period', () => {
    const question = asked({ timePeriod: 'LAST_30_DAYS', from: '2024-01-01', to: '2024-01-31' })

    expect(closer(question, '2024-06-03T00:00:00Z', '2024-06-12T00:00:00Z', 10)).toMatchObject({
      from: '2024-06-03',
      to: '2024-06-12',
    })
  })
})
