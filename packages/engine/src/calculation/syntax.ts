/** The tree of a calculation (metering 9.2): plain objects that remember their place in the text. */
import type { Decimal } from '../money/decimal.ts'

/** Where something stands in the text, in characters from 0. */
export type Span = { readonly position: number; readonly length: number }

export type BinaryOperator =
  | 'OR'
  | 'AND'
  | '=='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '^'

export type UnaryOperator = '+' | '-' | '!'

export type CastType = 'string' | 'number' | 'integer' | 'boolean'

export type Expression =
  | { readonly kind: 'number'; readonly value: Decimal; readonly at: Span }
  | { readonly kind: 'string'; readonly value: string; readonly at: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly at: Span }
  | { readonly kind: 'null'; readonly at: Span }
  | { readonly kind: 'path'; readonly path: readonly string[]; readonly at: Span }
  | CallExpression
  | UnaryExpression
  | CastExpression
  | BinaryExpression
  | ChoiceExpression

export type CallExpression = {
  readonly kind: 'call'
  readonly name: string
  readonly arguments: readonly Expression[]
  readonly at: Span
  readonly nameAt: Span
}

export type UnaryExpression = {
  readonly kind: 'unary'
  readonly operator: UnaryOperator
  readonly operand: Expression
  readonly at: Span
}

export type CastExpression = {
  readonly kind: 'cast'
  readonly type: CastType
  readonly operand: Expression
  readonly at: Span
}

/** `at` spans both operands, `operatorAt` the sign alone. */
export type BinaryExpression = {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
  readonly at: Span
  readonly operatorAt: Span
}

/** `condition ? then : otherwise` */
export type ChoiceExpression = {
  readonly kind: 'choice'
  readonly condition: Expression
  readonly then: Expression
  readonly otherwise: Expression
  readonly at: Span
}

/** How tightly an operator binds; the loosest is 1. The choice stands below all of them. */
export const bindingStrength: Readonly<Record<BinaryOperator, number>> = {
  OR: 2,
  AND: 3,
  '==': 4,
  '!=': 4,
  '<': 5,
  '>': 5,
  '<=': 5,
  '>=': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
  '^': 9,
}

export const unaryStrength = 8

/** Other names of the cast types, as they appear in programs (metering 9.4). */
export const castNames: Readonly<Record<string, CastType>> = {
  string: 'string',
  number: 'number',
  decimal: 'number',
  double: 'number',
  float: 'number',
  integer: 'integer',
  int: 'integer',
  long: 'integer',
  boolean: 'boolean',
}

export function castTypeOf(name: string): CastType | null {
  return Object.hasOwn(castNames, name) ? (castNames[name] ?? null) : null
}

/** Words that are not names. After a point, or as `["null"]`, they may be. */
export const keywords: ReadonlySet<string> = new Set([
  'true',
  'false',
  'null',
  'AND',
  'OR',
  'NOT',
  'and',
  'or',
  'not',
])

const PLAIN_NAME = /^[\p{L}_$][\p{L}_$0-9]*$/u

/** Whether a name can be written without quotes (metering 1.6, K2). */
export function isPlainName(name: string): boolean {
  return PLAIN_NAME.test(name)
}
