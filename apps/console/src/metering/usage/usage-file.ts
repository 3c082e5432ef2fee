/** What the table shows, as a file: its rows in its order, under the names of the API (metering 12.3). */
import type { Numeric } from '../../kit/api/exact-json.ts'
import { csvFile, csvText } from '../../kit/csv.ts'
import { saveText } from '../../kit/save-text.ts'
import type { Pivot, Split } from './pivot-of.ts'
import type { UsageRow } from './queries.ts'

export type UsageFile = { name: string; keys: string[]; rows: UsageRow[] }

export function listFile(rows: readonly UsageRow[], keys: readonly string[]): UsageFile {
  const shown = rows.map((row) => Object.fromEntries(keys.map((key) => [key, row[key] ?? null])))
  return { name: 'usage', keys: [...keys], rows: shown }
}

/** One row for each line that goes down; the last column and row, where there are any, are the sums. */
export function pivotFile(pivot: Pivot, down: Split): UsageFile {
  const { together, cells, ofDown, ofAcross, ofAll } = pivot
  const names = down.kind === 'account' ? 'accountName' : down.key
  const word = together.kind === 'known' ? together.word : null
  const lines = pivot.down.map(({ key, written }) => ({
    written,
    values: cells.get(key),
    come: ofDown.get(key),
  }))
  const last = word === null ? [] : [{ written: word, values: ofAcross, come: ofAll }]
  return {
    name: 'usage-pivot',
    keys: [names, ...pivot.across.map(({ written }) => written), ...(word ? [word] : [])],
    rows: [...lines, ...last].map(({ written, values, come }) => ({
      [names]: written,
      ...Object.fromEntries(
        pivot.across.map((line) => [line.written, exact(values?.get(line.key))]),
      ),
      ...(word && { [word]: exact(come) }),
    })),
  }
}

/** A number where it keeps every digit as one, else its digits. */
function exact(digits: string | undefined): Numeric | null {
  if (digits === undefined) return null
  return String(Number(digits)) === digits ? Number(digits) : digits
}

export function saveCsv({ name, keys, rows }: UsageFile): void {
  const text = csvText([keys, ...rows.map((row) => keys.map((key) => row[key]))])
  saveText(`${name}.csv`, csvFile([text]), 'text/csv;charset=utf-8')
}

export function saveJson({ name, rows }: UsageFile): void {
  saveText(`${name}.json`, JSON.stringify(rows, null, 2), 'application/json')
}
