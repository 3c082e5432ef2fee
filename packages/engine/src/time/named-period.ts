import { addDays, addMonths, type Day } from './calendar.ts'
import type { Instant } from './instant.ts'
import { dayOf, startOfDay } from './zone.ts'

/** Periods that follow the clock, in UTC (metering 12.2). */
export const namedPeriods = [
  'TODAY',
  'YESTERDAY',
  'WEEK_TO_DATE',
  'MONTH_TO_DATE',
  'YEAR_TO_DATE',
  'PREVIOUS_WEEK',
  'PREVIOUS_MONTH',
  'PREVIOUS_QUARTER',
  'PREVIOUS_YEAR',
  'LAST_12_HOURS',
  'LAST_7_DAYS',
  'LAST_30_DAYS',
  'LAST_35_DAYS',
  'LAST_90_DAYS',
  'LAST_120_DAYS',
  'LAST_YEAR',
] as const

export type NamedPeriod = (typeof namedPeriods)[number]

export type InstantRange = { start: Instant; end: Instant }

/** [start, end). PREVIOUS_WEEK on Wednesday 2024-06-12: 3 June to 10 June. */
export function resolveNamedPeriod(name: NamedPeriod, now: Instant): InstantRange {
  const today = dayOf(now, 'UTC')
  switch (name) {
    case 'TODAY':
      return { start: midnight(today), end: now }
    case 'YESTERDAY':
      return days(addDays(today, -1), today)
    case 'WEEK_TO_DATE':
      return { start: midnight(mondayOf(today)), end: now }
    case 'MONTH_TO_DATE':
      return { start: midnight(startOfMonths(today, 1)), end: now }
    case 'YEAR_TO_DATE':
      return { start: midnight(startOfMonths(today, 12)), end: now }
    case 'PREVIOUS_WEEK':
      return days(addDays(mondayOf(today), -7), mondayOf(today))
    case 'PREVIOUS_MONTH':
      return previousMonths(today, 1)
    case 'PREVIOUS_QUARTER':
      return previousMonths(today, 3)
    case 'PREVIOUS_YEAR':
      return previousMonths(today, 12)
    case 'LAST_12_HOURS':
      return { start: startOfHour(now) - 12 * MS_PER_HOUR, end: startOfHour(now) }
    case 'LAST_7_DAYS':
      return days(addDays(today, -7), today)
    case 'LAST_30_DAYS':
      return days(addDays(today, -30), today)
    case 'LAST_35_DAYS':
      return days(addDays(today, -35), today)
    case 'LAST_90_DAYS':
      return days(addDays(today, -90), today)
    case 'LAST_120_DAYS':
      return days(addDays(today, -120), today)
    case 'LAST_YEAR':
      return days(addMonths(today, -12), today)
    default:
      return unknownPeriod(name)
  }
}

const MS_PER_HOUR = 3_600_000

function midnight(day: Day): Instant {
  return startOfDay(day, 'UTC')
}

function days(start: Day, end: Day): InstantRange {
  return { start: midnight(start), end: midnight(end) }
}

function startOfHour(instant: Instant): Instant {
  return Math.floor(instant / MS_PER_HOUR) * MS_PER_HOUR
}

function mondayOf(day: Day): Day {
  const weekday = new Date(midnight(day)).getUTCDay()
  return addDays(day, -((weekday + 6) % 7))
}

/** The first day of the block of 1, 3 or 12 months of its year in which the day lies. */
function startOfMonths(day: Day, months: 1 | 3 | 12): Day {
  const month = Number(day.slice(5, 7)) - 1
  return addMonths(`${day.slice(0, 7)}-01`, -(month % months))
}

function previousMonths(today: Day, months: 1 | 3 | 12): InstantRange {
  const current = startOfMonths(today, months)
  return days(addMonths(current, -months), current)
}

function unknownPeriod(name: never): never {
  throw new RangeError(`Unknown time period ${String(name)}.`)
}
