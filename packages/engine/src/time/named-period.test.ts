import { describe, expect, test } from 'vitest'
import { formatInstant, parseInstant } from './instant.ts'
import { type NamedPeriod, namedPeriods, resolveNamedPeriod } from './named-period.ts'

describe('named periods', () => {
  test.each<[string, NamedPeriod, string, string]>([
    ['2024-06-12T15:00:00Z', 'PREVIOUS_WEEK', '2024-06-03T00:00:00Z', '2024-06-10T00:00:00Z'],
    ['2024-06-12T15:20:00Z', 'TODAY', '2024-06-12T00:00:00Z', '2024-06-12T15:20:00Z'],
    ['2024-06-12T15:20:00Z', 'YESTERDAY', '2024-06-11T00:00:00Z', '2024-06-12T00:00:00Z'],
    ['2024-06-12T15:20:00Z', 'LAST_12_HOURS', '2024-06-12T03:00:00Z', '2024-06-12T15:00:00Z'],
    ['2024-06-12T15:20:00Z', 'PREVIOUS_MONTH', '2024-05-01T00:00:00Z', '2024-06-01T00:00:00Z'],
    ['2024-06-12T15:20:00Z', 'PREVIOUS_QUARTER', '2024-01-01T00:00:00Z', '2024-04-01T00:00:00Z'],
    ['2024-06-12T15:20:00Z', 'LAST_7_DAYS', '2024-06-05T00:00:00Z', '2024-06-12T00:00:00Z'],
    ['2024-06-12T15:20:00Z', 'WEEK_TO_DATE', '2024-06-10T00:00:00Z', '2024-06-12T15:20:00Z'],
    ['2024-06-16T23:59:59Z', 'WEEK_TO_DATE', '2024-06-10T00:00:00Z', '2024-06-16T23:59:59Z'],
    ['2024-06-10T00:00:00Z', 'WEEK_TO_DATE', '2024-06-10T00:00:00Z', '2024-06-10T00:00:00Z'],
    ['2024-06-12T15:20:00Z', 'MONTH_TO_DATE', '2024-06-01T00:00:00Z', '2024-06-12T15:20:00Z'],
    ['2024-06-12T15:20:00Z', 'YEAR_TO_DATE', '2024-01-01T00:00:00Z', '2024-06-12T15:20:00Z'],
    ['2024-01-15T10:00:00Z', 'PREVIOUS_MONTH', '2023-12-01T00:00:00Z', '2024-01-01T00:00:00Z'],
    ['2024-02-01T10:00:00Z', 'PREVIOUS_QUARTER', '2023-10-01T00:00:00Z', '2024-01-01T00:00:00Z'],
    ['2024-06-12T15:20:00Z', 'PREVIOUS_YEAR', '2023-01-01T00:00:00Z', '2024-01-01T00:00:00Z'],
    ['2024-06-12T15:20:00Z', 'LAST_30_DAYS', '2024-05-13T00:00:00Z', '2024-06-12T00:00:00Z'],
    ['2024-06-12T15:20:00Z', 'LAST_35_DAYS', '2024-05-08T00:00:00Z', '2024-06-12T00:00:00Z'],
    ['2024-06-12T15:20:00Z', 'LAST_90_DAYS', '2024-03-14T00:00:00Z', '2024-06-12T00:00:00Z'],
    ['2024-06-12T15:20:00Z', 'LAST_120_DAYS', '2024-02-13T00:00:00Z', '2024-06-12T00:00:00Z'],
    ['2024-02-29T15:20:00Z', 'LAST_YEAR', '2023-02-28T00:00:00Z', '2024-02-29T00:00:00Z'],
  ])('at %s, %s is %s to %s', (now, name, start, end) => {
    const range = resolveNamedPeriod(name, parseInstant(now))

    expect([formatInstant(range.start), formatInstant(range.end)]).toEqual([start, end])
  })

  test.each(namedPeriods)('%s never ends after now nor before it starts', (name) => {
    const now = parseInstant('2024-03-01T00:00:00Z')

    const range = resolveNamedPeriod(name, now)

    expect(range.start).toBeLessThanOrEqual(range.end)
    expect(range.end).toBeLessThanOrEqual(now)
  })
})
