/** The functions on numbers (metering 9.4). */
import { Decimal } from '../money/decimal.ts'
import { inRange, NumberRangeError, power } from './arithmetic.ts'
import type { FunctionRule, Parameter } from './function-rule.ts'
import { CalculationError } from './problem.ts'
import type { Span } from './syntax.ts'
import { NULL, NUMBER } from './types.ts'
import { isNumber, type Value } from './values.ts'

const number: Parameter = { name: 'number', kinds: NUMBER }
const places: Parameter = { name: 'places', kinds: NUMBER, isOptional: true }
const first: Parameter = { name: 'first', kinds: NUMBER }
const others: Parameter = { name: 'second', kinds: NUMBER, isRepeated: true }

export const mathFunctions: readonly FunctionRule[] = [
  {
    name: 'Math.max',
    parameters: [first, others],
    result: NUMBER | NULL,
    help: 'The largest of two or more numbers; null is left out unless all are null.',
    isNullWithNull: false,
    apply: (values) => extreme(values, (value, best) => value.gt(best)),
  },
  {
    name: 'Math.min',
    parameters: [first, others],
    result: NUMBER | NULL,
    help: 'The smallest of two or more numbers; null is left out unless all are null.',
    isNullWithNull: false,
    apply: (values) => extreme(values, (value, best) => value.lt(best)),
  },
  rounding(
    'Math.floor',
    'Down to whole numbers, or to this many places: Math.floor(-2.1) = -3.',
    Decimal.ROUND_FLOOR,
  ),
  rounding(
    'Math.ceil',
    'Up to whole numbers, or to this many places: Math.ceil(2.1) = 3.',
    Decimal.ROUND_CEIL,
  ),
  rounding(
    'Math.round',
    'To the nearest whole number, or to this many places; halves away from zero. Places below 0 round to tens, hundreds and so on.',
    Decimal.ROUND_HALF_UP,
  ),
  {
    name: 'Math.pow',
    parameters: [
      { name: 'base', kinds: NUMBER },
      { name: 'exponent', kinds: NUMBER },
    ],
    result: NUMBER,
    help: 'The base to the power of the exponent, like base ^ exponent.',
    isNullWithNull: true,
    apply: ([base, exponent], at) => powerOf(asNumber(base), asNumber(exponent), at),
  },
  {
    name: 'Math.abs',
    parameters: [number],
    result: NUMBER,
    help: 'The number without its sign.',
    isNullWithNull: true,
    apply: ([value]) => asNumber(value).abs(),
  },
]

type RoundingConstant = Parameters<Decimal['toDecimalPlaces']>[1]

export function asNumber(value: Value | undefined): Decimal {
  if (value !== undefined && isNumber(value)) return value
  throw new TypeError('Argument kinds are checked before a function is called.')
}

function rounding(name: string, help: string, mode: RoundingConstant): FunctionRule {
  return {
    name,
    parameters: [number, places],
    result: NUMBER,
    help,
    isNullWithNull: true,
    apply: ([value, scale], at) => {
      const kept = scale === undefined ? 0 : scaleOf(asNumber(scale), at)
      return roundToScale(asNumber(value), kept, mode)
    },
  }
}

const LARGEST_SCALE = 60

function scaleOf(value: Decimal, at: Span): number {
  if (value.isInteger() && value.abs().lte(LARGEST_SCALE)) return value.toNumber()
  throw new CalculationError(
    `The number of places must be a whole number from -${LARGEST_SCALE} to ${LARGEST_SCALE}.`,
    at,
  )
}

/** Scale 2 keeps hundredths, scale -2 gives hundreds: 1249 at -2 is 1200. */
function roundToScale(value: Decimal, scale: number, mode: RoundingConstant): Decimal {
  if (scale >= 0) return value.toDecimalPlaces(scale, mode)
  const unit = new Decimal(10).pow(-scale)
  return value.dividedBy(unit).toDecimalPlaces(0, mode).times(unit)
}

function extreme(
  values: readonly Value[],
  isBetter: (value: Decimal, best: Decimal) => boolean,
): Decimal | null {
  let best: Decimal | null = null
  for (const value of values) {
    if (value === null) continue
    const candidate = asNumber(value)
    if (best === null || isBetter(candidate, best)) best = candidate
  }
  return best
}

function powerOf(base: Decimal, exponent: Decimal, at: Span): Decimal {
  try {
    return inRange(power(base, exponent))
  } catch (error) {
    if (error instanceof NumberRangeError) throw new CalculationError(error.message, at)
    throw error
  }
}
