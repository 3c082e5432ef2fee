import {
  add,
  compare,
  type Fraction,
  isZero,
  max,
  min,
  multiply,
  subtract,
  sum,
  zeroFraction,
} from '../money/fraction.ts'
import type { PriceBand } from './price-band.ts'
import type { BandCharge, Rating } from './rating.ts'
import { isReached } from './reached.ts'

/**
 * Every slice of the units at the band it falls into, and the fixed price of each band on entering
 * it. With units before, the slices go on from there and fixed prices paid then are not paid again.
 */
export function graduated(
  bands: readonly PriceBand[],
  unitsBefore: Fraction | null,
  units: Fraction,
): Rating {
  if (unitsBefore !== null && isZero(units))
    return { method: 'GRADUATED', total: zeroFraction, bands: [] }
  const from = unitsBefore ?? zeroFraction
  const upTo = add(from, units)
  const charges = bands.flatMap((band, position): BandCharge[] => {
    if (!isReached(bands, position, upTo)) return []
    const upperLimit = bands[position + 1]?.lowerLimit ?? null
    const top = upperLimit === null ? upTo : min(upTo, upperLimit)
    const bottom = max(from, band.lowerLimit)
    if (compare(top, bottom) < 0 || (unitsBefore !== null && compare(top, bottom) === 0)) return []
    const inBand = subtract(top, bottom)
    const isEntered = compare(from, band.lowerLimit) <= 0
    const fixedPrice = isEntered ? band.fixedPrice : zeroFraction
    const unitSubtotal = multiply(inBand, band.unitPrice)
    return [
      {
        band,
        upperLimit,
        units: inBand,
        fixedPrice,
        unitSubtotal,
        subtotal: add(fixedPrice, unitSubtotal),
      },
    ]
  })
  return {
    method: 'GRADUATED',
    total: sum(charges.map((charge) => charge.subtotal)),
    bands: charges,
  }
}
