/** Exact fractions for the oracle, written apart from the engine so that both cannot err together. */
export type Q = readonly [numerator: bigint, denominator: bigint]

export function q(value: number | bigint | string, over: bigint = 1n): Q {
  if (typeof value === 'bigint') return reduced(value, over)
  const [whole = '0', decimals = ''] = String(value).split('.')
  return reduced(BigInt(whole + decimals), 10n ** BigInt(decimals.length) * over)
}

export const zero: Q = [0n, 1n]

export const plus = (a: Q, b: Q): Q => reduced(a[0] * b[1] + b[0] * a[1], a[1] * b[1])
export const minus = (a: Q, b: Q): Q => plus(a, [-b[0], b[1]])
export const times = (a: Q, b: Q): Q => reduced(a[0] * b[0], a[1] * b[1])
export const over = (a: Q, b: Q): Q => reduced(a[0] * b[1], a[1] * b[0])
export const less = (a: Q, b: Q): boolean => a[0] * b[1] < b[0] * a[1]
export const smaller = (a: Q, b: Q): Q => (less(a, b) ? a : b)
export const larger = (a: Q, b: Q): Q => (less(a, b) ? b : a)
export const total = (all: readonly Q[]): Q => all.reduce(plus, zero)

function reduced(numerator: bigint, denominator: bigint): Q {
  const sign = denominator < 0n ? -1n : 1n
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator * sign]
  while (b > 0n) [a, b] = [b, a % b]
  const divisor = a === 0n ? 1n : a
  return [(sign * numerator) / divisor, (sign * denominator) / divisor]
}

/** To `places` decimals, by the definitions of the modes: the two neighbours, and which one is meant. */
export function round(value: Q, places: number, mode: string): Q {
  const scale = 10n ** BigInt(places)
  const [n, d] = times(value, [scale, 1n])
  const floor = n >= 0n ? n / d : -((-n + d - 1n) / d)
  if (floor * d === n) return [floor, scale]
  const ceiling = floor + 1n
  const isNegative = n < 0n
  const [near, far] = isNegative ? [ceiling, floor] : [floor, ceiling]
  const twice = 2n * (n - floor * d)
  const nearest = (tie: bigint) => (twice < d ? floor : twice > d ? ceiling : tie)
  const chosen: Record<string, bigint> = {
    UP: far,
    DOWN: near,
    CEILING: ceiling,
    FLOOR: floor,
    HALF_UP: nearest(far),
    HALF_DOWN: nearest(near),
    HALF_EVEN: nearest(floor % 2n === 0n ? floor : ceiling),
  }
  const result = chosen[mode]
  if (result === undefined) throw new Error(`No rounding mode ${mode}`)
  return reduced(result, scale)
}

/** At most 34 significant digits, half even: what a division of quantities keeps (metering 7.2). */
export function kept(value: Q): Q {
  const [n, d] = value
  if (n === 0n) return value
  const size = (n < 0n ? -n : n).toString().length - d.toString().length
  for (let places = 34 - size + 1; ; places -= 1) {
    const scaled = places >= 0 ? round(value, places, 'HALF_EVEN') : coarse(value, -places)
    const shown = (scaled[0] < 0n ? -scaled[0] : scaled[0]) * 10n ** BigInt(Math.max(0, places))
    const digits = (shown / scaled[1]).toString().replace(/^0+/, '')
    if (digits.length - Math.max(0, -places) <= 34) return scaled
  }
}

function coarse(value: Q, zeros: number): Q {
  const unit = 10n ** BigInt(zeros)
  return times(round(over(value, [unit, 1n]), 0, 'HALF_EVEN'), [unit, 1n])
}

/** As the API writes numbers: plain digits; only for values with an end. */
export function text(value: Q): string {
  for (let places = 0; places <= 60; places += 1) {
    const scaled = times(value, [10n ** BigInt(places), 1n])
    if (scaled[1] !== 1n) continue
    const digits = (scaled[0] < 0n ? -scaled[0] : scaled[0]).toString().padStart(places + 1, '0')
    const sign = scaled[0] < 0n ? '-' : ''
    const whole = digits.slice(0, digits.length - places)
    return sign + (places === 0 ? whole : `${whole}.${digits.slice(digits.length - places)}`)
  }
  throw new Error('The number has no end')
}
