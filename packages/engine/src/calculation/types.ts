/** Which kinds of value something may have, as far as can be seen without data. */
import type { ValueKind } from './values.ts'

/** A set of kinds as bits: a custom field may be `NUMBER | STRING`. */
export type Kinds = number

export const NUMBER: Kinds = 1
export const STRING: Kinds = 2
export const BOOLEAN: Kinds = 4
export const TIMESTAMP: Kinds = 8
export const NULL: Kinds = 16
export const ANY: Kinds = NUMBER | STRING | BOOLEAN | TIMESTAMP | NULL

const WORDS: readonly [Kinds, string][] = [
  [NUMBER, 'a number'],
  [STRING, 'text'],
  [BOOLEAN, 'true or false'],
  [TIMESTAMP, 'a timestamp'],
  [NULL, 'null'],
]

export function canBe(kinds: Kinds, wanted: Kinds): boolean {
  return (kinds & wanted) !== 0
}

/** Whether something of these kinds can stand where `wanted` is needed; null always may. */
export function fits(kinds: Kinds, wanted: Kinds): boolean {
  return kinds === NULL || canBe(kinds & ~NULL, wanted)
}

/** `a number or text`; null is left out beside others. */
export function describeKinds(kinds: Kinds): string {
  const words = WORDS.filter(([kind]) => canBe(kinds, kind)).map(([, word]) => word)
  const meaningful = words.length > 1 ? words.filter((word) => word !== 'null') : words
  return meaningful.join(' or ')
}

/** One word for an editor; `any` where several kinds are possible. */
export function kindName(kinds: Kinds): ValueKind | 'any' {
  switch (kinds & ~NULL) {
    case NUMBER:
      return 'number'
    case STRING:
      return 'string'
    case BOOLEAN:
      return 'boolean'
    case TIMESTAMP:
      return 'timestamp'
    case 0:
      return 'null'
    default:
      return 'any'
  }
}
