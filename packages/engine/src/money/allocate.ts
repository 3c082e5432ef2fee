import { type CurrencyRule, roundTo } from './currency.ts'
import { type Amount, zero } from './decimal.ts'
import { divide, type Fraction, fraction, isNegative, isZero, multiply, sum } from './fraction.ts'

/**
 * Splits an amount by weights so that the parts add up to it exactly: each part is rounded by itself,
 * the last one with weight takes the rest (billing 6.7). Rounding up many small parts would hand out
 * more than there is, so no part takes more than is left.
 * 10.00 by 1, 1, 1 at 2 places: 3.33, 3.33, 3.34.
 */
export function allocate(total: Amount, weights: Fraction[], currency: CurrencyRule): Amount[] {
  if (weights.some(isNegative)) throw new RangeError('A weight must not be negative.')
  const last = weights.findLastIndex((weight) => !isZero(weight))
  if (last < 0) throw new RangeError('An amount cannot be split: all weights are 0.')
  const perWeight = divide(fraction(total), sum(weights))
  let left = total
  return weights.map((weight, index) => {
    const share = index === last ? left : roundTo(currency, multiply(perWeight, weight))
    const part = isWithin(share, left) ? share : left
    left = left.minus(part)
    return part.isZero() ? zero : part
  })
}

function isWithin(share: Amount, left: Amount): boolean {
  return share.abs().lessThanOrEqualTo(left.abs())
}
