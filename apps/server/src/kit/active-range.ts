/**
 * Things that count from `startDate` until `endDate`, the end not included. Their tables have a
 * column `active`, a range of instants that the database keeps from the two.
 */
import type { Day } from '@countinghouse/engine/time/calendar.ts'
import { addDays, isDay } from '@countinghouse/engine/time/calendar.ts'
import { formatInstant, parseInstant } from '@countinghouse/engine/time/instant.ts'
import { normalizeZone, startOfDay } from '@countinghouse/engine/time/zone.ts'
import { type RawBuilder, sql } from 'kysely'
import { InvalidInputError, type Problem } from './errors.ts'

export type Dated = { startDate: string; endDate?: string | undefined }

export function rangeProblems(body: Dated): Problem[] {
  const problems = [
    ...instantProblems('startDate', body.startDate),
    ...instantProblems('endDate', body.endDate),
  ]
  if (problems.length > 0 || body.endDate === undefined) return problems
  if (parseInstant(body.endDate) > parseInstant(body.startDate)) return []
  return [{ field: 'endDate', message: 'The end must lie after the start.' }]
}

/** One spelling for one instant, so that equal dates are equal text. */
export function withPlainDates<Body extends Dated>(body: Body): Body {
  return {
    ...body,
    startDate: plainInstant(body.startDate),
    ...(body.endDate === undefined ? {} : { endDate: plainInstant(body.endDate) }),
  }
}

export function plainInstant(text: string): string {
  return formatInstant(parseInstant(text))
}

/** `startDate <= instant < endDate` */
export function activeAt(instant: number): RawBuilder<unknown> {
  return sql`active @> ${new Date(instant)}::timestamptz`
}

/** For the list filter `date`: active at an instant, or at any time of a day in the zone. */
export function activeOn(date: string, zone: string): RawBuilder<unknown> {
  if (!isDay(date)) return activeAt(instantOf(date))
  const [from, to] = dayRange(date, normalizeZone(zone))
  return sql`active && tstzrange(${from}, ${to}, '[)')`
}

/** Overlaps with the time of a body that is about to be written. */
export function activeDuring({ startDate, endDate }: Dated): RawBuilder<unknown> {
  return sql`active && tstzrange(${startDate}::timestamptz, ${endDate ?? null}::timestamptz, '[)')`
}

function dayRange(day: Day, zone: string): [Date, Date] {
  try {
    return [new Date(startOfDay(day, zone)), new Date(startOfDay(addDays(day, 1), zone))]
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new InvalidInputError(`date: ${error.message}`, [
      { field: 'date', message: error.message },
    ])
  }
}

function instantOf(date: string): number {
  try {
    return parseInstant(date)
  } catch {
    const message = 'Write a day like 2024-06-01 or an instant like 2024-06-01T00:00:00Z.'
    throw new InvalidInputError(`date: ${message}`, [{ field: 'date', message }])
  }
}

export function instantProblems(field: string, value: string | undefined): Problem[] {
  if (value === undefined) return []
  try {
    parseInstant(value)
    return []
  } catch (error) {
    return [{ field, message: error instanceof Error ? error.message : String(error) }]
  }
}
