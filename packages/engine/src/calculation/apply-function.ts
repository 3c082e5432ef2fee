import {
  type FunctionRule,
  leastArguments,
  mostArguments,
  parameterAt,
  signatureOf,
} from './function-rule.ts'
import { describe } from './operators.ts'
import { CalculationError } from './problem.ts'
import type { Span } from './syntax.ts'
import {
  BOOLEAN,
  canBe,
  describeKinds,
  type Kinds,
  NULL,
  NUMBER,
  STRING,
  TIMESTAMP,
} from './types.ts'
import { kindOf, type Value, type ValueKind } from './values.ts'

/** Checks what was given, passes null on where the function says so, and calls it. */
export function applyFunction(rule: FunctionRule, values: readonly Value[], at: Span): Value {
  if (values.length < leastArguments(rule) || values.length > mostArguments(rule)) {
    throw new CalculationError(`It is written ${signatureOf(rule.name, rule.parameters)}.`, at)
  }
  let hasNull = false
  for (const [index, value] of values.entries()) {
    if (value === null) {
      hasNull = true
      continue
    }
    const parameter = parameterAt(rule, index)
    if (parameter && !canBe(kindsOf(value), parameter.kinds)) {
      throw new CalculationError(
        `${rule.name} needs ${describeKinds(parameter.kinds)} as ${parameter.name}, not ${describe(value)}.`,
        at,
      )
    }
  }
  return hasNull && rule.isNullWithNull ? null : rule.apply(values, at)
}

const KINDS: Readonly<Record<ValueKind, Kinds>> = {
  number: NUMBER,
  string: STRING,
  boolean: BOOLEAN,
  timestamp: TIMESTAMP,
  null: NULL,
}

export function kindsOf(value: Value): Kinds {
  return KINDS[kindOf(value)]
}
