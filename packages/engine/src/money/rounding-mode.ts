/** The rounding modes of the API, with the meanings they have in Java (billing 8). */
export type RoundingMode =
  | 'UP'
  | 'DOWN'
  | 'CEILING'
  | 'FLOOR'
  | 'HALF_UP'
  | 'HALF_DOWN'
  | 'HALF_EVEN'
  | 'UNNECESSARY'

export const roundingModes: readonly RoundingMode[] = [
  'UP',
  'DOWN',
  'CEILING',
  'FLOOR',
  'HALF_UP',
  'HALF_DOWN',
  'HALF_EVEN',
  'UNNECESSARY',
]

/** A value met rounding mode UNNECESSARY and has more digits than its currency allows. */
export class RoundingNeeded extends Error {
  override readonly name = 'RoundingNeeded'
  constructor() {
    super(
      'The value has more decimal places than allowed, and rounding mode UNNECESSARY forbids rounding it.',
    )
  }
}

/** numerator ÷ denominator as a whole number; the denominator is positive. */
export function divideRounded(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const quotient = numerator / denominator
  const rest = numerator % denominator
  if (rest === 0n) return quotient
  const isNegative = rest < 0n
  const twice = isNegative ? -2n * rest : 2n * rest
  const half = twice < denominator ? 'below' : twice > denominator ? 'above' : 'tie'
  if (!isAwayFromZero[mode]({ isNegative, half, isOdd: (quotient & 1n) === 1n })) return quotient
  return isNegative ? quotient - 1n : quotient + 1n
}

/** What was cut off: its sign, how it compares with one half, and whether the digit kept is odd. */
type CutOff = { isNegative: boolean; half: 'below' | 'tie' | 'above'; isOdd: boolean }

const isAwayFromZero: Record<RoundingMode, (cutOff: CutOff) => boolean> = {
  UP: () => true,
  DOWN: () => false,
  CEILING: ({ isNegative }) => !isNegative,
  FLOOR: ({ isNegative }) => isNegative,
  HALF_UP: ({ half }) => half !== 'below',
  HALF_DOWN: ({ half }) => half === 'above',
  HALF_EVEN: ({ half, isOdd }) => half === 'above' || (half === 'tie' && isOdd),
  UNNECESSARY: () => {
    throw new RoundingNeeded()
  },
}
