/** Timestamps as text and back, with the letters of java.time patterns that the product needs (metering 9.4). */

/** The value of the constant `DateTime.TS_FMT`. */
export const TIMESTAMP_FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSSX"

export type DateParts = {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
  /** Monday is 1. */
  dayOfWeek: number
  offsetMinutes: number
}

const MONTHS =
  'January February March April May June July August September October November December'.split(' ')
const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')

type Piece = { kind: 'letters'; text: string } | { kind: 'literal'; text: string }

type Field = {
  format(parts: DateParts): string
  /** How it looks in a text, and what it says; without it the letters are for output only. */
  read?: { pattern: string; apply(text: string, into: Reading): void }
}

type Reading = Partial<DateParts> & { isAfternoon?: boolean; halfDayHour?: number }

/** The pattern letters, in the order in which an error message lists them. */
const FIELDS: Readonly<Record<string, Field>> = {
  yyyy: number((parts) => parts.year, 'year', 4),
  yy: {
    format: (parts) => padded(parts.year % 100, 2),
    read: {
      pattern: '(\\d{2})',
      apply: (text, into) => {
        into.year = 2000 + Number(text)
      },
    },
  },
  MMMM: names(MONTHS, (parts) => parts.month, 'month'),
  MMM: names(shortened(MONTHS), (parts) => parts.month, 'month'),
  MM: number((parts) => parts.month, 'month', 2),
  M: number((parts) => parts.month, 'month', 1),
  dd: number((parts) => parts.day, 'day', 2),
  d: number((parts) => parts.day, 'day', 1),
  EEEE: names(DAYS, (parts) => parts.dayOfWeek, 'dayOfWeek'),
  E: names(shortened(DAYS), (parts) => parts.dayOfWeek, 'dayOfWeek'),
  HH: number((parts) => parts.hour, 'hour', 2),
  H: number((parts) => parts.hour, 'hour', 1),
  hh: number((parts) => parts.hour % 12 || 12, 'halfDayHour', 2),
  h: number((parts) => parts.hour % 12 || 12, 'halfDayHour', 1),
  a: {
    format: (parts) => (parts.hour < 12 ? 'AM' : 'PM'),
    read: {
      pattern: '([AaPp][Mm])',
      apply: (text, into) => {
        into.isAfternoon = text.toUpperCase() === 'PM'
      },
    },
  },
  mm: number((parts) => parts.minute, 'minute', 2),
  m: number((parts) => parts.minute, 'minute', 1),
  ss: number((parts) => parts.second, 'second', 2),
  s: number((parts) => parts.second, 'second', 1),
  SSS: number((parts) => parts.millisecond, 'millisecond', 3),
  X: offset(''),
  XX: offset(''),
  XXX: offset(':'),
}

/** A sentence on what is wrong with a pattern, or null. */
export function patternProblem(pattern: string): string | null {
  try {
    piecesOf(pattern)
    return null
  } catch (error) {
    return error instanceof RangeError ? error.message : null
  }
}

export function formatTimestamp(epochMs: number, pattern: string, zone: string): string {
  if (pattern === TIMESTAMP_FORMAT && zone === 'UTC') return new Date(epochMs).toISOString()
  const parts = partsOf(epochMs, zone)
  return piecesOf(pattern)
    .map((piece) => (piece.kind === 'literal' ? piece.text : fieldOf(piece.text).format(parts)))
    .join('')
}

/** Without an offset in the text the time is UTC. */
export function parseTimestamp(text: string, pattern: string): number {
  const pieces = piecesOf(pattern)
  const expected = pieces
    .map((piece) =>
      piece.kind === 'literal'
        ? piece.text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
        : fieldOf(piece.text).read?.pattern,
    )
    .join('')
  const found = new RegExp(`^${expected}$`, 'u').exec(text)
  if (!found) throw new RangeError(`"${text}" does not have the form ${pattern}.`)
  const reading: Reading = {}
  const letters = pieces.filter((piece) => piece.kind === 'letters')
  letters.forEach((piece, index) => {
    fieldOf(piece.text).read?.apply(found[index + 1] ?? '', reading)
  })
  return instantOf(reading, text)
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i

/** A day alone is its first instant in UTC; digits beyond milliseconds are dropped. */
export function parseIsoTimestamp(text: string): number {
  const found = ISO.exec(text)
  if (!found) {
    throw new RangeError(`"${text}" is not an ISO-8601 date-time such as 2024-06-01T08:30:00Z.`)
  }
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = found
  const reading: Reading = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(fraction.slice(0, 3).padEnd(3, '0')),
    offsetMinutes: zone ? offsetOf(zone) : 0,
  }
  return instantOf(reading, text)
}

export function partsOf(epochMs: number, zone: string): DateParts {
  if (zone !== 'UTC') return zonedPartsOf(epochMs, zone)
  const date = new Date(epochMs)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    dayOfWeek: date.getUTCDay() || 7,
    offsetMinutes: 0,
  }
}

function zonedPartsOf(epochMs: number, zone: string): DateParts {
  const local = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone)
  const { year, month, day, hour, minute, second, millisecond, dayOfWeek } = local
  const offsetMinutes = Math.trunc(local.offsetNanoseconds / 60_000_000_000)
  return { year, month, day, hour, minute, second, millisecond, dayOfWeek, offsetMinutes }
}

function piecesOf(pattern: string): Piece[] {
  const pieces: Piece[] = []
  for (const [found] of pattern.matchAll(/'(?:[^']|'')*'|'|([A-Za-z])\1*|[^A-Za-z']+/g)) {
    if (found === "'") throw new RangeError(`The pattern ${pattern} has an unclosed quote.`)
    if (found.startsWith("'")) {
      const text = found === "''" ? "'" : found.slice(1, -1).replaceAll("''", "'")
      pieces.push({ kind: 'literal', text })
    } else if (/[A-Za-z]/.test(found)) {
      fieldOf(found)
      pieces.push({ kind: 'letters', text: found })
    } else pieces.push({ kind: 'literal', text: found })
  }
  return pieces
}

function fieldOf(letters: string): Field {
  const field = Object.hasOwn(FIELDS, letters) ? FIELDS[letters] : undefined
  if (field) return field
  throw new RangeError(
    `"${letters}" is not a date pattern. Known are ${Object.keys(FIELDS).join(', ')}; other letters stand in single quotes.`,
  )
}

function instantOf(reading: Reading, text: string): number {
  const { year = 1970, month = 1, day = 1, minute = 0, second = 0, millisecond = 0 } = reading
  const hour = hourOf(reading)
  // Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999.
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second, millisecond)
  const epochMs = date.getTime()
  const back = partsOf(epochMs, 'UTC')
  const isReal =
    back.year === year &&
    back.month === month &&
    back.day === day &&
    back.hour === hour &&
    back.minute === minute &&
    back.second === second &&
    (reading.dayOfWeek ?? back.dayOfWeek) === back.dayOfWeek &&
    isOnTheClock(reading)
  if (!isReal) throw new RangeError(`"${text}" is not a date and time that exists.`)
  return epochMs - (reading.offsetMinutes ?? 0) * 60_000
}

/** No zone is more than 18 hours away, and half a day has the hours 1 to 12. */
function isOnTheClock({ halfDayHour = 12, offsetMinutes = 0 }: Reading): boolean {
  return halfDayHour >= 1 && halfDayHour <= 12 && Math.abs(offsetMinutes) <= 1080
}

function hourOf(reading: Reading): number {
  if (reading.halfDayHour === undefined) return reading.hour ?? 0
  return (reading.halfDayHour % 12) + (reading.isAfternoon ? 12 : 0)
}

function number(
  part: (parts: DateParts) => number,
  name: Exclude<keyof Reading, 'isAfternoon'>,
  width: number,
): Field {
  return {
    format: (parts) => padded(part(parts), width),
    read: {
      pattern: width === 1 ? '(\\d{1,2})' : `(\\d{${width}})`,
      apply: (text, into) => {
        into[name] = Number(text)
      },
    },
  }
}

function names(
  words: readonly string[],
  part: (parts: DateParts) => number,
  name: 'month' | 'dayOfWeek',
): Field {
  return {
    format: (parts) => words[part(parts) - 1] ?? '',
    read: {
      pattern: `(${words.join('|')})`,
      apply: (text, into) => {
        into[name] = words.indexOf(text) + 1
      },
    },
  }
}

/** `Z` for UTC, else `+0530` or `+05:30`. */
function offset(separator: string): Field {
  return {
    format: ({ offsetMinutes }) => {
      if (offsetMinutes === 0) return 'Z'
      const minutes = Math.abs(offsetMinutes)
      const sign = offsetMinutes < 0 ? '-' : '+'
      return `${sign}${padded(Math.floor(minutes / 60), 2)}${separator}${padded(minutes % 60, 2)}`
    },
    read: {
      pattern: '(Z|[+-]\\d{2}(?::?\\d{2})?)',
      apply: (text, into) => {
        into.offsetMinutes = offsetOf(text)
      },
    },
  }
}

function offsetOf(text: string): number {
  if (text === 'Z' || text === 'z') return 0
  const digits = text.slice(1).replace(':', '')
  const rest = Number(digits.slice(2) || '0')
  // An hour has 60 minutes: more is as far away as no zone is.
  const minutes = rest < 60 ? Number(digits.slice(0, 2)) * 60 + rest : Number.POSITIVE_INFINITY
  return text.startsWith('-') ? -minutes : minutes
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

function shortened(words: readonly string[]): string[] {
  return words.map((word) => word.slice(0, 3))
}
