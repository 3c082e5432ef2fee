/** The steps of time between those that have usage, so that a chart shows a quiet day as one. */
import type { Question } from './question.ts'

const lengths: Partial<Record<Question['frequency'], Temporal.DurationLike>> = {
  HOUR: { hours: 1 },
  DAY: { days: 1 },
  WEEK: { days: 7 },
  MONTH: { months: 1 },
  QUARTER: { months: 3 },
}

/** More do not fit into a picture; then only those with usage are drawn. */
const STEPS_MAX = 2_000

type Asked = Pick<Question, 'frequency' | 'timePeriod' | 'from' | 'to'>

/**
 * All of them from the first to the last, of a question between two days from day to day. `starts`
 * rise; where they do not follow each other evenly, they alone are drawn.
 */
export function withEmptySteps(starts: readonly string[], asked: Asked): readonly string[] {
  const length = lengths[asked.frequency]
  const [earliest] = starts
  const latest = starts.at(-1)
  if (!length || earliest === undefined || latest === undefined) return starts
  const { first, last } = boundsOf(asked) ?? { first: earliest, last: latest }
  const known = new Map(starts.map((start) => [Date.parse(start), start]))
  const end = Date.parse(last)
  const steps: string[] = []
  let at = Temporal.Instant.from(first).toZonedDateTimeISO('UTC')
  while (at.epochMilliseconds <= end && steps.length < STEPS_MAX) {
    steps.push(known.get(at.epochMilliseconds) ?? at.toInstant().toString())
    at = at.add(length)
  }
  const met = new Set(steps)
  return starts.every((start) => met.has(start)) ? steps : starts
}

/** Weeks and months may begin before the first day; only days and hours are known to begin with it. */
function boundsOf({ frequency, timePeriod, from, to }: Asked) {
  if (timePeriod !== 'CUSTOM' || !from || !to) return null
  if (frequency !== 'DAY' && frequency !== 'HOUR') return null
  return {
    first: `${from}T00:00:00Z`,
    last: frequency === 'DAY' ? `${to}T00:00:00Z` : `${to}T23:00:00Z`,
  }
}
