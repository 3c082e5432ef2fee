import { digits } from '../money/decimal.ts'
import { type Fraction, reduce, toDecimal } from '../money/fraction.ts'
import { powerOfTen } from '../money/power-of-ten.ts'

/** The decimal digits of a fraction: all of them where they end, else the first 34. */
export function exactText(value: Fraction): string {
  if (value.denominator === 1n) return value.numerator.toString()
  let exponent = 1
  while (powerOfTen(exponent) < value.denominator) exponent += 1
  if (powerOfTen(exponent) === value.denominator) return shift(value.numerator, exponent)
  const lowest = reduce(value)
  const places = placesToEnd(lowest.denominator)
  if (places === null || places > 60) return digits(toDecimal(value, 34, 'HALF_EVEN'))
  return shift((lowest.numerator * 10n ** BigInt(places)) / lowest.denominator, places)
}

/** For values of a plan, which are the same objects on all bills. */
const lasting = new WeakMap<Fraction, string>()

export function lastingText(value: Fraction): string {
  const known = lasting.get(value)
  if (known !== undefined) return known
  const text = exactText(value)
  lasting.set(value, text)
  return text
}

/** How many decimal places the quotient has; null when it never ends. */
function placesToEnd(denominator: bigint): number | null {
  let rest = denominator
  let [twos, fives] = [0, 0]
  for (; rest % 2n === 0n; twos += 1) rest /= 2n
  for (; rest % 5n === 0n; fives += 1) rest /= 5n
  return rest === 1n ? Math.max(twos, fives) : null
}

/** 12345 and 3 places: 12.345. */
function shift(whole: bigint, places: number): string {
  const sign = whole < 0n ? '-' : ''
  const plain = (whole < 0n ? -whole : whole).toString().padStart(places + 1, '0')
  const decimals = plain.slice(plain.length - places).replace(/0+$/, '')
  const integer = plain.slice(0, plain.length - places)
  return decimals === ''
    ? `${integer === '0' ? '' : sign}${integer}`
    : `${sign}${integer}.${decimals}`
}
