/** A calendar day `YYYY-MM-DD` of the years 1 to 9999; days compare as text. */
export type Day = string

export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'ANNUALLY'
export const frequencies: readonly Frequency[] = ['DAILY', 'WEEKLY', 'MONTHLY', 'ANNUALLY']

const MS_PER_DAY = 86_400_000
const OUTSIDE = 'The day lies outside the years 1 to 9999.'
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/

/** The database knows no year 0. */
export function isDay(text: string): boolean {
  const match = DAY.exec(text)
  if (!match) return false
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return year >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month)
}

/** Days since 1970-01-01. */
export function dayNumber(day: Day): number {
  return partsOf(day).number
}

export function dayFromNumber(number: number): Day {
  const text = new Date(number * MS_PER_DAY).toISOString()
  if (text.length !== 24 || text.startsWith('0000')) throw new RangeError(OUTSIDE)
  return text.slice(0, 10)
}

/**
 * `steps` days, weeks, months or years after the epoch, or before it when negative. Always counted
 * from the epoch and only then cut to the length of the month: 31 January, 28 February, 31 March
 * (billing 3.3).
 */
export function addSteps(epoch: Day, frequency: Frequency, steps: number): Day {
  switch (frequency) {
    case 'DAILY':
      return addDays(epoch, steps)
    case 'WEEKLY':
      return addDays(epoch, steps * 7)
    case 'MONTHLY':
      return addMonths(epoch, steps)
    case 'ANNUALLY':
      return addMonths(epoch, steps * 12)
    default:
      return unknownFrequency(frequency)
  }
}

export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days)
}

export function addMonths(day: Day, months: number): Day {
  const { year, month, date } = partsOf(day)
  const total = year * 12 + (month - 1) + months
  const [toYear, toMonth] = [Math.floor(total / 12), (((total % 12) + 12) % 12) + 1]
  if (toYear < 1 || toYear > 9999) throw new RangeError(OUTSIDE)
  return writeDay(toYear, toMonth, Math.min(date, daysInMonth(toYear, toMonth)))
}

/** From a (counted) to b (not counted); negative when b lies before a. */
export function daysBetween(a: Day, b: Day): number {
  return dayNumber(b) - dayNumber(a)
}

/** Whole calendar months from the month of a to the month of b, whatever the day. */
export function monthsBetween(a: Day, b: Day): number {
  const [from, to] = [partsOf(a), partsOf(b)]
  return (to.year - from.year) * 12 + (to.month - from.month)
}

export function earlierDay(a: Day, b: Day): Day {
  return a < b ? a : b
}

export function laterDay(a: Day, b: Day): Day {
  return a > b ? a : b
}

type DayParts = { number: number; year: number; month: number; date: number }

/** A run asks for the same few days again and again, and reading one costs more than finding it. */
const MOST_DAYS = 20_000
const readDays = new Map<Day, DayParts>()

function partsOf(day: Day): DayParts {
  const known = readDays.get(day)
  if (known !== undefined) return known
  if (!isDay(day)) {
    throw new RangeError(`"${day.slice(0, 80)}" is not a day. Write it like 2024-06-01.`)
  }
  if (readDays.size >= MOST_DAYS) readDays.clear()
  const parts = {
    number: Date.parse(day) / MS_PER_DAY,
    year: Number(day.slice(0, 4)),
    month: Number(day.slice(5, 7)),
    date: Number(day.slice(8)),
  }
  readDays.set(day, parts)
  return parts
}

function writeDay(year: number, month: number, date: number): Day {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function unknownFrequency(frequency: never): never {
  throw new RangeError(`Unknown billing frequency ${String(frequency)}.`)
}
