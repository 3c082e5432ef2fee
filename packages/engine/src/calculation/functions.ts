/** Every function and constant of the language in one written list (metering 9.1, 9.4). */
import { decimal } from '../money/decimal.ts'
import { TIMESTAMP_FORMAT } from './date-format.ts'
import { dateFunctions } from './date-functions.ts'
import type { FunctionRule } from './function-rule.ts'
import { type LookupRule, lookupFunctions } from './lookup.ts'
import { mathFunctions } from './math-functions.ts'
import { textFunctions, valueFunctions } from './text-functions.ts'
import type { Value } from './values.ts'

export const functions: readonly FunctionRule[] = [
  ...mathFunctions,
  ...valueFunctions,
  ...textFunctions,
  ...dateFunctions,
]

export type Constant = { readonly name: string; readonly value: Value; readonly help: string }

export const constants: readonly Constant[] = [
  {
    name: 'Math.PI',
    value: decimal('3.141592653589793238462643383279503'),
    help: 'The number of a circle, with 34 digits.',
  },
  {
    name: 'DateTime.TS_FMT',
    value: TIMESTAMP_FORMAT,
    help: `The pattern ${TIMESTAMP_FORMAT}, in which timestamps become text.`,
  },
]

const functionsByName = new Map(functions.map((rule) => [rule.name, rule]))
const lookupsByName = new Map<string, LookupRule>(lookupFunctions.map((rule) => [rule.name, rule]))
const constantsByName = new Map(constants.map((constant) => [constant.name, constant]))

export function functionNamed(name: string): FunctionRule | undefined {
  return functionsByName.get(name)
}

export function lookupNamed(name: string): LookupRule | undefined {
  return lookupsByName.get(name)
}

export function constantAt(path: readonly string[]): Constant | undefined {
  return path.length === 2 ? constantsByName.get(path.join('.')) : undefined
}
