/** How a function of the language is declared: checks, evaluation and completions read the same lines. */
import type { Span } from './syntax.ts'
import type { Kinds } from './types.ts'
import type { Value } from './values.ts'

export type Parameter = {
  readonly name: string
  readonly kinds: Kinds
  readonly isOptional?: boolean
  /** Stands for any number of further arguments; only as the last. */
  readonly isRepeated?: boolean
  /** A sentence on what is wrong with an argument that is written out as text, or null. */
  readonly problemOf?: (text: string) => string | null
}

export type FunctionRule = {
  readonly name: string
  readonly parameters: readonly Parameter[]
  readonly result: Kinds
  /** One line for people who write calculations. */
  readonly help: string
  /** Whether one null argument makes the result null without calling `apply`. */
  readonly isNullWithNull: boolean
  /** Arguments have the right number and kinds; a refusal is thrown as CalculationError. */
  readonly apply: (values: readonly Value[], at: Span) => Value
}

export function leastArguments(rule: { readonly parameters: readonly Parameter[] }): number {
  return rule.parameters.filter(({ isOptional }) => !isOptional).length
}

export function mostArguments(rule: { readonly parameters: readonly Parameter[] }): number {
  return rule.parameters.at(-1)?.isRepeated ? Number.POSITIVE_INFINITY : rule.parameters.length
}

export function parameterAt(rule: FunctionRule, index: number): Parameter | undefined {
  const last = rule.parameters.at(-1)
  return rule.parameters[index] ?? (last?.isRepeated ? last : undefined)
}

/** `Math.round(number, [places])` */
export function signatureOf(name: string, parameters: readonly Parameter[]): string {
  const written = parameters.map(({ name: parameter, isOptional, isRepeated }) => {
    const repeated = isRepeated ? `${parameter}, …` : parameter
    return isOptional ? `[${repeated}]` : repeated
  })
  return `${name}(${written.join(', ')})`
}
