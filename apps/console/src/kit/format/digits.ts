/** Numbers as text, digit by digit: nothing here rounds, so nothing here can be wrong by a cent. */
import { groupedDigits } from '@countinghouse/engine/money/grouped.ts'
import type { Numeric } from '../api/exact-json.ts'

export const ABSENT = '–'
const MINUS = '−'

/** Digits without exponent: 1e-7 becomes 0.0000001. */
export function plainDigits(value: Numeric): string {
  const text = String(value).trim()
  const parts = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(text)
  if (!parts) return text
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts
  const shift = Number(exponent)
  const digits = whole + fraction
  const point = whole.length + shift
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** Groups of three, a true minus, at least `places` decimals; more are shown when there are more. */
export function grouped(value: Numeric, places = 0): string {
  return groupedDigits(plainDigits(value), places)
}

const DECIMALS_SHOWN_MAX = 10
const DECIMALS_KEPT = 6

/**
 * A long fraction in two parts: the digits that are shown, and those behind the "…". It is cut, not
 * rounded, so that every digit shown is true: `5920.798975806451612903` gives `5,920.798975` and
 * `806451612903`.
 */
export function shortened(value: Numeric, places = 0): { shown: string; rest: string } {
  const text = grouped(value, places)
  const point = text.indexOf('.')
  const decimals = point < 0 ? 0 : text.length - point - 1
  if (decimals <= DECIMALS_SHOWN_MAX) return { shown: text, rest: '' }
  const zeros = /^0*/.exec(text.slice(point + 1))?.[0].length ?? 0
  const leads = /^−?0\./.test(text) ? zeros : 0
  const end = point + 1 + DECIMALS_KEPT + leads
  return { shown: text.slice(0, end), rest: text.slice(end) }
}

const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 })

/** 12,500 as 12.5k, where there is no room for digits. A small m would read as thousandths. */
export function compactText(value: number): string {
  return compact
    .format(value)
    .replace('-', MINUS)
    .replace(/m$/, 'M')
    .replace(/bn$/, 'B')
    .replace(/tn$/, 'T')
}

/** `1 meter`, `3 meters`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}

/** UCUM writes countable things in braces: `{request}` is shown as `request`. */
export function unitWords(unit: string): string {
  return unit.replaceAll(/[{}]/g, '')
}
