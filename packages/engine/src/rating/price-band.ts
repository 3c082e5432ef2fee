import type { Fraction } from '../money/fraction.ts'
import { compare, fraction } from '../money/fraction.ts'

/** One band of a price: reached when the units pass `lowerLimit` (pricing 2.4). */
export type PriceBand = {
  id: string | null
  lowerLimit: Fraction
  fixedPrice: Fraction
  unitPrice: Fraction
}

/** A band as it stands in a pricing: exact decimals as text. */
export type PriceBandText = {
  id?: string | null | undefined
  lowerLimit: string
  fixedPrice: string
  unitPrice: string
}

/** Bands ready to rate with: exact, in the order of their limits. */
export function toPriceBands(bands: readonly PriceBandText[]): PriceBand[] {
  return bands
    .map((band) => ({
      id: band.id ?? null,
      lowerLimit: fraction(band.lowerLimit),
      fixedPrice: fraction(band.fixedPrice),
      unitPrice: fraction(band.unitPrice),
    }))
    .sort((a, b) => compare(a.lowerLimit, b.lowerLimit))
}
