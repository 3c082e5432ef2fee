/** Days, zones and periods for the oracle, from Intl and counting instead of Temporal. */
const DAY_MS = 86_400_000
const QUARTER_MS = 900_000

export const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS
export const dayAt = (number: number): string =>
  new Date(number * DAY_MS).toISOString().slice(0, 10)
export const daysFrom = (a: string, b: string): number => dayNumber(b) - dayNumber(a)

const formats = new Map<string, Intl.DateTimeFormat>()

export function localDay(instant: number, zone: string): string {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
  formats.set(zone, format)
  return format.format(instant)
}

const midnights = new Map<string, number>()

/** The first quarter of an hour that has this day, or a later one, on the wall. */
export function midnight(day: string, zone: string): number {
  const key = `${zone} ${day}`
  const known = midnights.get(key)
  if (known !== undefined) return known
  let low = (dayNumber(day) - 1) * DAY_MS
  let high = (dayNumber(day) + 1) * DAY_MS
  while (high - low > QUARTER_MS) {
    const middle = low + Math.floor((high - low) / 2 / QUARTER_MS) * QUARTER_MS
    if (localDay(middle, zone) >= day) high = middle
    else low = middle
  }
  midnights.set(key, high)
  return high
}

export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'ANNUALLY'
export type Rhythm = { frequency: Frequency; interval: number; epoch: string }

/** Border number k: always from the epoch, cut to the length of the month (billing 3.3). */
export function border({ frequency, interval, epoch }: Rhythm, k: number): string {
  const steps = k * interval
  if (frequency === 'DAILY') return dayAt(dayNumber(epoch) + steps)
  if (frequency === 'WEEKLY') return dayAt(dayNumber(epoch) + 7 * steps)
  const months = frequency === 'MONTHLY' ? steps : 12 * steps
  const [year = 0, month = 0, date = 0] = epoch.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last)))
    .toISOString()
    .slice(0, 10)
}

/** A period as something active from a day sees it; `parts` are those that factors are summed over. */
export type Span = { start: string; end: string; number: number; parts: [string, string][] }

/** The period that ends on border k, numbered from the first one that the activity touches. */
export function spanEndingAt(rhythm: Rhythm, k: number, activeFrom: string): Span {
  let first = 0
  if (activeFrom >= rhythm.epoch) {
    while (border(rhythm, first + 1) <= activeFrom) first += 1
    first += 1
  }
  const end = border(rhythm, k)
  if (k === 0 && activeFrom < rhythm.epoch) {
    const parts: [string, string][] = []
    for (let j = 0; border(rhythm, j) > activeFrom; j -= 1) {
      parts.unshift([border(rhythm, j - 1), border(rhythm, j)])
    }
    return { start: activeFrom, end, number: 0, parts }
  }
  const start = border(rhythm, k - 1)
  return { start, end, number: k - first, parts: [[start, end]] }
}

/** Which border the day is, from the epoch on; null when it is none. */
export function borderOn(rhythm: Rhythm, day: string): number | null {
  for (let k = 0; ; k += 1) {
    const at = border(rhythm, k)
    if (at === day) return k
    if (at > day) return null
  }
}
