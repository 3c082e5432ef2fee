/** Text to tokens (metering 9.1), each with its place. */
import { type Decimal, decimal } from '../money/decimal.ts'
import { CalculationSyntaxError } from './problem.ts'
import type { Span } from './syntax.ts'

export type Token = { readonly at: Span } & (
  | { readonly kind: 'number'; readonly value: Decimal; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string }
  | { readonly kind: 'end' }
)

const WHITE_SPACE = /[\s\u00a0\ufeff]+/y
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y
const NAME = /[\p{L}_$][\p{L}_$0-9]*/uy
const SIGN = /==|!=|<=|>=|\|\||&&|[-+*/%^!<>?:(),.[\]]/y

/** Copied documentation brings dashes for minus signs (metering 9.1). */
const MINUS_LOOKALIKES = new Set(['–', '−'])

/** What closes a string that was opened so; copied quotes may close like typed ones. */
const CLOSING_QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '”"“',
  '”': '”"“',
  '‘': "’'‘",
  '’': "’'‘",
}

/** Signs of other languages, and what is meant here. */
const ADVICE: Readonly<Record<string, string>> = {
  '=': 'Write == to compare.',
  '&': 'Write AND to join conditions.',
  '|': 'Write OR to join conditions.',
  '{': 'Use round brackets.',
  '}': 'Use round brackets.',
  ';': 'A calculation is one expression without a semicolon.',
}

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let position = 0
  while (position < text.length) {
    const blank = match(WHITE_SPACE, text, position)
    if (blank) {
      position += blank.length
      continue
    }
    const token = tokenAt(text, position)
    tokens.push(token)
    position += token.at.length
  }
  tokens.push({ kind: 'end', at: { position: text.length, length: 0 } })
  return tokens
}

function tokenAt(text: string, position: number): Token {
  const first = text.charAt(position)
  const number = match(NUMBER, text, position)
  if (number) return numberToken(text, number, position)
  const name = match(NAME, text, position)
  if (name) return { kind: 'name', text: name, at: { position, length: name.length } }
  if (Object.hasOwn(CLOSING_QUOTES, first)) return stringToken(text, position)
  if (MINUS_LOOKALIKES.has(first)) return { kind: 'sign', text: '-', at: { position, length: 1 } }
  const sign = match(SIGN, text, position)
  if (sign) return { kind: 'sign', text: sign, at: { position, length: sign.length } }
  const character = String.fromCodePoint(text.codePointAt(position) ?? 0)
  const advice = Object.hasOwn(ADVICE, first) ? ` ${ADVICE[first]}` : ''
  throw new CalculationSyntaxError(`"${character}" has no meaning here.${advice}`, {
    position,
    length: character.length,
  })
}

function numberToken(text: string, digits: string, position: number): Token {
  const at = { position, length: digits.length }
  const glued = match(NAME, text, position + digits.length)
  if (glued) {
    throw new CalculationSyntaxError(
      `"${digits}${glued}" is neither a number nor a name. A name cannot begin with a digit; put an operator between them.`,
      { position, length: digits.length + glued.length },
    )
  }
  try {
    return { kind: 'number', value: decimal(digits), text: digits, at }
  } catch {
    throw new CalculationSyntaxError('This number is too long: use at most 60 digits.', at)
  }
}

function stringToken(text: string, start: number): Token {
  const closing = CLOSING_QUOTES[text.charAt(start)] ?? ''
  let value = ''
  let position = start + 1
  while (position < text.length) {
    const character = text.charAt(position)
    if (closing.includes(character)) {
      return { kind: 'string', value, at: { position: start, length: position + 1 - start } }
    }
    if (character === '\\') {
      const escaped = escapeAt(text, position)
      value += escaped.value
      position += escaped.length
    } else {
      value += character
      position += 1
    }
  }
  throw new CalculationSyntaxError('This text has no closing quote.', {
    position: start,
    length: text.length - start,
  })
}

function escapeAt(text: string, position: number): { value: string; length: number } {
  const letter = text.charAt(position + 1)
  if (letter === 'n') return { value: '\n', length: 2 }
  if (letter === 't') return { value: '\t', length: 2 }
  if (letter === '\\' || letter === '"' || letter === "'") return { value: letter, length: 2 }
  const code = /^[0-9a-fA-F]{4}/.exec(text.slice(position + 2, position + 6))
  if (letter === 'u' && code) {
    return { value: String.fromCharCode(Number.parseInt(code[0], 16)), length: 6 }
  }
  throw new CalculationSyntaxError(
    'After a backslash come ", \', \\, n, t or u with four hexadecimal digits.',
    { position, length: Math.min(2, text.length - position) },
  )
}

function match(pattern: RegExp, text: string, position: number): string | null {
  pattern.lastIndex = position
  return pattern.exec(text)?.[0] ?? null
}
