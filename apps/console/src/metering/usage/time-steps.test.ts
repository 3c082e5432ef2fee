import { describe, expect, test } from 'vitest'
import { firstQuestion, type Question } from './question.ts'
import { withEmptySteps } from './time-steps.ts'

const by = (frequency: Question['frequency'], own: Partial<Question> = {}) => ({
  ...firstQuestion,
  frequency,
  ...own,
})

describe('the steps of a time chart', () => {
  test('are there without usage too, between the first and the last', () => {
    const starts = ['2024-02-27T00:00:00Z', '2024-03-01T00:00:00Z']

    expect(withEmptySteps(starts, by('DAY'))).toEqual([
      '2024-02-27T00:00:00Z',
      '2024-02-28T00:00:00Z',
      '2024-02-29T00:00:00Z',
      '2024-03-01T00:00:00Z',
    ])
  })

  test.each([
    ['HOUR', '2024-03-01T05:00:00Z', 6],
    ['WEEK', '2024-03-22T00:00:00Z', 4],
    ['MONTH', '2025-01-01T00:00:00Z', 11],
    ['QUARTER', '2024-09-01T00:00:00Z', 3],
  ] as const)('by %s until %s are %i', (frequency, last, count) => {
    expect(withEmptySteps(['2024-03-01T00:00:00Z', last], by(frequency))).toHaveLength(count)
  })

  test('of a question between two days reach from the first to the last of them', () => {
    const days = { timePeriod: 'CUSTOM', from: '2024-03-01', to: '2024-03-04' }
    const starts = ['2024-03-02T00:00:00Z', '2024-03-03T00:00:00Z']

    expect(withEmptySteps(starts, by('DAY', days))).toHaveLength(4)
    expect(withEmptySteps(starts, by('HOUR', days))).toHaveLength(96)
    expect(withEmptySteps(starts, by('HOUR', { ...days, timePeriod: 'TODAY' }))).toHaveLength(25)
  })

  test('are only those with usage where these do not follow each other evenly, or are very many', () => {
    const uneven = ['2024-03-01T00:00:00Z', '2024-03-03T00:00:00Z', '2024-03-08T00:00:00Z']
    const far = ['2014-03-01T00:00:00Z', '2024-03-01T00:00:00Z']

    expect(withEmptySteps(uneven, by('WEEK'))).toEqual(uneven)
    expect(withEmptySteps(far, by('HOUR'))).toEqual(far)
    expect(withEmptySteps([], by('DAY'))).toEqual([])
  })
})
