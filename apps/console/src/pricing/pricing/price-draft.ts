/** A price while it is being typed: its kind, and bands as text. What the wire has follows from both. */
import { compare, fraction } from '@countinghouse/engine/money/fraction.ts'
import { type PriceBand, toPriceBands } from '@countinghouse/engine/rating/price-band.ts'
import { type PriceKind, priceKind } from '@countinghouse/engine/rating/price-kind.ts'
import type { Numeric } from '../../kit/api/exact-json.ts'

export type BandDraft = { id?: string; lowerLimit: string; fixedPrice: string; unitPrice: string }

export type PriceDraft = { kind: PriceKind; bands: BandDraft[] }

export const emptyPrice: PriceDraft = {
  kind: 'TIERED',
  bands: [
    { lowerLimit: '0', fixedPrice: '', unitPrice: '' },
    { lowerLimit: '', fixedPrice: '', unitPrice: '' },
  ],
}

export const kindsInOrder: { kind: PriceKind; gist: string }[] = [
  { kind: 'PER_UNIT', gist: 'One price for every unit.' },
  { kind: 'TIERED', gist: 'Each slice of units has the price of its own band.' },
  { kind: 'VOLUME', gist: 'All units have the price of the band reached.' },
  { kind: 'STAIRSTEP', gist: 'One fixed price, that of the band reached.' },
  { kind: 'CUSTOM_TIERED', gist: 'Tiered, and each band reached adds a fixed price.' },
  { kind: 'CUSTOM_VOLUME', gist: 'Volume, plus the fixed price of the band reached.' },
]

/** Which of the two price columns a kind has. */
export function pricesOf(kind: PriceKind): { unit: boolean; fixed: boolean } {
  return {
    unit: kind !== 'STAIRSTEP',
    fixed: kind === 'STAIRSTEP' || kind === 'CUSTOM_TIERED' || kind === 'CUSTOM_VOLUME',
  }
}

export function isCumulative(kind: PriceKind): boolean {
  return kind === 'TIERED' || kind === 'CUSTOM_TIERED'
}

type WireBand = { id?: string; lowerLimit: Numeric; fixedPrice: Numeric; unitPrice: Numeric }

export function fromWire(bands: readonly WireBand[], cumulative: boolean): PriceDraft {
  const drafts = bands.map((band) => ({
    ...(band.id ? { id: band.id } : {}),
    lowerLimit: String(band.lowerLimit),
    fixedPrice: String(band.fixedPrice),
    unitPrice: String(band.unitPrice),
  }))
  return { kind: priceKind(toPriceBands(drafts), cumulative), bands: drafts }
}

/** The bands as they are sent: columns that the kind does not have are 0, empty rows are left out. */
export function toWire(draft: PriceDraft): BandDraft[] {
  const columns = pricesOf(draft.kind)
  return rowsOf(draft)
    .filter((band, position) => position === 0 || band.lowerLimit.trim() !== '')
    .map((band) => ({
      ...(band.id ? { id: band.id } : {}),
      lowerLimit: band.lowerLimit.trim() || '0',
      fixedPrice: columns.fixed ? band.fixedPrice.trim() || '0' : '0',
      unitPrice: columns.unit ? band.unitPrice.trim() || '0' : '0',
    }))
}

export type BandColumn = 'lowerLimit' | 'fixedPrice' | 'unitPrice'

export type BandProblem = { row: number; column: BandColumn; message: string }

/** What is typed and wrong, by cell; cells that are still empty are not wrong yet. */
export function problemsOf(draft: PriceDraft): BandProblem[] {
  const problems: BandProblem[] = []
  let previous: string | null = null
  for (const [row, band] of rowsOf(draft).entries()) {
    const limit = band.lowerLimit.trim() || (row === 0 ? '0' : '')
    const wrong = cellsOf(draft, row).find(({ text }) => text !== '' && !isNumber(text))
    if (wrong) {
      problems.push({
        row,
        column: wrong.column,
        message: `"${wrong.text}" is not a number. Write digits with a point, as in 0.015.`,
      })
    } else if (
      previous !== null &&
      limit !== '' &&
      compare(fraction(limit), fraction(previous)) <= 0
    ) {
      problems.push({
        row,
        column: 'lowerLimit',
        message: 'Each lower limit must be above the one before it.',
      })
    }
    if (isNumber(limit)) previous = limit
  }
  return problems
}

/** What a price still lacks: prices, and limits of rows that have a price. */
export function missingOf(draft: PriceDraft): BandProblem[] {
  return rowsOf(draft).flatMap((_, row): BandProblem[] => {
    const cells = cellsOf(draft, row)
    if (row > 0 && cells.every(({ text }) => text === '')) return []
    return cells
      .filter(({ text }) => text === '')
      .map(({ column }) => ({
        row,
        column,
        message:
          column === 'lowerLimit'
            ? 'Write above how many units this band begins.'
            : 'Write a price; 0 where it is free.',
      }))
  })
}

/** The rows that count: a price per unit has one. */
export function rowsOf(draft: PriceDraft): BandDraft[] {
  return draft.kind === 'PER_UNIT' ? draft.bands.slice(0, 1) : draft.bands
}

/** The cells of a row that its kind has; the first band begins at 0 by itself. */
function cellsOf(draft: PriceDraft, row: number): { column: BandColumn; text: string }[] {
  const band = rowsOf(draft)[row]
  const columns = pricesOf(draft.kind)
  const shown: BandColumn[] = [
    ...(draft.kind === 'PER_UNIT' ? [] : (['lowerLimit'] as const)),
    ...(columns.fixed ? (['fixedPrice'] as const) : []),
    ...(columns.unit ? (['unitPrice'] as const) : []),
  ]
  return shown.map((column) => {
    const text = band?.[column].trim() ?? ''
    return { column, text: column === 'lowerLimit' && row === 0 && text === '' ? '0' : text }
  })
}

/** Bands the engine can rate with; null while something is wrong or missing. */
export function ratedBands(draft: PriceDraft): PriceBand[] | null {
  const isWhole = problemsOf(draft).length === 0 && missingOf(draft).length === 0
  return isWhole ? toPriceBands(toWire(draft)) : null
}

/** Rows from a spreadsheet: limit and one or two prices, apart by tabs, semicolons or white space. */
export function pastedRows(text: string, kind: PriceKind): BandDraft[] {
  const columns = pricesOf(kind)
  return text
    .split(/\r?\n/)
    .map((line) =>
      line
        .trim()
        .split(/\t|;|\s+/)
        .map((cell) => cell.replace(/[^\d.-]/g, '')),
    )
    .filter((cells) => cells.length >= 2 && isNumber(cells[0] ?? ''))
    .map(([lowerLimit = '', first = '', second = '']) => ({
      lowerLimit,
      fixedPrice: columns.fixed ? first : '',
      unitPrice: columns.unit ? (columns.fixed ? second : first) : '',
    }))
}

export function isNumber(text: string): boolean {
  return /^-?\d{1,30}(\.\d{1,30})?$/.test(text)
}
