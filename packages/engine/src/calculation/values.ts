/** What a calculation works with: numbers, text, truth values, timestamps and nothing (metering 9.3). */
import { type Decimal, digits } from '../money/decimal.ts'
import { formatTimestamp, TIMESTAMP_FORMAT } from './date-format.ts'

/** An instant in milliseconds since 1970, in an object so that it cannot be taken for a number. */
export type Timestamp = { readonly epochMs: number }

export type Value = Decimal | string | boolean | Timestamp | null

export type ValueKind = 'number' | 'string' | 'boolean' | 'timestamp' | 'null'

export function kindOf(value: Value): ValueKind {
  if (value === null) return 'null'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'boolean'
  return isTimestamp(value) ? 'timestamp' : 'number'
}

export function isNumber(value: Value): value is Decimal {
  return typeof value === 'object' && value !== null && !('epochMs' in value)
}

export function isTimestamp(value: Value): value is Timestamp {
  return typeof value === 'object' && value !== null && 'epochMs' in value
}

/** As `+` writes a value into a text (metering 9.3). */
export function textOf(value: Exclude<Value, null>): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (isTimestamp(value)) return formatTimestamp(value.epochMs, TIMESTAMP_FORMAT, 'UTC')
  return digits(value)
}

/** Null equals only null, different kinds are unequal, numbers compare by value (metering 9.3). */
export function areEqual(a: Value, b: Value): boolean {
  if (a === null || b === null) return a === b
  if (isNumber(a)) return isNumber(b) && a.equals(b)
  if (isTimestamp(a)) return isTimestamp(b) && a.epochMs === b.epochMs
  return a === b
}

/** Below zero, zero or above, by code points; plain `<` would put 😀 before U+FFFD. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) return surrogatesLast(left) - surrogatesLast(right)
  }
  return a.length - b.length
}

/** Halves of characters beyond U+FFFF rank above all single ones. */
function surrogatesLast(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800
  return unit >= 0xd800 ? unit + 0x2000 : unit
}
