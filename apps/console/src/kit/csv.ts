/** Rows as CSV after RFC 4180: lines end with CRLF, what would part cells is quoted. */
import { plainDigits } from './format/digits.ts'

export type CsvValue = string | number | boolean | null | undefined

/** Without a mark at its beginning spreadsheets take a file with other letters than a to z for another encoding. */
const BYTE_ORDER_MARK = '\uFEFF'

export function csvText(rows: readonly (readonly CsvValue[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** The parts of a file as they are saved. */
export function csvFile(parts: readonly string[]): string[] {
  const isPlain = parts.every((part) => /^[\0-\x7F]*$/.test(part))
  return isPlain ? [...parts] : [BYTE_ORDER_MARK, ...parts]
}

function cell(value: CsvValue): string {
  if (value === null || value === undefined) return ''
  // Numbers of ours are no formulas, whatever sign they begin with.
  if (typeof value === 'number') return plainDigits(value)
  const text = disarmed(String(value))
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A text that a spreadsheet would run as a formula gets a quote before it; a negative amount stays one. */
function disarmed(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^-\d+(\.\d+)?$/.test(text) ? `'${text}` : text
}
