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

/** All of them from the first to the last. `starts` rise; steps that do not meet them are left out. */
export function withEmptySteps(
  starts: readonly string[],
  frequency: Question['frequency'],
): readonly string[] {
  const length = lengths[frequency]
  const [first] = starts
  const last = starts.at(-1)
  if (!length || first === undefined || last === undefined) return starts
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
