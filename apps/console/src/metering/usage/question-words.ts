/** A question in one line: `Last 30 days · Hours, sum · by day and account · 2 filters`. */
import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import { counted } from '../../kit/format/digits.ts'
import { dayText } from '../../kit/format/moment.tsx'
import { words } from '../../kit/format/state.tsx'
import { figuresOf } from './figures.ts'
import { splitsOf, splitWords } from './pivot-of.ts'
import type { Question } from './question.ts'

export function inWords(question: Question, meters: readonly Meter[]): string {
  const { timePeriod, from, to, frequency, accountIds, filters } = question
  const figures = figuresOf(question, meters).map(({ title }) => title)
  const splits = splitsOf(question, meters).map((split) =>
    split.kind === 'time' ? frequency.toLowerCase() : splitWords(split),
  )
  const period =
    timePeriod === 'CUSTOM'
      ? `${from ? dayText(from) : '…'} to ${to ? dayText(to) : '…'}`
      : words(timePeriod)
  return [
    period,
    figures.length === 0 ? 'Measurements' : figures.join(' and '),
    figures.length > 0 && splits.length > 0 && `by ${splits.join(' and ')}`,
    accountIds.length > 0 && counted(accountIds.length, 'account'),
    filters.length > 0 && counted(filters.length, 'filter'),
  ]
    .filter(Boolean)
    .join(' · ')
}
