import { compare, type Fraction, isZero } from '../money/fraction.ts'
import type { PriceBand } from './price-band.ts'

/**
 * A value equal to a limit stays in the band below; only the first band, when it begins at 0, is
 * reached by 0 units already (pricing 2.4).
 */
export function isReached(bands: readonly PriceBand[], position: number, units: Fraction): boolean {
  const band = bands[position]
  if (band === undefined)
    throw new RangeError(`There is no band ${position} among ${bands.length}.`)
  if (compare(units, band.lowerLimit) > 0) return true
  return position === 0 && isZero(band.lowerLimit) && isZero(units)
}
