import { type FunctionRule, leastArguments, mostArguments, signatureOf } from './function-rule.ts'
import type { Scope } from './scope.ts'
import type { CallExpression, Expression, Span } from './syntax.ts'
import type { Kinds } from './types.ts'

export type Finding = { readonly message: string; readonly at: Span }

/** What the parts of a check share while they go through a tree. */
export type Walk = {
  readonly scope: Scope
  report(message: string, at: Span): void
  infer(expression: Expression): Kinds
}

/** Reports a wrong number of arguments, with the way the function is written. */
export function checkCount(
  call: CallExpression,
  rule: Pick<FunctionRule, 'name' | 'parameters'>,
  walk: Walk,
): boolean {
  const count = call.arguments.length
  if (count >= leastArguments(rule) && count <= mostArguments(rule)) return true
  const plural = count === 1 ? 'argument' : 'arguments'
  walk.report(
    `${rule.name} has ${count} ${plural} here. It is written ${signatureOf(rule.name, rule.parameters)}.`,
    call.at,
  )
  return false
}
