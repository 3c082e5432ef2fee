/** Rows that are split by time as a chart: one series for each figure and each other group. */
import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import { decimal, digits } from '@countinghouse/engine/money/decimal.ts'
import type { ChartPoint, ChartSeries } from '../../kit/chart/chart-props.ts'
import { dayText, momentText } from '../../kit/format/moment.tsx'
import { type Figure, figuresOf } from './figures.ts'
import type { UsageRow } from './queries.ts'
import type { Question } from './question.ts'
import { withEmptySteps } from './time-steps.ts'

const SERIES_MAX = 6
const BARS_MAX = 24
const OTHERS = 'All others'

type UsageChart = {
  /** What is drawn, in words. */
  heading: string
  kind: 'bars' | 'lines'
  stacked: boolean
  points: ChartPoint[]
  series: ChartSeries[]
  unit?: string
  /** What the drawing leaves out; the table has it. */
  note?: string
}

export function chartOf(
  rows: readonly UsageRow[],
  question: Question,
  meters: readonly Meter[],
): UsageChart | null {
  const figures = figuresOf(question, meters)
  if (figures.length === 0 || rows.length === 0) return null
  const isSum = figures.every((each) => each.method === 'SUM' || each.method === 'COUNT')
  const shared = figures.length === 1 && figures[0]?.unit ? { unit: figures[0].unit } : {}
  const heading = figures.map((each) => each.title).join(' and ')
  if (question.frequency === '') return { heading, ...barsOf(rows, figures), ...shared }
  const { points, titles } = pointsOf(rows, figures, question)
  const isStacked = isSum && figures.length === 1
  const isTooMany = titles.length > SERIES_MAX
  const places = isStacked && isTooMany ? SERIES_MAX - 1 : SERIES_MAX
  const drawn = titles.slice(0, places)
  const rest = titles.slice(places)
  // A stack without some of its parts would show a wrong total.
  if (isStacked && rest.length > 0) {
    for (const point of points) point.values[OTHERS] = sumOf(rest.map((each) => point.values[each]))
    drawn.push(OTHERS)
  }
  return {
    heading: `${heading} by ${question.frequency.toLowerCase()}`,
    kind: isSum ? 'bars' : 'lines',
    stacked: isStacked,
    points,
    series: drawn.map((title) => ({ key: title, title })),
    ...(!isStacked &&
      rest.length > 0 && {
        note: `The ${SERIES_MAX} largest of ${titles.length} series are drawn; the table has all.`,
      }),
    ...shared,
  }
}

function pointsOf(rows: readonly UsageRow[], figures: readonly Figure[], question: Question) {
  const { frequency } = question
  const keys = figures.map((each) => each.key)
  const totals = new Map<string, number>()
  const points = new Map<string, ChartPoint>()
  for (const row of rows) {
    const at = String(row['timestamp'])
    const point = points.get(at) ?? { at, label: labelOf(at, frequency), values: {} }
    for (const figure of figures) {
      const parts = [groupOf(row, keys), figures.length > 1 ? figure.title : '']
      const title = parts.filter(Boolean).join(', ') || figure.title
      point.values[title] = row[figure.key]
      totals.set(title, (totals.get(title) ?? 0) + Math.abs(Number(row[figure.key] ?? 0)))
    }
    points.set(at, point)
  }
  return {
    points: withEmptySteps([...points.keys()].sort(), question).map(
      (at) => points.get(at) ?? { at, label: labelOf(at, frequency), values: {} },
    ),
    titles: [...totals].sort(([, a], [, b]) => b - a).map(([title]) => title),
  }
}

/** Without time: one bar for each group, the largest first. */
function barsOf(
  rows: readonly UsageRow[],
  figures: readonly Figure[],
): Omit<UsageChart, 'heading'> {
  const keys = figures.map((each) => each.key)
  const [first = ''] = keys
  const largest = rows.toSorted((a, b) => Number(b[first] ?? 0) - Number(a[first] ?? 0))
  return {
    kind: 'bars',
    stacked: false,
    points: largest.slice(0, BARS_MAX).map((row, at) => ({
      at: String(at),
      label: groupOf(row, keys) || 'All',
      values: Object.fromEntries(figures.map((each) => [each.title, row[each.key]])),
    })),
    series: figures.map(({ title }) => ({ key: title, title })),
    ...(rows.length > BARS_MAX && {
      note: `The ${BARS_MAX} largest of ${rows.length} are drawn; the table has all.`,
    }),
  }
}

function sumOf(values: readonly UsageRow[string][]): string {
  const sum = values.reduce((total, each) => total.plus(String(each ?? 0)), decimal(0))
  return digits(sum)
}

/** The account or dimension values of a row, as the name of its series. */
function groupOf(row: UsageRow, figures: readonly string[]): string {
  const others = Object.entries(row).filter(
    ([key, value]) =>
      !figures.includes(key) &&
      !['timestamp', 'accountId', 'accountCode'].includes(key) &&
      value !== null,
  )
  return others.map(([, value]) => String(value)).join(', ')
}

function labelOf(at: string, frequency: string): string {
  return frequency === 'HOUR' ? momentText(at, 'UTC') : dayText(at.slice(0, 10))
}
