/** What an editor can offer: the names of the place, then functions, constants and casts. */
import { signatureOf } from './function-rule.ts'
import { constants, functions } from './functions.ts'
import { lookupFunctions } from './lookup.ts'
import { printPath } from './print.ts'
import type { Scope, ScopeName } from './scope.ts'

export type Completion = {
  readonly kind: ScopeName['kind'] | 'function' | 'constant' | 'cast'
  /** What is inserted. */
  readonly text: string
  readonly signature: string
  readonly help: string
}

const CASTS: readonly Completion[] = [
  cast('string', 'The value as text.'),
  cast('number', 'The number that a text spells; true is 1 and false is 0.'),
  cast('integer', 'The number without what stands after the point.'),
  cast('boolean', 'false for 0 and "false", true for other numbers and "true".'),
]

export function completions(scope: Scope): Completion[] {
  const names = scope.names.map(({ kind, path, help }) => {
    const text = printPath(path)
    return { kind, text, signature: text, help }
  })
  const rules = scope.tables === null ? functions : [...functions, ...lookupFunctions]
  const calls = rules.map(({ name, parameters, help }) => ({
    kind: 'function' as const,
    text: `${name}(`,
    signature: signatureOf(name, parameters),
    help,
  }))
  const fixed = constants.map(({ name, help }) => ({
    kind: 'constant' as const,
    text: name,
    signature: name,
    help,
  }))
  return [...names, ...calls, ...fixed, ...CASTS]
}

function cast(type: string, help: string): Completion {
  return { kind: 'cast', text: `(${type})`, signature: `(${type})value`, help }
}
