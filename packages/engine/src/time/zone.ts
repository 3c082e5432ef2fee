import { type Day, dayFromNumber, dayNumber } from './calendar.ts'
import type { Instant } from './instant.ts'

const OFFSET = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/i

/**
 * The name under which Temporal knows the zone. The API also takes `UTC+1:00`, `GMT+1` and `+1`
 * (billing 3.1), which Temporal does not. An unknown name throws.
 */
export function normalizeZone(name: string): string {
  const offset = OFFSET.exec(name.trim())
  if (offset) return offsetZone(name, offset)
  try {
    return new Temporal.ZonedDateTime(0n, name.trim()).timeZoneId
  } catch {
    throw new RangeError(unknownZone(name))
  }
}

/**
 * The first instant of the day in the zone, which is not always 00:00: where clocks go forward at
 * midnight the day starts at 01:00. A day that a zone left out is empty: it starts where the next does.
 */
export function startOfDay(day: Day, zone: string): Instant {
  return startOfDayNumber(dayNumber(day), zone)
}

/**
 * The day d with startOfDay(d) ≤ instant < startOfDay(d + 1). Not the date on the wall: where clocks
 * go back over midnight that date returns to yesterday for an hour, and the hour would be counted in
 * two days or in none.
 */
export function dayOf(instant: Instant, zone: string): Day {
  // No zone is a whole day away from UTC, so the day is at most one further than in UTC.
  let day = Math.floor(instant / MS_PER_DAY) + 1
  while (startOfDayNumber(day, zone) > instant) day -= 1
  return dayFromNumber(day)
}

const MS_PER_DAY = 86_400_000
const EPOCH_DAY = new Temporal.PlainDate(1970, 1, 1)
/** Per zone, so that a full cache can start again without growing for ever. */
const MOST_DAYS_PER_ZONE = 20_000
const startsByZone = new Map<string, Map<number, Instant>>()

function startOfDayNumber(day: number, zone: string): Instant {
  if (zone === 'UTC') return day * MS_PER_DAY
  const starts = startsOf(zone)
  const known = starts.get(day)
  if (known !== undefined) return known
  if (starts.size >= MOST_DAYS_PER_ZONE) starts.clear()
  const start = EPOCH_DAY.add({ days: day }).toZonedDateTime(zone).epochMilliseconds
  starts.set(day, start)
  return start
}

function startsOf(zone: string): Map<number, Instant> {
  const known = startsByZone.get(zone)
  if (known) return known
  const starts = new Map<number, Instant>()
  startsByZone.set(zone, starts)
  return starts
}

function offsetZone(name: string, [, sign, hours, minutes = '00']: RegExpExecArray): string {
  const [hour, minute] = [Number(hours), Number(minutes)]
  if (hour > 18 || minute > 59 || (hour === 18 && minute > 0))
    throw new RangeError(unknownZone(name))
  if (hour === 0 && minute === 0) return 'UTC'
  return `${sign}${String(hour).padStart(2, '0')}:${minutes}`
}

function unknownZone(name: string): string {
  return `"${name.slice(0, 80)}" is not a known time zone. Use a name such as Europe/Berlin or an offset such as UTC+1:00.`
}
