import { type Fraction, isNegative } from '../money/fraction.ts'
import { firstBand } from './first-band.ts'
import { graduated } from './graduated.ts'
import type { PriceBand } from './price-band.ts'
import type { Rating } from './rating.ts'
import { whole } from './whole.ts'

/**
 * The charge for units on price bands, with what every reached band adds (pricing 2.4).
 * Worked example: bands 0.15 from 0 and 0.10 from 500, cumulative, 620 units:
 * 500 × 0.15 + 120 × 0.10 = 87.00.
 */
export function charge(bands: readonly PriceBand[], cumulative: boolean, units: Fraction): Rating {
  assertBands(bands)
  if (isNegative(units)) return firstBand(bands, units)
  return cumulative ? graduated(bands, null, units) : whole(bands, null, units)
}

/**
 * The same where tiers span the plan: the units go on from those of earlier periods (pricing 2.5).
 * Worked example: bands 1.00 from 0 and 0.80 from 1000, 700 units before, 900 now: 300 × 1.00 +
 * 600 × 0.80 = 780.00.
 */
export function chargeSpanning(
  bands: readonly PriceBand[],
  cumulative: boolean,
  unitsBefore: Fraction,
  units: Fraction,
): Rating {
  assertBands(bands)
  if (isNegative(unitsBefore)) {
    throw new RangeError(
      `Units of earlier periods are never below 0, got ${unitsBefore.numerator}.`,
    )
  }
  if (isNegative(units)) return firstBand(bands, units)
  return cumulative ? graduated(bands, unitsBefore, units) : whole(bands, unitsBefore, units)
}

function assertBands(bands: readonly PriceBand[]): void {
  if (bands.length === 0) throw new RangeError('A price needs at least one band.')
}
