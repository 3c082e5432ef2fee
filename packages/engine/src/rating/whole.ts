import { add, type Fraction, isZero, multiply, zeroFraction } from '../money/fraction.ts'
import type { PriceBand } from './price-band.ts'
import type { Rating } from './rating.ts'
import { isReached } from './reached.ts'

/**
 * All units at the highest band reached, with that band's fixed price: volume and stairstep prices.
 * With units before, these choose the band too, but are not charged again (pricing 2.5).
 */
export function whole(
  bands: readonly PriceBand[],
  unitsBefore: Fraction | null,
  units: Fraction,
): Rating {
  const isEmpty = unitsBefore !== null && isZero(units)
  const upTo = unitsBefore === null ? units : add(unitsBefore, units)
  const position = bands.findLastIndex((_, at) => isReached(bands, at, upTo))
  const band = bands[position]
  if (isEmpty || band === undefined) return { method: 'WHOLE', total: zeroFraction, bands: [] }
  const unitSubtotal = multiply(units, band.unitPrice)
  const subtotal = add(band.fixedPrice, unitSubtotal)
  const upperLimit = bands[position + 1]?.lowerLimit ?? null
  return {
    method: 'WHOLE',
    total: subtotal,
    bands: [{ band, upperLimit, units, fixedPrice: band.fixedPrice, unitSubtotal, subtotal }],
  }
}
