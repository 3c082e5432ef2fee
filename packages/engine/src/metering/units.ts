import { quotient } from '../calculation/arithmetic.ts'
import { Decimal, zero } from '../money/decimal.ts'

export type UnitRounding = 'UP' | 'DOWN' | 'NEAREST' | 'NONE'

/**
 * Divides first, then rounds: 48,900 at 500 per unit is 97.8, and UP makes it 98 units. The quotient
 * keeps 34 significant digits, half even (metering 7.3).
 */
export function toUnits(
  quantity: Decimal,
  quantityPerUnit: Decimal,
  rounding: UnitRounding,
): Decimal {
  const units = roundUnits(quotient(quantity, quantityPerUnit), rounding)
  // −0.4 rounds to −0, which the library calls negative: no units are no credit.
  return units.isZero() ? zero : units
}

function roundUnits(units: Decimal, rounding: UnitRounding): Decimal {
  switch (rounding) {
    case 'UP':
      return units.toDecimalPlaces(0, Decimal.ROUND_UP)
    case 'DOWN':
      return units.toDecimalPlaces(0, Decimal.ROUND_DOWN)
    case 'NEAREST':
      return units.toDecimalPlaces(0, Decimal.ROUND_HALF_UP)
    case 'NONE':
      return units
  }
}
