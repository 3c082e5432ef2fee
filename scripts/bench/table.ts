/** What the bench measured, as one table for people and as JSON for programs. */

export type Figure = {
  /** What was measured beside ours. */
  name: string
  value: number
}

export type Row = {
  /** As in the list of the bench: `1a`. */
  number: string
  title: string
  unit: 'events/s' | 'ms' | 's' | 'accounts/s' | 'MB' | 'kB' | 'x'
  ours: number
  baselines: Figure[]
  /** Whether more is better (rates) or less (times, sizes). */
  better: 'more' | 'less'
  /** What we aim at, in words. */
  aim?: string
  note?: string
}

export type Failure = { number: string; problem: string }

/** How near ours comes to the baseline: 100 % is as good, more is better. */
export function ratio(row: Row, baseline: Figure): number {
  const [good, other] =
    row.better === 'more' ? [row.ours, baseline.value] : [baseline.value, row.ours]
  return other === 0 ? Number.NaN : good / other
}

export function tableOf(rows: Row[], failures: Failure[]): string {
  const lines = rows.flatMap((row) => linesOf(row))
  const cells = [['', 'Measured', 'Ours', 'Baseline', 'Ratio', 'Aim'], ...lines]
  const widths =
    cells[0]?.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0))) ?? []
  const text = cells.map((line) =>
    line
      .map((cell, column) => pad(cell, widths[column] ?? 0, column))
      .join('  ')
      .trimEnd(),
  )
  const rule = '-'.repeat(Math.max(...text.map(({ length }) => length)))
  const notes = rows.filter(({ note }) => note).map(({ number, note }) => `${number}: ${note}`)
  const missing = failures.map(({ number, problem }) => `${number}: not measured: ${problem}`)
  return [text[0], rule, ...text.slice(1), rule, ...notes, ...missing].join('\n')
}

function linesOf(row: Row): string[][] {
  const first = [row.number, row.title, figure(row.ours, row.unit)]
  if (row.baselines.length === 0) return [[...first, '', '', row.aim ?? '']]
  return row.baselines.map((baseline, index) => [
    ...(index === 0 ? first : ['', '', '']),
    `${figure(baseline.value, row.unit)}  ${baseline.name}`,
    `${Math.round(ratio(row, baseline) * 100)} %`,
    index === 0 ? (row.aim ?? '') : '',
  ])
}

function pad(cell: string, width: number, column: number): string {
  return column === 2 || column === 4 ? cell.padStart(width) : cell.padEnd(width)
}

function figure(value: number, unit: Row['unit']): string {
  const digits = unit.endsWith('/s') || value >= 1000 ? 0 : value >= 10 ? 1 : 2
  return `${value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`
}
