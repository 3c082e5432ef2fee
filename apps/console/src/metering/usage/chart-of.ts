/** Rows that are split by time as a chart: one series for each figure and each other group. */
import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import type { ChartPoint, ChartSeries } from '../../kit/chart/chart-props.ts'
import { dayText, momentText } from '../../kit/format/moment.tsx'
import { words } from '../../kit/format/state.tsx'
import type { UsageRow } from './queries.ts'
import { fieldsOf, type Question } from './question.ts'

const SERIES_MAX = 6

type UsageChart = {
  kind: 'bars' | 'lines'
  stacked: boolean
  points: ChartPoint[]
  series: ChartSeries[]
  unit?: string
}

export function chartOf(
  rows: readonly UsageRow[],
  question: Question,
  meters: readonly Meter[],
): UsageChart | null {
  const [first] = question.aggregations
  if (question.frequency === '' || !first || rows.length === 0) return null
  const figures = question.aggregations.map((each) => {
    const meter = meters.find((row) => row.id === each.meterId)
    const field = fieldsOf(meter).find((row) => row.code === each.fieldCode)
    return {
      key: `${meter?.code}.${each.fieldCode}.${each.function}`,
      title: `${field?.name ?? each.fieldCode}, ${words(each.function).toLowerCase()}`,
      unit: field?.unit ?? '',
    }
  })
  const totals = new Map<string, number>()
  const points = new Map<string, ChartPoint>()
  for (const row of rows) {
    const at = String(row['timestamp'])
    const point = points.get(at) ?? { at, label: labelOf(at, question.frequency), values: {} }
    for (const figure of figures) {
      const title =
        [
          groupOf(
            row,
            figures.map((each) => each.key),
          ),
          figures.length > 1 ? figure.title : '',
        ]
          .filter(Boolean)
          .join(', ') || figure.title
      point.values[title] = row[figure.key]
      totals.set(title, (totals.get(title) ?? 0) + Math.abs(Number(row[figure.key] ?? 0)))
    }
    points.set(at, point)
  }
  const titles = [...totals]
    .sort(([, a], [, b]) => b - a)
    .slice(0, SERIES_MAX)
    .map(([title]) => title)
  const isSum = question.aggregations.every(
    (each) => each.function === 'SUM' || each.function === 'COUNT',
  )
  return {
    kind: isSum ? 'bars' : 'lines',
    stacked: isSum && figures.length === 1,
    points: [...points.values()].sort((a, b) => a.at.localeCompare(b.at)),
    series: titles.map((title) => ({ key: title, title })),
    ...(figures.length === 1 && figures[0]?.unit ? { unit: figures[0].unit } : {}),
  }
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
