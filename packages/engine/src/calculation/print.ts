/** A tree back to text, with no more brackets than needed: parse(print(x)) is x again. */
import { digits } from '../money/decimal.ts'
import { bindingStrength, type Expression, isPlainName, keywords, unaryStrength } from './syntax.ts'

export function print(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return digits(expression.value)
    case 'string':
      return quoted(expression.value)
    case 'boolean':
      return expression.value ? 'true' : 'false'
    case 'null':
      return 'null'
    case 'path':
      return printPath(expression.path)
    case 'call':
      return `${expression.name}(${expression.arguments.map(print).join(', ')})`
    case 'unary':
      return `${expression.operator}${printWithin(expression.operand, unaryStrength)}`
    case 'cast':
      return `(${expression.type})${printWithin(expression.operand, unaryStrength)}`
    case 'binary': {
      const { operator, left, right } = expression
      const strength = bindingStrength[operator]
      if (operator === '^') {
        return `${printWithin(left, strength + 1)} ^ ${printWithin(right, unaryStrength)}`
      }
      return `${printWithin(left, strength)} ${operator} ${printWithin(right, strength + 1)}`
    }
    case 'choice': {
      const { condition, then, otherwise } = expression
      return `${printWithin(condition, CHOICE + 1)} ? ${print(then)} : ${print(otherwise)}`
    }
  }
}

/** `account.rate`, or `account["monthly rate"]` */
export function printPath(path: readonly string[]): string {
  return path
    .map((step, index) => {
      const isWord = index === 0 ? isPlainName(step) && !keywords.has(step) : isPlainName(step)
      if (!isWord) return `[${quoted(step)}]`
      return index === 0 ? step : `.${step}`
    })
    .join('')
}

export function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
  return `"${escaped}"`
}

const CHOICE = 1
const PRIMARY = 10

function printWithin(expression: Expression, strength: number): string {
  const text = print(expression)
  return strengthOf(expression) >= strength ? text : `(${text})`
}

function strengthOf(expression: Expression): number {
  switch (expression.kind) {
    case 'choice':
      return CHOICE
    case 'binary':
      return bindingStrength[expression.operator]
    case 'unary':
    case 'cast':
      return unaryStrength
    default:
      return PRIMARY
  }
}
