import { type Fraction, multiply, zeroFraction } from '../money/fraction.ts'
import type { PriceBand } from './price-band.ts'
import type { Rating } from './rating.ts'

/** Negative units give back the unit price of the first band and no fixed price (pricing 2.3). */
export function firstBand(bands: readonly PriceBand[], units: Fraction): Rating {
  const [band, next] = bands
  if (band === undefined) throw new RangeError('A price needs at least one band.')
  const subtotal = multiply(units, band.unitPrice)
  return {
    method: 'FIRST_BAND',
    total: subtotal,
    bands: [
      {
        band,
        upperLimit: next?.lowerLimit ?? null,
        units,
        fixedPrice: zeroFraction,
        unitSubtotal: subtotal,
        subtotal,
      },
    ],
  }
}
