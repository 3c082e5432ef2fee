/** A part of a time chart as a question of its own: its days, in finer steps where few are left. */
import type { Question } from './question.ts'

/** So many steps are still a picture; fewer are asked for in the finer ones. */
const finer: Partial<
  Record<Question['frequency'], { steps: number; into: Question['frequency'] }>
> = {
  DAY: { steps: 3, into: 'HOUR' },
  WEEK: { steps: 4, into: 'DAY' },
  MONTH: { steps: 3, into: 'DAY' },
  QUARTER: { steps: 4, into: 'MONTH' },
}

/** `first` and `last` are the instants at which the chosen steps begin, `steps` how many they are. */
export function closer(question: Question, first: string, last: string, steps: number): Question {
  const { frequency, timePeriod } = question
  // Days chosen earlier stay in a question that goes by another period since.
  const { from, to } = timePeriod === 'CUSTOM' ? question : { from: null, to: null }
  const start = Temporal.PlainDate.from(first.slice(0, 10))
  const end = lastDayOf(Temporal.PlainDate.from(last.slice(0, 10)), frequency)
  const step = finer[frequency]
  return {
    ...question,
    timePeriod: 'CUSTOM',
    // The first and the last step of a question between two days may lie in it only in part.
    from: later(start.toString(), from),
    to: earlier(end.toString(), to),
    frequency: step && steps <= step.steps ? step.into : frequency,
  }
}

function lastDayOf(start: Temporal.PlainDate, frequency: Question['frequency']) {
  if (frequency === 'WEEK') return start.add({ days: 6 })
  if (frequency === 'MONTH') return start.add({ months: 1 }).subtract({ days: 1 })
  if (frequency === 'QUARTER') return start.add({ months: 3 }).subtract({ days: 1 })
  return start
}

const later = (day: string, bound: string | null) => (bound !== null && bound > day ? bound : day)
const earlier = (day: string, bound: string | null) => (bound !== null && bound < day ? bound : day)
