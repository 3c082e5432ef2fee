/** What each operator does with values (metering 9.3), nulls and wrong kinds included. */
import type { Decimal } from '../money/decimal.ts'
import { decimal } from '../money/decimal.ts'
import {
  add,
  divide,
  multiply,
  NumberRangeError,
  power,
  remainder,
  subtract,
} from './arithmetic.ts'
import { CalculationError } from './problem.ts'
import type { BinaryOperator, CastType, Span } from './syntax.ts'
import {
  areEqual,
  compareText,
  isNumber,
  isTimestamp,
  kindOf,
  type Timestamp,
  textOf,
  type Value,
} from './values.ts'

/** All but AND and OR, which do not always look at their right side. */
export type StrictOperator = Exclude<BinaryOperator, 'AND' | 'OR'>

export function applyBinary(operator: StrictOperator, a: Value, b: Value, at: Span): Value {
  switch (operator) {
    case '==':
      return areEqual(a, b)
    case '!=':
      return !areEqual(a, b)
    case '<':
    case '>':
    case '<=':
    case '>=':
      return isOrdered(operator, a, b, at)
    default:
      return calculate(operator, a, b, at)
  }
}

/** True, false, or null as false; anything else is no condition. */
export function asCondition(value: Value, at: Span): boolean {
  if (value === null) return false
  if (typeof value === 'boolean') return value
  throw new CalculationError(`A condition must be true or false, not ${describe(value)}.`, at)
}

export function applySign(operator: '+' | '-', value: Value, at: Span): Value {
  if (value === null) return null
  if (!isNumber(value)) {
    throw new CalculationError(`"${operator}" needs a number, not ${describe(value)}.`, at)
  }
  return operator === '-' ? value.negated() : value
}

export function applyCast(type: CastType, value: Value, at: Span): Value {
  if (value === null) return null
  switch (type) {
    case 'string':
      return textOf(value)
    case 'number':
      return toNumber(value, at)
    case 'integer':
      return toNumber(value, at).truncated()
    case 'boolean':
      return toBoolean(value, at)
  }
}

/** A value in a message: kind and, where short, the value itself. */
export function describe(value: Value): string {
  switch (kindOf(value)) {
    case 'null':
      return 'null'
    case 'string':
      return `the text "${shorten(String(value))}"`
    case 'boolean':
      return value ? 'true' : 'false'
    case 'timestamp':
      return 'a timestamp'
    case 'number':
      return `the number ${shorten(value === null ? '' : textOf(value))}`
  }
}

type Arithmetic = Exclude<StrictOperator, '==' | '!=' | '<' | '>' | '<=' | '>='>

const ARITHMETIC: Readonly<Record<Arithmetic, (a: Decimal, b: Decimal) => Decimal>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': remainder,
  '^': power,
}

function calculate(operator: Arithmetic, a: Value, b: Value, at: Span): Value {
  if (a === null || b === null) return null
  if (isNumber(a) && isNumber(b)) {
    try {
      return ARITHMETIC[operator](a, b)
    } catch (error) {
      if (error instanceof NumberRangeError) throw new CalculationError(error.message, at)
      throw error
    }
  }
  if (operator === '+' && (typeof a === 'string' || typeof b === 'string')) {
    return textOf(a) + textOf(b)
  }
  const moved = moveTimestamp(operator, a, b, at)
  if (moved !== undefined) return moved
  throw new CalculationError(`"${operator}" cannot join ${describe(a)} and ${describe(b)}.`, at)
}

/** timestamp - timestamp = milliseconds; timestamp ± milliseconds = timestamp. */
function moveTimestamp(operator: Arithmetic, a: Value, b: Value, at: Span): Value | undefined {
  if (operator === '-' && isTimestamp(a) && isTimestamp(b)) return decimal(a.epochMs - b.epochMs)
  if (operator === '-' && isTimestamp(a) && isNumber(b)) return later(a, b.negated(), at)
  if (operator === '+' && isTimestamp(a) && isNumber(b)) return later(a, b, at)
  if (operator === '+' && isNumber(a) && isTimestamp(b)) return later(b, a, at)
  return undefined
}

function later(from: Timestamp, milliseconds: Decimal, at: Span): Timestamp {
  return timestampAt(milliseconds.plus(from.epochMs), at)
}

const LAST_YEAR_END = Date.UTC(10_000, 0)
const FIRST_YEAR_START = new Date(0).setUTCFullYear(0, 0, 1)

/** Parts of a millisecond are dropped; years run from 0 to 9999. */
export function timestampAt(epochMs: Decimal, at: Span | null): Timestamp {
  const whole = epochMs.floor()
  if (whole.gte(LAST_YEAR_END) || whole.lt(FIRST_YEAR_START)) {
    throw new CalculationError('The timestamp lies outside the years 0 to 9999.', at)
  }
  return { epochMs: whole.toNumber() }
}

function isOrdered(operator: '<' | '>' | '<=' | '>=', a: Value, b: Value, at: Span): boolean {
  if (a === null || b === null) return false
  const order = orderOf(a, b, operator, at)
  switch (operator) {
    case '<':
      return order < 0
    case '>':
      return order > 0
    case '<=':
      return order <= 0
    case '>=':
      return order >= 0
  }
}

function orderOf(a: Value, b: Value, operator: string, at: Span): number {
  if (isNumber(a) && isNumber(b)) return a.comparedTo(b)
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  if (isTimestamp(a) && isTimestamp(b)) return a.epochMs - b.epochMs
  throw new CalculationError(`"${operator}" cannot compare ${describe(a)} with ${describe(b)}.`, at)
}

const WRITTEN_NUMBER = /^[+-]?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?$/

function toNumber(value: Exclude<Value, null>, at: Span): Decimal {
  if (isNumber(value)) return value
  if (typeof value === 'boolean') return decimal(value ? 1 : 0)
  if (isTimestamp(value)) return decimal(value.epochMs)
  const text = value.trim()
  if (!WRITTEN_NUMBER.test(text)) {
    throw new CalculationError(`The text "${shorten(value)}" is not a number.`, at)
  }
  try {
    return decimal(text)
  } catch {
    throw new CalculationError(`The number "${shorten(value)}" is too long.`, at)
  }
}

function toBoolean(value: Exclude<Value, null>, at: Span): boolean {
  if (typeof value === 'boolean') return value
  if (isNumber(value)) return !value.isZero()
  if (value === 'true' || value === 'false') return value === 'true'
  throw new CalculationError(`${describe(value)} is neither true nor false.`, at)
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
