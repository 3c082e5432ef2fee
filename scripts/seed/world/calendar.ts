/** The months that the demo shows, counted back from the given instant. */

export const ZONE = 'Europe/London'

/** A day as `YYYY-MM-DD`. */
export type Day = string

export type Month = { start: Day /** First day after it. */; end: Day }

export type Calendar = {
  /** The present: nothing in the demo happens later. */
  now: number
  today: Day
  /** Oldest first; the last one is the month of today, still open. */
  months: Month[]
  /** From the first day of the first month to today. */
  days: Day[]
}

export function calendarAt(now: number, months: number): Calendar {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(ZONE).toPlainDate()
  const first = today.with({ day: 1 }).subtract({ months: months - 1 })
  const dayCount = first.until(today, { largestUnit: 'day' }).days + 1
  return {
    now,
    today: today.toString(),
    months: Array.from({ length: months }, (_, index) => ({
      start: first.add({ months: index }).toString(),
      end: first.add({ months: index + 1 }).toString(),
    })),
    days: Array.from({ length: dayCount }, (_, index) => first.add({ days: index }).toString()),
  }
}

/** The month counted from the end: 0 is the open one. */
export function monthBack(calendar: Calendar, back: number): Month {
  const month = calendar.months.at(-1 - back)
  if (!month) throw new Error(`the demo has ${calendar.months.length} months; it needs ${back + 1}`)
  return month
}

/** Midnight in the organization's zone, as epoch milliseconds. */
export function midnight(day: Day): number {
  return remembered(
    midnights,
    day,
    () => Temporal.PlainDate.from(day).toZonedDateTime(ZONE).epochMilliseconds,
  )
}

export function midnightText(day: Day): string {
  return new Date(midnight(day)).toISOString()
}

export function dayAfter(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** Monday is 1, Sunday is 7. */
export function weekday(day: Day): number {
  return remembered(weekdays, day, () => Temporal.PlainDate.from(day).dayOfWeek)
}

/** The generator asks for the same ninety days a hundred thousand times. */
const midnights = new Map<Day, number>()
const weekdays = new Map<Day, number>()

function remembered(memory: Map<Day, number>, day: Day, compute: () => number): number {
  const known = memory.get(day)
  if (known !== undefined) return known
  const value = compute()
  memory.set(day, value)
  return value
}
