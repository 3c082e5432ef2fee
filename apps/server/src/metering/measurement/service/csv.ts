/** Comma-separated text (RFC 4180): quoted cells may hold commas, quotes and line ends. */

export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = text.startsWith('\ufeff') ? 1 : 0
  while (at < text.length) {
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at)
    row.push(cell.value)
    at = cell.end
    if (text[at] === ',') {
      at += 1
      if (at === text.length) row.push('')
      continue
    }
    rows.push(row)
    row = []
    at += text.startsWith('\r\n', at) ? 2 : 1
  }
  if (row.length > 0) rows.push(row)
  // Empty lines hold nothing.
  return rows.filter((cells) => cells.length > 1 || cells[0] !== '')
}

export function toCsv(rows: string[][]): string {
  return rows.map((cells) => `${cells.map(toCell).join(',')}\n`).join('')
}

type Cell = { value: string; end: number }

function plainCell(text: string, start: number): Cell {
  const length = text.slice(start).search(/[,\r\n]/)
  const end = length < 0 ? text.length : start + length
  return { value: text.slice(start, end).trim(), end }
}

function quotedCell(text: string, start: number): Cell {
  let value = ''
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return { value: value + text.slice(at), end: text.length }
    value += text.slice(at, quote)
    at = quote + 1
    if (text[at] !== '"') return { value, end: at }
    value += '"'
    at += 1
  }
}

function toCell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
