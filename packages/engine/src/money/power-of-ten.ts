const powers: bigint[] = [1n]

/** 10 to the given power, remembered: amounts are scaled by powers of ten all the time. */
export function powerOfTen(exponent: number): bigint {
  const known = powers[exponent]
  if (known !== undefined) return known
  if (!Number.isInteger(exponent) || exponent < 0) {
    throw new RangeError(`10 to the power of ${exponent} is not a whole number.`)
  }
  const power = 10n ** BigInt(exponent)
  if (exponent <= 400) powers[exponent] = power
  return power
}
