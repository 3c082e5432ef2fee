/** Tokens to a tree, by the grammar of metering 9.2. */
import { type Token, tokensOf } from './lexer.ts'
import { CalculationSyntaxError } from './problem.ts'
import {
  type BinaryOperator,
  bindingStrength,
  castTypeOf,
  type Expression,
  keywords,
  type Span,
} from './syntax.ts'

export function parse(text: string): Expression {
  const reader: Reader = { tokens: tokensOf(text), next: 0, depth: 0, operators: 0 }
  if (peek(reader).kind === 'end') {
    throw new CalculationSyntaxError('The calculation is empty.', { position: 0, length: 0 })
  }
  const expression = readExpression(reader)
  const rest = peek(reader)
  if (rest.kind !== 'end') throw unexpected(rest, afterOperand(rest))
  return expression
}

type Reader = { readonly tokens: readonly Token[]; next: number; depth: number; operators: number }

/** More of either would make a tree too deep for the stack; nobody writes it by hand. */
const DEEPEST_NESTING = 250
const MOST_OPERATORS = 1000

function readExpression(reader: Reader): Expression {
  return nested(reader, () => {
    const condition = readBinary(reader, 1)
    if (!takeSign(reader, '?')) return condition
    const then = readExpression(reader)
    if (!takeSign(reader, ':')) {
      throw unexpected(peek(reader), 'A choice is written condition ? value : other value.')
    }
    const otherwise = readExpression(reader)
    return { kind: 'choice', condition, then, otherwise, at: join(condition.at, otherwise.at) }
  })
}

/** Reads operators that bind at least as tightly as `strength`; all of them associate to the left. */
function readBinary(reader: Reader, strength: number): Expression {
  let left = readUnary(reader)
  for (;;) {
    const token = peek(reader)
    const operator = binaryOperatorOf(token)
    if (operator === null || operator === '^' || bindingStrength[operator] < strength) return left
    reader.next += 1
    countOperator(reader, token.at)
    const right = readBinary(reader, bindingStrength[operator] + 1)
    left = {
      kind: 'binary',
      operator,
      left,
      right,
      at: join(left.at, right.at),
      operatorAt: token.at,
    }
  }
}

function readUnary(reader: Reader): Expression {
  const token = peek(reader)
  const cast = castAt(reader)
  if (cast) {
    reader.next += 3
    const operand = nested(reader, () => readUnary(reader))
    return { kind: 'cast', type: cast, operand, at: join(token.at, operand.at) }
  }
  const operator = unaryOperatorOf(token)
  if (operator === null) return readPower(reader)
  reader.next += 1
  const operand = nested(reader, () => readUnary(reader))
  return { kind: 'unary', operator, operand, at: join(token.at, operand.at) }
}

function readPower(reader: Reader): Expression {
  const left = readPrimary(reader)
  const token = peek(reader)
  if (!takeSign(reader, '^')) return left
  const right = nested(reader, () => readUnary(reader))
  const at = join(left.at, right.at)
  return { kind: 'binary', operator: '^', left, right, at, operatorAt: token.at }
}

function readPrimary(reader: Reader): Expression {
  const token = peek(reader)
  switch (token.kind) {
    case 'number':
      reader.next += 1
      return { kind: 'number', value: token.value, at: token.at }
    case 'string':
      reader.next += 1
      return { kind: 'string', value: token.value, at: token.at }
    case 'name':
      return readWord(reader, token.text, token.at)
    case 'sign':
      if (token.text === '(') return readBrackets(reader)
      if (token.text === '[') return readPath(reader)
      throw unexpected(token, 'A value is missing before it.')
    case 'end':
      throw unexpected(token, 'A value is missing.')
  }
}

function readWord(reader: Reader, word: string, at: Span): Expression {
  if (word === 'true' || word === 'false') {
    reader.next += 1
    return { kind: 'boolean', value: word === 'true', at }
  }
  if (word === 'null') {
    reader.next += 1
    return { kind: 'null', at }
  }
  if (keywords.has(word)) {
    throw new CalculationSyntaxError(`A value is missing before ${word}.`, at)
  }
  return readPath(reader)
}

function readBrackets(reader: Reader): Expression {
  const open = peek(reader)
  reader.next += 1
  const inner = readExpression(reader)
  const close = peek(reader)
  if (!takeSign(reader, ')')) throw missingBracket(open, close)
  return { ...inner, at: join(open.at, close.at) }
}

function readPath(reader: Reader): Expression {
  const first = peek(reader)
  const path = [first.kind === 'name' ? first.text : readQuotedName(reader)]
  if (first.kind === 'name') reader.next += 1
  let isPlain = first.kind === 'name'
  for (;;) {
    const token = peek(reader)
    if (token.kind !== 'sign') break
    if (token.text === '.') {
      reader.next += 1
      const step = peek(reader)
      if (step.kind !== 'name') throw unexpected(step, 'After a point comes a name.')
      path.push(step.text)
      reader.next += 1
    } else if (token.text === '[') {
      path.push(readQuotedName(reader))
      isPlain = false
    } else break
  }
  const at = join(first.at, previous(reader).at)
  if (isPlain && isSign(peek(reader), '(')) return readCall(reader, path.join('.'), at)
  return { kind: 'path', path, at }
}

/** `["any name"]` */
function readQuotedName(reader: Reader): string {
  const open = peek(reader)
  reader.next += 1
  const name = peek(reader)
  if (name.kind !== 'string' || name.value === '') {
    throw unexpected(name, 'Between square brackets stands a name in quotes, as in ["any name"].')
  }
  reader.next += 1
  if (!takeSign(reader, ']')) throw missingBracket(open, peek(reader))
  return name.value
}

function readCall(reader: Reader, name: string, nameAt: Span): Expression {
  const open = peek(reader)
  reader.next += 1
  const given: Expression[] = []
  if (!isSign(peek(reader), ')')) {
    do given.push(readExpression(reader))
    while (takeSign(reader, ','))
  }
  const close = peek(reader)
  if (!takeSign(reader, ')')) throw missingBracket(open, close)
  return { kind: 'call', name, arguments: given, at: join(nameAt, close.at), nameAt }
}

/** A type name in brackets is a cast when a value follows; otherwise it is a field of that name. */
function castAt(reader: Reader) {
  const [open, name, close, after] = reader.tokens.slice(reader.next, reader.next + 4)
  if (!open || !name || !close || !after) return null
  if (!isSign(open, '(') || name.kind !== 'name' || !isSign(close, ')')) return null
  return startsValue(after) ? castTypeOf(name.text) : null
}

function startsValue(token: Token): boolean {
  if (token.kind === 'number' || token.kind === 'string') return true
  if (token.kind === 'name') return binaryOperatorOf(token) === null
  return token.kind === 'sign' && ['(', '[', '+', '-', '!'].includes(token.text)
}

function binaryOperatorOf(token: Token): BinaryOperator | null {
  if (token.kind === 'name') {
    if (token.text === 'AND' || token.text === 'and') return 'AND'
    return token.text === 'OR' || token.text === 'or' ? 'OR' : null
  }
  if (token.kind !== 'sign') return null
  if (token.text === '&&') return 'AND'
  if (token.text === '||') return 'OR'
  return isBinarySign(token.text) ? token.text : null
}

function isBinarySign(text: string): text is BinaryOperator {
  return Object.hasOwn(bindingStrength, text)
}

function unaryOperatorOf(token: Token): '+' | '-' | '!' | null {
  if (token.kind === 'name') return token.text === 'NOT' || token.text === 'not' ? '!' : null
  if (token.kind !== 'sign') return null
  return token.text === '+' || token.text === '-' || token.text === '!' ? token.text : null
}

function nested<Result>(reader: Reader, read: () => Result): Result {
  reader.depth += 1
  if (reader.depth > DEEPEST_NESTING) {
    throw new CalculationSyntaxError(
      `The calculation is nested more than ${DEEPEST_NESTING} levels deep. Split it up.`,
      peek(reader).at,
    )
  }
  const result = read()
  reader.depth -= 1
  return result
}

function countOperator(reader: Reader, at: Span): void {
  reader.operators += 1
  if (reader.operators <= MOST_OPERATORS) return
  throw new CalculationSyntaxError(
    `The calculation has more than ${MOST_OPERATORS} operators. Split it up.`,
    at,
  )
}

const END: Token = { kind: 'end', at: { position: 0, length: 0 } }

function peek(reader: Reader): Token {
  return reader.tokens[reader.next] ?? END
}

function previous(reader: Reader): Token {
  return reader.tokens[reader.next - 1] ?? END
}

function isSign(token: Token, text: string): boolean {
  return token.kind === 'sign' && token.text === text
}

function takeSign(reader: Reader, text: string): boolean {
  if (!isSign(peek(reader), text)) return false
  reader.next += 1
  return true
}

function join(first: Span, last: Span): Span {
  return { position: first.position, length: last.position + last.length - first.position }
}

function afterOperand(token: Token): string {
  if (isSign(token, ')')) return 'There is no opening bracket for it.'
  if (isSign(token, '.')) return 'Only a name may come before a point.'
  return 'An operator such as + or AND is missing before it.'
}

function missingBracket(open: Token, found: Token): CalculationSyntaxError {
  const shape = open.kind === 'sign' ? open.text : ''
  if (found.kind !== 'end') {
    return unexpected(found, `The bracket "${shape}" before it is still open.`)
  }
  return new CalculationSyntaxError(`This bracket "${shape}" is never closed.`, open.at)
}

function unexpected(token: Token, advice: string): CalculationSyntaxError {
  if (token.kind === 'end') {
    return new CalculationSyntaxError(`The calculation ends too early. ${advice}`, token.at)
  }
  const shown = token.kind === 'string' ? 'text' : `"${token.text}"`
  return new CalculationSyntaxError(`Unexpected ${shown}. ${advice}`, token.at)
}
