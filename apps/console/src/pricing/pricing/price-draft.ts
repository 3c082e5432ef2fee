/** A price while it is being typed: its kind, and bands as text. What the wire has follows from both. */
import { fraction } from '@countinghouse/engine/money/fraction.ts'
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
  const rows = draft.kind === 'PER_UNIT' ? draft.bands.slice(0, 1) : draft.bands
  return rows
    .filter((band, position) => position === 0 || band.lowerLimit.trim() !== '')
    .map((band) => ({
      ...(band.id ? { id: band.id } : {}),
      lowerLimit: band.lowerLimit.trim() || '0',
      fixedPrice: columns.fixed ? band.fixedPrice.trim() || '0' : '0',
      unitPrice: columns.unit ? band.unitPrice.trim() || '0' : '0',
    }))
}

/** What is wrong, by row; an empty list when the price can be calculated. */
export function problemsOf(draft: PriceDraft): { row: number; message: string }[] {
  const columns = pricesOf(draft.kind)
  const problems: { row: number; message: string }[] = []
  let previous: string | null = null
  for (const [row, band] of toWire(draft).entries()) {
    const numbers = [
      band.lowerLimit,
      columns.fixed && band.fixedPrice,
      columns.unit && band.unitPrice,
    ]
    const wrong = numbers.find((text) => text !== false && !isNumber(text))
    if (wrong) {
      problems.push({
        row,
        message: `"${wrong}" is not a number. Write digits with a point, as in 0.015.`,
      })
    } else if (
      previous !== null &&
      fraction(band.lowerLimit).numerator * fraction(previous).denominator <=
        fraction(previous).numerator * fraction(band.lowerLimit).denominator
    ) {
      problems.push({ row, message: 'Each lower limit must be above the one before it.' })
    }
    if (isNumber(band.lowerLimit)) previous = band.lowerLimit
  }
  return problems
}

/** Bands the engine can rate with; null while something is wrong. */
export function ratedBands(draft: PriceDraft): PriceBand[] | null {
  return problemsOf(draft).length === 0 ? toPriceBands(toWire(draft)) : null
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
