/** Prices of one plan or template, metric, segment and type on the line of time; an end counts no more. */

export type Dated = { startDate: string; endDate?: string | undefined }

export type Stretch = {
  from: string
  /** Null: for ever. */
  until: string | null
}

const startOf = (row: Dated) => Date.parse(row.startDate)
const endOf = (row: Dated) => (row.endDate ? Date.parse(row.endDate) : Number.POSITIVE_INFINITY)

export function inTime<Row extends Dated>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => startOf(a) - startOf(b))
}

/** Those that count at some instant of the span, the earliest first. The server refuses them (pricing 2.1). */
export function meeting<Row extends Dated>(span: Dated, others: readonly Row[]): Row[] {
  return inTime(others).filter(
    (other) => startOf(span) < endOf(other) && startOf(other) < endOf(span),
  )
}

/** Where none of them counts, between them and after the last. Before the first nothing was meant to. */
export function gapsOf(rows: readonly Dated[]): Stretch[] {
  const [first, ...later] = inTime(rows)
  const gaps: Stretch[] = []
  let last = first
  for (const row of later) {
    if (last?.endDate && endOf(last) < startOf(row))
      gaps.push({ from: last.endDate, until: row.startDate })
    if (last && endOf(row) > endOf(last)) last = row
  }
  if (last?.endDate) gaps.push({ from: last.endDate, until: null })
  return gaps
}

/** What is left of a stretch once the prices of the template have counted in it (pricing 1.3). */
export function withoutThose(gap: Stretch, rows: readonly Dated[]): Stretch[] {
  const left: Stretch[] = []
  let from: string | null = gap.from
  const span = { startDate: gap.from, endDate: gap.until ?? undefined }
  for (const row of meeting(span, rows)) {
    if (from !== null && startOf(row) > Date.parse(from)) left.push({ from, until: row.startDate })
    from = endOf(row) < endOf(span) && row.endDate ? row.endDate : null
  }
  return from === null ? left : [...left, { from, until: gap.until }]
}

/** Stretches that still matter: not over, and not simply after a last price that has ended. */
export function isAhead(gap: Stretch, now: number): boolean {
  return gap.until === null ? Date.parse(gap.from) > now : Date.parse(gap.until) > now
}
