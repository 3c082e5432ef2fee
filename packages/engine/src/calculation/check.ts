/** Everything about a calculation that can be seen without data, reported at once (metering 9.7). */

import { kindsOf } from './apply-function.ts'
import { checkLookup } from './check-lookup.ts'
import { type FunctionRule, parameterAt } from './function-rule.ts'
import { constantAt, constants, functionNamed, functions, lookupNamed } from './functions.ts'
import { lookupFunctions } from './lookup.ts'
import { parse } from './parse.ts'
import { printPath } from './print.ts'
import { CalculationSyntaxError, type Problem, problemAt } from './problem.ts'
import { nameInScope, type Scope, samePath } from './scope.ts'
import { suggest } from './suggest.ts'
import type { BinaryExpression, CallExpression, Expression, Span } from './syntax.ts'
import {
  ANY,
  BOOLEAN,
  canBe,
  describeKinds,
  fits,
  type Kinds,
  NULL,
  NUMBER,
  STRING,
  TIMESTAMP,
} from './types.ts'
import { checkCount, type Finding, type Walk } from './walk.ts'

export type Checked = {
  /** In the order of the text; empty when the calculation may be saved. */
  readonly problems: readonly Problem[]
  /** What it can give; `ANY` when it could not be read. */
  readonly kinds: Kinds
  /** Null when the text could not be read. */
  readonly expression: Expression | null
}

/** Reads and checks a text. */
export function checkText(text: string, scope: Scope): Checked {
  try {
    const expression = parse(text)
    const { findings, kinds } = findingsOf(expression, scope)
    const problems = findings.map(({ message, at }) => problemAt(text, message, at))
    return { problems, kinds, expression }
  } catch (error) {
    if (!(error instanceof CalculationSyntaxError)) throw error
    return { problems: [problemAt(text, error.message, error.at)], kinds: ANY, expression: null }
  }
}

function findingsOf(expression: Expression, scope: Scope): { findings: Finding[]; kinds: Kinds } {
  const findings: Finding[] = []
  const walk: Walk = {
    scope,
    report: (message, at) => {
      findings.push({ message, at })
    },
    infer: (inner) => infer(inner, walk),
  }
  const kinds = walk.infer(expression)
  if (scope.result && findings.length === 0 && !fits(kinds, scope.result.kinds)) {
    findings.push({ message: scope.result.why, at: expression.at })
  }
  findings.sort((a, b) => a.at.position - b.at.position)
  return { findings, kinds }
}

function infer(expression: Expression, walk: Walk): Kinds {
  switch (expression.kind) {
    case 'number':
      return NUMBER
    case 'string':
      return STRING
    case 'boolean':
      return BOOLEAN
    case 'null':
      return NULL
    case 'path':
      return inferPath(expression.path, expression.at, walk)
    case 'call':
      return inferCall(expression, walk)
    case 'unary': {
      const operand = walk.infer(expression.operand)
      if (expression.operator === '!') {
        needCondition(operand, expression.operand.at, walk)
        return BOOLEAN
      }
      if (!fits(operand, NUMBER)) {
        walk.report(
          `"${expression.operator}" needs a number, and this is ${describeKinds(operand)}.`,
          expression.operand.at,
        )
      }
      return NUMBER | (operand & NULL)
    }
    case 'cast': {
      const nulls = walk.infer(expression.operand) & NULL
      if (expression.type === 'string') return STRING | nulls
      return (expression.type === 'boolean' ? BOOLEAN : NUMBER) | nulls
    }
    case 'binary':
      return inferBinary(expression, walk)
    case 'choice': {
      needCondition(walk.infer(expression.condition), expression.condition.at, walk)
      return walk.infer(expression.then) | walk.infer(expression.otherwise)
    }
  }
}

function inferPath(path: readonly string[], at: Span, { scope, report }: Walk): Kinds {
  const constant = constantAt(path)
  if (constant) return kindsOf(constant.value)
  const name = nameInScope(scope, path)
  if (name) return samePath(name.path, path) || !name.isOpen ? name.kinds : ANY
  const refused = scope.refused?.find((candidate) => samePath(candidate.path, path))
  if (refused) {
    report(refused.why, at)
    return ANY
  }
  const written = printPath(path)
  const known = scope.names.map(({ path: known }) => printPath(known))
  const near = suggest(written, [...known, ...constants.map(({ name: constant }) => constant)])
  const advice = near ? `Did you mean ${near}?` : scope.advice
  report(`"${written}" is not known here. ${advice}`, at)
  return ANY
}

function inferCall(call: CallExpression, walk: Walk): Kinds {
  const given = call.arguments.map((argument) => walk.infer(argument))
  const lookup = lookupNamed(call.name)
  if (lookup) return checkLookup(call, lookup, given, walk)
  const rule = functionNamed(call.name)
  if (!rule) {
    const names = [...functions, ...lookupFunctions].map(({ name }) => name)
    const near = suggest(call.name, names)
    const advice = near ? ` Did you mean ${near}?` : ''
    walk.report(`There is no function ${call.name}.${advice}`, call.nameAt)
    return ANY
  }
  checkCount(call, rule, walk)
  checkArguments(call, rule, given, walk)
  return resultOf(rule, given)
}

function checkArguments(
  call: CallExpression,
  rule: FunctionRule,
  given: readonly Kinds[],
  walk: Walk,
): void {
  for (const [index, argument] of call.arguments.entries()) {
    const parameter = parameterAt(rule, index)
    const kinds = given[index] ?? ANY
    if (!parameter) continue
    if (!fits(kinds, parameter.kinds)) {
      walk.report(
        `${rule.name} needs ${describeKinds(parameter.kinds)} as ${parameter.name}, and this is ${describeKinds(kinds)}.`,
        argument.at,
      )
    } else if (argument.kind === 'string') {
      const problem = parameter.problemOf?.(argument.value)
      if (problem) walk.report(problem, argument.at)
    }
  }
}

function resultOf(rule: FunctionRule, given: readonly Kinds[]): Kinds {
  if (rule.name === 'isnull') {
    const [value = ANY, instead = ANY] = given
    return canBe(value, NULL) ? (value & ~NULL) | instead : value
  }
  if (!rule.isNullWithNull) return rule.result
  return given.some((kinds) => canBe(kinds, NULL)) ? rule.result | NULL : rule.result
}

function inferBinary(expression: BinaryExpression, walk: Walk): Kinds {
  const { operator, left, right } = expression
  const a = walk.infer(left)
  const b = walk.infer(right)
  switch (operator) {
    case 'AND':
    case 'OR':
      needCondition(a, left.at, walk)
      needCondition(b, right.at, walk)
      return BOOLEAN
    case '==':
    case '!=':
      return BOOLEAN
    case '<':
    case '>':
    case '<=':
    case '>=':
      if (!areComparable(a, b)) reportClash(expression, a, b, walk)
      return BOOLEAN
    default:
      return inferArithmetic(expression, a, b, walk)
  }
}

function areComparable(a: Kinds, b: Kinds): boolean {
  return a === NULL || b === NULL || canBe(a & b, NUMBER | STRING | TIMESTAMP)
}

function inferArithmetic(expression: BinaryExpression, a: Kinds, b: Kinds, walk: Walk): Kinds {
  const { operator, right } = expression
  const nulls = (a | b) & NULL
  let result: Kinds = 0
  if (canBe(a, NUMBER) && canBe(b, NUMBER)) result |= NUMBER
  if (operator === '+' && (canBe(a, STRING) || canBe(b, STRING))) result |= STRING
  if (operator === '-' && canBe(a, TIMESTAMP) && canBe(b, TIMESTAMP)) result |= NUMBER
  if (operator === '-' && canBe(a, TIMESTAMP) && canBe(b, NUMBER)) result |= TIMESTAMP
  if (operator === '+' && canBe(a, TIMESTAMP) && canBe(b, NUMBER)) result |= TIMESTAMP
  if (operator === '+' && canBe(a, NUMBER) && canBe(b, TIMESTAMP)) result |= TIMESTAMP
  if (result === 0 && a !== NULL && b !== NULL) {
    reportClash(expression, a, b, walk)
    return ANY
  }
  if ((operator === '/' || operator === '%') && right.kind === 'number' && right.value.isZero()) {
    walk.report('A number cannot be divided by zero.', right.at)
  }
  return result | nulls
}

function needCondition(kinds: Kinds, at: Span, walk: Walk): void {
  if (fits(kinds, BOOLEAN)) return
  walk.report(
    `A condition must be true or false, and this is ${describeKinds(kinds)}. Compare it with something.`,
    at,
  )
}

function reportClash({ operator, at }: BinaryExpression, a: Kinds, b: Kinds, walk: Walk): void {
  const verb = operator.startsWith('<') || operator.startsWith('>') ? 'compare' : 'join'
  walk.report(`"${operator}" cannot ${verb} ${describeKinds(a)} and ${describeKinds(b)}.`, at)
}
