import { type Bind, compile } from './compile.ts'
import { type Lookups, noLookups } from './lookup.ts'
import type { Expression } from './syntax.ts'
import type { Value } from './values.ts'

/** The value of a calculation, once; for many evaluations `compile` is the better door. */
export function evaluate(
  expression: Expression,
  resolve: (path: readonly string[]) => Value,
  lookups: Lookups = noLookups,
): Value {
  const bind: Bind<null> = (path) => () => resolve(path)
  return compile(expression, bind, lookups)(null)
}
