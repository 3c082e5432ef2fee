import { constantAt, lookupNamed } from './functions.ts'
import type { Expression, Span } from './syntax.ts'

/**
 * Every path a calculation reads, once, in the order of the text. Keys of lookups that are written as
 * text count as paths of one step, because they may name a field (metering 9.8).
 */
export function referencesOf(expression: Expression): (readonly string[])[] {
  const found = new Map<string, readonly string[]>()
  collect(expression, (path) => found.set(JSON.stringify(path), path))
  return [...found.values()]
}

/** Every place where a path stands, as often as it does. */
export function placesOf(expression: Expression): { path: readonly string[]; at: Span }[] {
  const places: { path: readonly string[]; at: Span }[] = []
  collect(expression, (path, at) => places.push({ path, at }))
  return places
}

function collect(expression: Expression, add: (path: readonly string[], at: Span) => void): void {
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'null':
      return
    case 'path':
      if (!constantAt(expression.path)) add(expression.path, expression.at)
      return
    case 'call': {
      const lookup = lookupNamed(expression.name)
      expression.arguments.forEach((argument, index) => {
        const isKeyName = lookup && index >= lookup.firstKey && argument.kind === 'string'
        if (isKeyName) add([argument.value], argument.at)
        else collect(argument, add)
      })
      return
    }
    case 'unary':
    case 'cast':
      collect(expression.operand, add)
      return
    case 'binary':
      collect(expression.left, add)
      collect(expression.right, add)
      return
    case 'choice':
      collect(expression.condition, add)
      collect(expression.then, add)
      collect(expression.otherwise, add)
  }
}
