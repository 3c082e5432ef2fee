/** Points under points: figures of a column keep the place of the decimals they do not have. */
import type { Numeric } from '../api/exact-json.ts'
import { shortened } from './digits.ts'

/** As many decimals as the longest of them shows. */
export function mostDecimals(values: readonly (Numeric | null | undefined)[], places = 0): number {
  return Math.max(0, ...values.map((value) => decimalsOf(value ?? 0, places)))
}

/** What stands, unseen, where one of them has fewer. */
export function padding(value: Numeric, places: number, alignedTo: number): string {
  const own = decimalsOf(value, places)
  if (own >= alignedTo) return ''
  return `${own === 0 ? '.' : ''}${'0'.repeat(alignedTo - own)}`
}

/** A cut fraction ends in "…", which is about as wide as a digit. */
function decimalsOf(value: Numeric, places: number): number {
  const { shown, rest } = shortened(value, places)
  const [, fraction = ''] = shown.split('.')
  return fraction.length + (rest === '' ? 0 : 1)
}
