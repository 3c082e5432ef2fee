/**
 * The rows of an answer as a table with one split going down and another going across (console
 * 4.5). What the table leaves out is added up, where the figure can be added up; otherwise the table
 * says why there is none.
 */
import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import { decimal } from '@countinghouse/engine/money/decimal.ts'
import { dayText, momentText } from '../../kit/format/moment.tsx'
import { combine, type Figure, type Together, togetherOf } from './figures.ts'
import type { UsageRow } from './queries.ts'
import { fieldsOf, type Question } from './question.ts'

export type Split = { key: string; title: string; kind: 'account' | 'time' | 'text' }

/** What the rows are split by: time first, as the chart has it. */
export function splitsOf(question: Question, meters: readonly Meter[]): Split[] {
  const texts = question.dimensions.flatMap((each): Split[] => {
    const meter = meters.find((row) => row.id === each.meterId)
    const field = fieldsOf(meter).find((row) => row.code === each.fieldCode)
    if (!meter || !field) return []
    return [{ key: `${meter.code}.${field.code}`, title: field.name, kind: 'text' }]
  })
  const all: Split[] = [
    ...(question.frequency ? [{ key: 'timestamp', title: 'Time', kind: 'time' as const }] : []),
    ...(question.byAccount
      ? [{ key: 'accountId', title: 'Account', kind: 'account' as const }]
      : []),
    ...texts,
  ]
  return all.filter((each, at) => all.findIndex(({ key }) => key === each.key) === at)
}

/** Names go down and time goes across, unless the person has chosen otherwise. */
export function axesOf(
  splits: readonly Split[],
  wanted: { down: string | undefined; across: string | undefined },
): { down: Split; across: Split } | null {
  const [first, second] = splits
  if (!first || !second) return null
  const named = splits.find(({ kind }) => kind !== 'time') ?? first
  const down = splits.find(({ key }) => key === wanted.down) ?? named
  const others = splits.filter((each) => each !== down)
  const across = others.find(({ key }) => key === wanted.across) ?? others[0] ?? second
  return { down, across }
}

export type Line = {
  key: string
  /** As people read it, and as a file has it. */
  label: string
  written: string
}

export type Pivot = {
  down: Line[]
  across: Line[]
  /** Digits, by the key of the line that goes down, then across. */
  cells: ReadonlyMap<string, ReadonlyMap<string, string>>
  together: Together
  /** What all the cells of a line come to; empty texts where the figure cannot be added up. */
  ofDown: ReadonlyMap<string, string>
  ofAcross: ReadonlyMap<string, string>
  ofAll: string | undefined
}

/** Inside a sentence; the names of fields stay as they are. */
export function splitWords({ kind, title }: Split): string {
  return kind === 'text' ? title : title.toLowerCase()
}

export type PivotSort = { key: string; descending: boolean } | null

export const NAMES = 'names'
export const SUMS = 'sums'
export const columnKey = ({ key }: Line): string => `.${key}`

/** By the names, by the sums, or by one of the columns; what has no value there stands last. */
export function sortPivot(pivot: Pivot, sort: PivotSort): Pivot {
  if (!sort) return pivot
  const { down, cells, ofDown } = pivot
  if (sort.key === NAMES) return { ...pivot, down: sort.descending ? down.toReversed() : down }
  const figureIn = ({ key }: Line) =>
    sort.key === SUMS ? ofDown.get(key) : cells.get(key)?.get(sort.key.slice(1))
  const sign = sort.descending ? -1 : 1
  const sorted = down.toSorted((a, b) => {
    const [left, right] = [figureIn(a), figureIn(b)]
    if (left === undefined || right === undefined)
      return Number(left === undefined) - Number(right === undefined)
    return sign * decimal(left).comparedTo(right)
  })
  return { ...pivot, down: sorted }
}

type Asked = { splits: readonly Split[]; down: Split; across: Split; figure: Figure }

/** A sentence where the cells themselves would need an adding up that cannot be done. */
export function pivotOf(
  rows: readonly UsageRow[],
  { splits, down, across, figure }: Asked,
  frequency: Question['frequency'],
): Pivot | string {
  const together = togetherOf(figure)
  const left = splits.filter((each) => each !== down && each !== across)
  if (left.length > 0 && together.kind === 'unknown') {
    const names = left.map(splitWords).join(' and ')
    return `${together.why} Rows and columns leave the split by ${names} over: take one of the splits out of the query.`
  }
  const filled = rows.filter((row) => row[figure.key] !== null && row[figure.key] !== undefined)
  const come = (some: readonly UsageRow[]) => {
    const values = some.map((row) => String(row[figure.key]))
    return combine(together, values) ?? values[0] ?? ''
  }
  const cells = grouped(filled, down, (line) => grouped(line, across, come))
  return {
    ...sumsOf(cells, together),
    cells,
    together,
    down: linesOf(filled, down, frequency),
    across: linesOf(filled, across, frequency),
  }
}

function grouped<Value>(
  rows: readonly UsageRow[],
  split: Split,
  of: (rows: UsageRow[]) => Value,
): Map<string, Value> {
  const groups = Map.groupBy(rows, (row) => keyOf(row, split))
  return new Map([...groups].map(([key, some]) => [key, of(some)]))
}

function sumsOf(cells: Pivot['cells'], together: Together) {
  const values = [...cells].flatMap(([down, line]) =>
    [...line].map(([across, value]) => ({ down, across, value })),
  )
  const of = (some: readonly { value: string }[]) =>
    combine(
      together,
      some.map(({ value }) => value),
    )
  const by = (side: 'down' | 'across') =>
    new Map(
      [...Map.groupBy(values, (each) => each[side])].map(([key, some]) => [key, of(some) ?? '']),
    )
  return { ofDown: by('down'), ofAcross: by('across'), ofAll: of(values) }
}

function keyOf(row: UsageRow, { key }: Split): string {
  return String(row[key] ?? '')
}

/** Time runs on; names stand as people order them, those without a value last. */
function linesOf(
  rows: readonly UsageRow[],
  split: Split,
  frequency: Question['frequency'],
): Line[] {
  const found = new Map<string, Line>()
  for (const row of rows) {
    const key = keyOf(row, split)
    if (!found.has(key)) found.set(key, lineOf(row, key, split, frequency))
  }
  const lines = [...found.values()]
  if (split.kind === 'time') return lines.sort((a, b) => a.key.localeCompare(b.key))
  const unnamed = ({ key }: Line) => Number(key === '')
  return lines.sort(
    (a, b) =>
      unnamed(a) - unnamed(b) ||
      a.label.localeCompare(b.label, 'en', { numeric: true, sensitivity: 'base' }),
  )
}

function lineOf(
  row: UsageRow,
  key: string,
  { kind }: Split,
  frequency: Question['frequency'],
): Line {
  if (kind === 'time') return { key, label: timeText(key, frequency), written: key }
  const label = kind === 'account' ? String(row['accountName'] ?? '') : key
  return { key, label: label || 'No value', written: label }
}

function timeText(at: string, frequency: Question['frequency']): string {
  if (frequency === 'HOUR') return momentText(at, 'UTC')
  const day = dayText(at.slice(0, 10))
  if (frequency === 'MONTH') return day.replace(/^\d+ /, '')
  if (frequency !== 'QUARTER') return day
  return `Q${Math.ceil(Number(at.slice(5, 7)) / 3)} ${at.slice(0, 4)}`
}
