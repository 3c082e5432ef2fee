import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  addSteps,
  dayFromNumber,
  dayNumber,
  daysBetween,
  isDay,
  monthsBetween,
} from './calendar.ts'

describe('days', () => {
  test.each(['2024-02-29', '2000-02-29', '1970-01-01', '9999-12-31', '0001-01-01'])(
    '%s is a day',
    (day) => {
      expect(isDay(day)).toBe(true)
    },
  )

  test.each([
    '2023-02-29',
    '1900-02-29',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '2024-1-1',
    '0000-12-31',
    '2024-01-01T00:00:00Z',
    ' 2024-01-01',
    '',
  ])('"%s" is no day', (day) => {
    expect(isDay(day)).toBe(false)
    expect(() => dayNumber(day)).toThrow('is not a day')
  })

  test('none lies outside the years that the database knows', () => {
    for (const step of [
      () => addDays('0001-01-01', -1),
      () => addDays('9999-12-31', 1),
      () => addMonths('0001-01-31', -1),
      () => addMonths('9999-12-31', 1),
    ]) {
      expect(step).toThrow('outside the years 1 to 9999')
    }
  })

  test('number and day are two names of one thing, in the order of the calendar', () => {
    fc.assert(
      fc.property(anyDayNumber, fc.integer({ min: 1, max: 1000 }), (number, further) => {
        const day = dayFromNumber(number)

        expect(dayNumber(day)).toBe(number)
        expect(addDays(day, further) > day).toBe(true)
        expect(daysBetween(day, addDays(day, further))).toBe(further)
        expect(addDays(addDays(day, further), -further)).toBe(day)
      }),
    )
  })

  test('days agree with Temporal', () => {
    fc.assert(
      fc.property(anyDayNumber, fc.integer({ min: -1200, max: 1200 }), (number, months) => {
        const day = dayFromNumber(number)
        const expected = Temporal.PlainDate.from(day).add({ months }, { overflow: 'constrain' })

        expect(addMonths(day, months)).toBe(expected.toString())
        expect(monthsBetween(day, addMonths(day, months))).toBe(months)
      }),
    )
  })
})

describe('steps from an epoch', () => {
  test.each([
    [
      '2023-01-31',
      'MONTHLY',
      [
        '2023-01-31',
        '2023-02-28',
        '2023-03-31',
        '2023-04-30',
        '2023-05-31',
        '2023-06-30',
        '2023-07-31',
      ],
    ],
    ['2024-01-30', 'MONTHLY', ['2024-01-30', '2024-02-29', '2024-03-30']],
    ['2024-01-29', 'MONTHLY', ['2024-01-29', '2024-02-29', '2024-03-29']],
    [
      '2024-02-29',
      'ANNUALLY',
      ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29'],
    ],
    ['2022-01-04', 'WEEKLY', ['2022-01-04', '2022-01-11', '2022-01-18']],
    ['2024-02-28', 'DAILY', ['2024-02-28', '2024-02-29', '2024-03-01']],
  ] as const)('from %s, %s', (epoch, frequency, expected) => {
    expect(expected.map((_day, step) => addSteps(epoch, frequency, step))).toEqual(expected)
  })

  test('go backwards too', () => {
    expect(addSteps('2024-03-31', 'MONTHLY', -1)).toBe('2024-02-29')
    expect(addSteps('2022-02-15', 'MONTHLY', -2)).toBe('2021-12-15')
    expect(addSteps('2022-01-04', 'WEEKLY', -1)).toBe('2021-12-28')
  })
})

const anyDayNumber = fc.integer({ min: dayNumber('1890-01-01'), max: dayNumber('2200-12-31') })
