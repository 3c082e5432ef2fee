/** The functions on text, and those that take any value (metering 9.4). Characters are code points. */
import type { Decimal } from '../money/decimal.ts'
import { decimal } from '../money/decimal.ts'
import type { FunctionRule, Parameter } from './function-rule.ts'
import { asNumber } from './math-functions.ts'
import { CalculationError } from './problem.ts'
import type { Span } from './syntax.ts'
import { ANY, BOOLEAN, NUMBER, STRING } from './types.ts'
import { areEqual, type Value } from './values.ts'

const text: Parameter = { name: 'text', kinds: STRING }

export const textFunctions: readonly FunctionRule[] = [
  {
    name: 'String.length',
    parameters: [text],
    result: NUMBER,
    help: 'How many characters the text has.',
    isNullWithNull: true,
    apply: ([value]) => decimal([...asText(value)].length),
  },
  {
    name: 'String.upper',
    parameters: [text],
    result: STRING,
    help: 'The text in capital letters.',
    isNullWithNull: true,
    apply: ([value]) => asText(value).toUpperCase(),
  },
  {
    name: 'String.lower',
    parameters: [text],
    result: STRING,
    help: 'The text in small letters.',
    isNullWithNull: true,
    apply: ([value]) => asText(value).toLowerCase(),
  },
  {
    name: 'String.substring',
    parameters: [
      text,
      { name: 'from', kinds: NUMBER },
      { name: 'to', kinds: NUMBER, isOptional: true },
    ],
    result: STRING,
    help: 'The characters from one place up to, not including, another; the first is at 0.',
    isNullWithNull: true,
    apply: ([value, from, to], at) => {
      const characters = [...asText(value)]
      const end = to === undefined ? characters.length : placeOf(asNumber(to), at)
      return characters.slice(placeOf(asNumber(from), at), end).join('')
    },
  },
  {
    name: 'String.contains',
    parameters: [text, { name: 'part', kinds: STRING }],
    result: BOOLEAN,
    help: 'Whether the part stands somewhere in the text; capital and small letters differ.',
    isNullWithNull: true,
    apply: ([value, part]) => asText(value).includes(asText(part)),
  },
]

export const valueFunctions: readonly FunctionRule[] = [
  {
    name: 'isnull',
    parameters: [
      { name: 'value', kinds: ANY },
      { name: 'instead', kinds: ANY },
    ],
    result: ANY,
    help: 'The value, or the other one where it is null.',
    isNullWithNull: false,
    apply: ([value = null, instead = null]) => (value === null ? instead : value),
  },
  {
    name: 'IN',
    parameters: [
      { name: 'value', kinds: ANY },
      { name: 'candidate', kinds: ANY, isRepeated: true },
    ],
    result: BOOLEAN,
    help: 'Whether the first value equals one of the others.',
    isNullWithNull: false,
    apply: ([value = null, ...candidates]) =>
      candidates.some((candidate) => areEqual(value, candidate)),
  },
]

export function asText(value: Value | undefined): string {
  if (typeof value === 'string') return value
  throw new TypeError('Argument kinds are checked before a function is called.')
}

/** Places beyond the end of the text mean its end. */
function placeOf(value: Decimal, at: Span): number {
  if (value.isInteger() && value.gte(0)) return Math.min(value.toNumber(), 1_000_000)
  throw new CalculationError('A place in a text must be a whole number from 0 on.', at)
}
