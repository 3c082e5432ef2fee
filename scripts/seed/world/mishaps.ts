/** What goes wrong in real life: each kind of ingest event, a few times, in the last two weeks. */
import type { Calendar } from './calendar.ts'
import type { Measurement } from './measurement.ts'

/** Days before today, so that every run shows the same ones. */
export function mishapsOf(
  calendar: Calendar,
  dayIndex: number,
  ordinary: Measurement[],
): Measurement[] {
  const back = calendar.days.length - 1 - dayIndex
  const completions = ordinary.filter(({ meter }) => meter === 'completions')
  const some = (count: number, skip: number) => completions.slice(skip, skip + count)
  const marked = (from: Measurement[], mark: string, change: (of: Measurement) => Measurement) =>
    from.map((measurement) => ({ ...change(measurement), uid: `${measurement.uid}-${mark}` }))

  switch (back) {
    case 13:
      return marked(some(12, 40), 'u', (of) => ({ ...of, meter: 'completion' }))
    case 9:
      // A sender that retried although it had been answered.
      return some(60, 100)
    case 6:
      return marked(some(25, 10), 'm', withoutCompletionTokens)
    case 4:
      return marked(some(8, 0), 'a', (of) => ({ ...of, account: of.account.toUpperCase() }))
    case 3:
      // A trial team that nobody has set up yet: its account makes itself.
      return marked(some(30, 0), 'n', (of) => ({ ...of, account: 'evaluation-team' }))
    case 2:
      return marked(some(15, 20), 'z', withoutRequests)
    default:
      return []
  }
}

function withoutCompletionTokens(of: Measurement): Measurement {
  const { completion_tokens: _, ...measure } = of.measure ?? {}
  return { ...of, measure }
}

/** Nothing was asked, so the length of an answer cannot be computed. */
function withoutRequests(of: Measurement): Measurement {
  const measure = { requests: 0, prompt_tokens: 0, cached_tokens: 0, completion_tokens: 0 }
  return { ...of, measure }
}
