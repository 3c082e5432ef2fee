/** A tree to nested functions, once, so that ingest does not walk it for every measurement. */
import { applyFunction } from './apply-function.ts'
import { applyLookup, type LookupKey } from './apply-lookup.ts'
import { constantAt, functionNamed, lookupNamed } from './functions.ts'
import { type Lookups, noLookups } from './lookup.ts'
import { applyBinary, applyCast, applySign, asCondition } from './operators.ts'
import { printPath } from './print.ts'
import { CalculationError } from './problem.ts'
import type { BinaryExpression, CallExpression, Expression } from './syntax.ts'
import type { Value } from './values.ts'

export type Compiled<Environment> = (environment: Environment) => Value

/** Finds out once where a path reads from; null when nothing here has that name. */
export type Bind<Environment> = (path: readonly string[]) => Compiled<Environment> | null

export function compile<Environment>(
  expression: Expression,
  bind: Bind<Environment>,
  lookups: Lookups = noLookups,
): Compiled<Environment> {
  const made: Maker<Environment> = { bind, lookups }
  return make(expression, made)
}

type Maker<Environment> = { readonly bind: Bind<Environment>; readonly lookups: Lookups }

function make<Environment>(
  expression: Expression,
  maker: Maker<Environment>,
): Compiled<Environment> {
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'boolean': {
      const { value } = expression
      return () => value
    }
    case 'null':
      return () => null
    case 'path':
      return makePath(expression, maker)
    case 'call':
      return makeCall(expression, maker)
    case 'unary': {
      const { operator, at } = expression
      const operand = make(expression.operand, maker)
      if (operator === '!') return (environment) => !asCondition(operand(environment), at)
      return (environment) => applySign(operator, operand(environment), at)
    }
    case 'cast': {
      const { type, at } = expression
      const operand = make(expression.operand, maker)
      return (environment) => applyCast(type, operand(environment), at)
    }
    case 'binary':
      return makeBinary(expression, maker)
    case 'choice': {
      const condition = make(expression.condition, maker)
      const then = make(expression.then, maker)
      const otherwise = make(expression.otherwise, maker)
      const { at } = expression.condition
      return (environment) =>
        asCondition(condition(environment), at) ? then(environment) : otherwise(environment)
    }
  }
}

function makePath<Environment>(
  { path, at }: Expression & { kind: 'path' },
  { bind }: Maker<Environment>,
): Compiled<Environment> {
  const constant = constantAt(path)
  if (constant) return () => constant.value
  const read = bind(path)
  if (read) return read
  return () => {
    throw new CalculationError(`"${printPath(path)}" is not known here.`, at)
  }
}

function makeBinary<Environment>(
  { operator, left, right, at }: BinaryExpression,
  maker: Maker<Environment>,
): Compiled<Environment> {
  const a = make(left, maker)
  const b = make(right, maker)
  switch (operator) {
    case 'AND':
      return (environment) =>
        asCondition(a(environment), left.at) && asCondition(b(environment), right.at)
    case 'OR':
      return (environment) =>
        asCondition(a(environment), left.at) || asCondition(b(environment), right.at)
    default:
      return (environment) => applyBinary(operator, a(environment), b(environment), at)
  }
}

function makeCall<Environment>(
  call: CallExpression,
  maker: Maker<Environment>,
): Compiled<Environment> {
  const { name, at } = call
  const lookup = lookupNamed(name)
  if (lookup) {
    const keys = call.arguments.slice(lookup.firstKey).map((key) => makeKey(key, maker))
    const fixed = call.arguments.slice(0, lookup.firstKey).map((given) => make(given, maker))
    return (environment) =>
      applyLookup(lookup, maker.lookups, {
        fixed: fixed.map((read) => read(environment)),
        keys: keys.map((read) => read(environment)),
        at,
      })
  }
  const rule = functionNamed(name)
  if (!rule) {
    return () => {
      throw new CalculationError(`There is no function ${name}.`, call.nameAt)
    }
  }
  const given = call.arguments.map((argument) => make(argument, maker))
  return (environment) =>
    applyFunction(
      rule,
      given.map((read) => read(environment)),
      at,
    )
}

/** A key written as text is the name of a field where there is one, else the key itself (metering 9.8). */
function makeKey<Environment>(
  key: Expression,
  maker: Maker<Environment>,
): (environment: Environment) => LookupKey {
  const named = key.kind === 'string' ? maker.bind([key.value]) : null
  return named ?? make(key, maker)
}
