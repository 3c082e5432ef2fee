import { Decimal } from './decimal.ts'
import { type Fraction, fraction } from './fraction.ts'
import { powerOfTen } from './power-of-ten.ts'
import { divideRounded, type RoundingMode } from './rounding-mode.ts'

export { type RoundingMode, RoundingNeeded, roundingModes } from './rounding-mode.ts'

/** To this many decimal places. 62 × 10/29 at 2 places, HALF_UP: 21.38. */
export function roundFraction(f: Fraction, places: number, mode: RoundingMode): Decimal {
  const scaled = divideRounded(f.numerator * powerOfTen(places), f.denominator, mode)
  return new Decimal(`${scaled}e-${places}`)
}

export function roundDecimal(value: Decimal, places: number, mode: RoundingMode): Decimal {
  return value.decimalPlaces() <= places ? value : roundFraction(fraction(value), places, mode)
}
