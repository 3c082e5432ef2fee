import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { add, equals, type Fraction, fraction, printFraction, sum } from '../money/fraction.ts'
import { addDays, type Day, dayFromNumber, dayNumber, frequencies } from './calendar.ts'
import {
  activeShare,
  boundary,
  firstPeriod,
  nextPeriod,
  type Period,
  periodContaining,
  periodEndingOn,
  previousPeriod,
  type Schedule,
  subPeriods,
} from './period.ts'
import { dayOf, startOfDay } from './zone.ts'

const monthly = (epoch: Day, interval = 1): Schedule => ({ frequency: 'MONTHLY', interval, epoch })

describe('epochs (billing A1)', () => {
  test.each([
    ['ANNUALLY', '2023-01-01', ['2023-01-01', '2024-01-01', '2025-01-01']],
    [
      'MONTHLY',
      '2022-01-15',
      [
        '2022-01-15',
        '2022-02-15',
        '2022-03-15',
        '2022-04-15',
        '2022-05-15',
        '2022-06-15',
        '2022-07-15',
      ],
    ],
    ['WEEKLY', '2022-01-15', ['2022-01-15', '2022-01-22', '2022-01-29']],
    ['DAILY', '2022-01-02', ['2022-01-02', '2022-01-03', '2022-01-04']],
  ] as const)('%s from %s', (frequency, epoch, billDates) => {
    const schedule: Schedule = { frequency, interval: 1, epoch }

    const periods = billDates.map((day) => periodEndingOn(schedule, day, '2022-01-01'))

    expect(periods.map((period) => period?.end)).toEqual(billDates)
    expect(periods.map((period) => period?.index)).toEqual(billDates.map((_day, index) => index))
    expect(periods[0]).toEqual({ start: '2022-01-01', end: epoch, index: 0, extended: true })
    expect(periods[1]).toMatchObject({ start: epoch, extended: false })
  })

  test('an account epoch of 15 February with a plan from 1 January: the first bill is in February', () => {
    expect(periodEndingOn(monthly('2022-02-15'), '2022-01-15', '2022-01-01')).toBeNull()
    expect(firstPeriod(monthly('2022-02-15'), '2022-01-01').end).toBe('2022-02-15')
  })

  test('quarters (billing A2)', () => {
    const schedule = monthly('2022-01-01', 3)

    expect(billDatesOf(schedule, '2023-01-01', 4)).toEqual([
      '2023-04-01',
      '2023-07-01',
      '2023-10-01',
      '2024-01-01',
    ])
    expect(firstPeriod(schedule, '2023-01-01')).toEqual({
      start: '2023-01-01',
      end: '2023-04-01',
      index: 0,
      extended: false,
    })
    expect(periodEndingOn(schedule, '2023-05-01', '2023-01-01')).toBeNull()
  })

  test('the end of the month (billing A3)', () => {
    expect(billDatesOf(monthly('2023-01-31'), '2023-01-31', 6)).toEqual([
      '2023-02-28',
      '2023-03-31',
      '2023-04-30',
      '2023-05-31',
      '2023-06-30',
      '2023-07-31',
    ])
  })

  test('the first period is the aligned one that contains the start of the plan', () => {
    expect(firstPeriod(monthly('2022-01-01'), '2024-01-15')).toEqual({
      start: '2024-01-01',
      end: '2024-02-01',
      index: 0,
      extended: false,
    })
  })
})

describe('the bill before the first (billing 6.3)', () => {
  test('a plan that starts on a boundary has an aligned period before it, with a negative index', () => {
    expect(periodEndingOn(monthly('2022-01-01'), '2024-02-01', '2024-02-01')).toEqual({
      start: '2024-01-01',
      end: '2024-02-01',
      index: -1,
      extended: false,
    })
  })

  test('also at the epoch itself, but never earlier', () => {
    expect(periodEndingOn(monthly('2024-02-01'), '2024-02-01', '2024-02-01')).toEqual({
      start: '2024-01-01',
      end: '2024-02-01',
      index: -1,
      extended: false,
    })
    expect(periodEndingOn(monthly('2024-02-01'), '2024-01-01', '2024-02-01')).toBeNull()
  })
})

describe('the period of a day', () => {
  test.each([
    ['2022-01-01', '2022-01-01', '2022-02-15', 0],
    ['2022-02-14', '2022-01-01', '2022-02-15', 0],
    ['2022-02-15', '2022-02-15', '2022-03-15', 1],
    ['2022-03-14', '2022-02-15', '2022-03-15', 1],
  ])('%s lies in %s to %s', (day, start, end, index) => {
    expect(periodContaining(monthly('2022-02-15'), day, '2022-01-01')).toMatchObject({
      start,
      end,
      index,
    })
  })

  test('there is none before an extended first period', () => {
    const schedule = monthly('2022-02-15')

    expect(periodContaining(schedule, '2021-12-31', '2022-01-01')).toBeNull()
    expect(previousPeriod(schedule, firstPeriod(schedule, '2022-01-01'), '2022-01-01')).toBeNull()
  })
})

describe('shares of a period by days (billing 3.4)', () => {
  test.each([
    ['first partial month (B1)', '2024-02-01', '2024-01-15', null, fraction(17, 31)],
    [
      'last partial month in a leap year (B2)',
      '2024-03-01',
      '2024-01-15',
      '2024-02-11',
      fraction(10, 29),
    ],
    ['end-dated in March (B4)', '2024-04-01', '2024-01-15', '2024-03-11', fraction(10, 31)],
    ['a whole month', '2024-03-01', '2024-01-15', null, fraction(1)],
    ['not begun', '2024-01-01', '2024-01-15', null, fraction(0)],
    ['ended before', '2024-04-01', '2024-01-15', '2024-02-11', fraction(0)],
    ['empty', '2024-02-01', '2024-01-15', '2024-01-15', fraction(0)],
  ])('%s', (_name, end, from, to, expected) => {
    const schedule = monthly('2022-01-01')

    const share = activeShare(schedule, found(periodEndingOn(schedule, end, from)), from, to)

    expectSame(share, expected)
  })

  test('an extended first period adds up the shares of its aligned sub-periods', () => {
    const schedule = monthly('2022-02-15')
    const period = firstPeriod(schedule, '2022-01-01')

    expect(subPeriods(schedule, period)).toEqual([
      { start: '2021-12-15', end: '2022-01-15' },
      { start: '2022-01-15', end: '2022-02-15' },
    ])
    expectSame(
      activeShare(schedule, period, '2022-01-01', null),
      add(fraction(14, 31), fraction(1)),
    )
    expectSame(
      activeShare(schedule, period, '2022-01-01', '2022-01-20'),
      add(fraction(14, 31), fraction(5, 31)),
    )
  })

  test('a year counts 365 or 366 days', () => {
    const yearly: Schedule = { frequency: 'ANNUALLY', interval: 1, epoch: '2022-01-01' }

    expectSame(
      activeShare(
        yearly,
        found(periodEndingOn(yearly, '2025-01-01', '2024-07-01')),
        '2024-07-01',
        null,
      ),
      fraction(184, 366),
    )
    expectSame(
      activeShare(
        yearly,
        found(periodEndingOn(yearly, '2024-01-01', '2023-07-01')),
        '2023-07-01',
        null,
      ),
      fraction(184, 365),
    )
  })
})

test('refuses to put together more sub-periods than anybody could wait for', () => {
  const schedule = { frequency: 'DAILY', interval: 1, epoch: '9990-01-01' } as const

  const period = firstPeriod(schedule, '2024-01-01')

  expect(() => subPeriods(schedule, period)).toThrow('Choose an earlier first bill date')
})

describe('for every schedule', () => {
  test('periods tile the time from the start of the plan, numbered without a hole', () => {
    fc.assert(
      fc.property(anySchedule, anyDay, (schedule, activeFrom) => {
        let period = firstPeriod(schedule, activeFrom)
        expect(period.index).toBe(0)
        expect(period.start <= activeFrom && activeFrom < period.end).toBe(true)
        for (let step = 0; step < 6; step += 1) {
          const next = nextPeriod(schedule, period)
          expect(next.start).toBe(period.end)
          expect(next.end > next.start).toBe(true)
          expect(previousPeriod(schedule, next, activeFrom)).toEqual(period)
          expect(periodEndingOn(schedule, period.end, activeFrom)).toEqual(period)
          period = next
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('each day lies in exactly the period that contains it, the border day in the newer one', () => {
    fc.assert(
      fc.property(anySchedule, anyDay, fc.nat({ max: 3000 }), (schedule, activeFrom, later) => {
        const day = addDays(activeFrom, later)

        const period = found(periodContaining(schedule, day, activeFrom))

        expect(period.start <= day && day < period.end).toBe(true)
        expect(periodContaining(schedule, period.end, activeFrom)).toEqual(
          nextPeriod(schedule, period),
        )
        expect(periodContaining(schedule, addDays(period.end, -1), activeFrom)).toEqual(period)
        expect(period.index).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 1000 },
    )
  })

  test('no bill is due before the epoch, and each boundary after it ends exactly one period', () => {
    fc.assert(
      fc.property(anySchedule, anyDay, fc.nat({ max: 50 }), (schedule, activeFrom, k) => {
        const border = boundary(schedule, k)

        expect(periodEndingOn(schedule, border, activeFrom)?.end).toBe(border)
        expect(periodEndingOn(schedule, boundary(schedule, -1 - k), activeFrom)).toBeNull()
      }),
    )
  })

  test('month steps keep the day of the epoch, or take the last day of a shorter month', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(28, 29, 30, 31),
        fc.integer({ min: 1, max: 36 }),
        fc.nat({ max: 200 }),
        (date, interval, k) => {
          const border = boundary(monthly(`2023-01-${date}`, interval), k)
          const lastOfMonth = Temporal.PlainDate.from(border).daysInMonth

          expect(Number(border.slice(8))).toBe(Math.min(date, lastOfMonth))
        },
      ),
    )
  })
})

describe('shares add up', () => {
  test('the shares of the parts of an activity are the share of the whole', () => {
    fc.assert(
      fc.property(anySchedule, anyDay, someCuts, (schedule, activeFrom, cuts) => {
        const period = firstPeriod(schedule, activeFrom)
        const days = [activeFrom, ...cuts.map((cut) => addDays(activeFrom, cut)).sort()]

        const parts = days.map((from, index) =>
          activeShare(schedule, period, from, days[index + 1] ?? null),
        )

        expectSame(sum(parts), activeShare(schedule, period, activeFrom, null))
      }),
      { numRuns: 500 },
    )
  })

  test('an ordinary period has share 1 of itself, an extended one the sum of its sub-periods', () => {
    fc.assert(
      fc.property(anySchedule, anyDay, (schedule, activeFrom) => {
        const period = firstPeriod(schedule, activeFrom)
        const parts = subPeriods(schedule, period).map((range) =>
          activeShare(schedule, { ...range, index: 0, extended: false }, activeFrom, period.end),
        )

        expectSame(activeShare(schedule, period, activeFrom, null), sum(parts))
        const whole = nextPeriod(schedule, period)
        expectSame(activeShare(schedule, whole, activeFrom, null), fraction(1))
      }),
      { numRuns: 500 },
    )
  })

  test('sub-periods of an extended period tile it and end at the epoch', () => {
    fc.assert(
      fc.property(anySchedule, fc.integer({ min: 1, max: 1500 }), (schedule, daysBefore) => {
        const activeFrom = addDays(schedule.epoch, -daysBefore)
        const ranges = subPeriods(schedule, firstPeriod(schedule, activeFrom))

        expect(ranges.at(-1)?.end).toBe(schedule.epoch)
        expect(ranges.slice(1).map((range) => range.start)).toEqual(
          ranges.slice(0, -1).map((range) => range.end),
        )
        expect((ranges[0]?.start ?? '') <= activeFrom && activeFrom < (ranges[0]?.end ?? '')).toBe(
          true,
        )
      }),
      { numRuns: 500 },
    )
  })
})

describe('in every zone', () => {
  const zones = Intl.supportedValuesOf('timeZone')

  test('an instant at the border of a period belongs to the newer period only', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), anySchedule, anyDay, (zone, schedule, activeFrom) => {
        const period = nextPeriod(schedule, firstPeriod(schedule, activeFrom))
        const border = startOfDay(period.end, zone)
        const owner = (instant: number) =>
          periodContaining(schedule, dayOf(instant, zone), activeFrom)

        // A zone may have left out the border day itself: then the first day after it is meant.
        expect(owner(border)?.index).toBeGreaterThan(period.index)
        expect(owner(border - 1)?.index).toBeLessThanOrEqual(period.index)
      }),
      { numRuns: 1000 },
    )
  })
})

const anyDay = fc
  .integer({ min: dayNumber('2015-01-01'), max: dayNumber('2032-12-31') })
  .map(dayFromNumber)

const anySchedule = fc
  .tuple(fc.constantFrom(...frequencies), fc.integer({ min: 1, max: 365 }), anyDay)
  // 365 years from an epoch lead out of the calendar a schedule is asked about.
  .map(([frequency, interval, epoch]) => ({
    frequency,
    epoch,
    interval: frequency === 'ANNUALLY' ? (interval % 10) + 1 : interval,
  }))

const someCuts = fc.array(fc.nat({ max: 800 }), { maxLength: 6 })

function billDatesOf(schedule: Schedule, activeFrom: Day, count: number): Day[] {
  const days: Day[] = []
  let period = firstPeriod(schedule, activeFrom)
  while (days.length < count) {
    days.push(period.end)
    period = nextPeriod(schedule, period)
  }
  return days
}

function found(period: Period | null): Period {
  if (!period) throw new Error('Expected a period.')
  return period
}

function expectSame(actual: Fraction, expected: Fraction): void {
  expect(equals(actual, expected), `${printFraction(actual)} = ${printFraction(expected)}`).toBe(
    true,
  )
}
