/** Checks what a request brings against its schemas and reports everything wrong with it at once. */
import { isDay } from '@countinghouse/engine/time/calendar.ts'
import type { TObject, TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import Format from 'typebox/format'
import { Settings } from 'typebox/system'
import { InvalidInputError, type Problem } from '../errors.ts'
import { problemsOf } from './problem-text.ts'

// A body's problems are all told, not only the first few.
Settings.Set({ maxErrors: 200 })

// The format of the library lets the year 0 pass, which no store can keep.
Format.Set('date', isDay)

const compiled = new WeakMap<TSchema, Validator>()

/** Problems of a value against a schema, each with its path; none when it fits. */
export function check(schema: TSchema, value: unknown): Problem[] {
  const validator = validatorOf(schema)
  return validator.Check(value) ? [] : problemsOf(validator.Errors(value), value)
}

/** `text` is the body as it was sent, if it was JSON. */
export function checkBody(schema: TSchema, body: unknown, text = ''): unknown {
  if (body === undefined) {
    throw new InvalidInputError('This call needs a JSON body.', undefined, 'BODY_MISSING')
  }
  refuse(check(schema, body), 'The body')
  // JSON can only spell such characters with an escape, which hardly any body holds.
  if (text === '' || UNSTORABLE_ESCAPE.test(text)) refuse(textProblems(body), 'The body')
  return body
}

/** Query parameters are text: numbers, booleans and lists become what their schema says. */
export function checkQuery(schema: TObject, query: unknown): unknown {
  refuse(repeated(schema, query as Query), 'The query')
  const converted = validatorOf(schema).Convert(withLists(schema, query as Query))
  refuse(check(schema, converted), 'The query')
  refuse(textProblems(converted), 'The query')
  return converted
}

export function checkParams(schema: TObject, params: unknown): unknown {
  refuse(check(schema, params), 'The path')
  refuse(textProblems(params), 'The path')
  return params
}

const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f])/i
const UNSTORABLE =
  'This text holds a character that cannot be stored: U+0000 or half of a surrogate pair. Take it out.'

/** Texts, keys too, that are no Unicode text or hold the one character that PostgreSQL cannot store. */
function textProblems(value: unknown): Problem[] {
  const problems: Problem[] = []
  const open: { field: string; value: unknown }[] = [{ field: '', value }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { field, value } = next
    if (typeof value === 'string') {
      if (!isStorable(value)) problems.push({ field, message: UNSTORABLE })
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if (!isStorable(key)) problems.push({ field, message: UNSTORABLE })
        const at = Array.isArray(value) ? `[${key}]` : field === '' ? key : `.${key}`
        open.push({ field: `${field}${at}`, value: item })
      }
    }
  }
  return problems
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

type Query = Record<string, string | string[]>

/**
 * Lists may come repeated (`ids=a&ids=b`) or with commas (`ids=a,b`). A parameter without a value is
 * as good as left out: the SDKs write null that way.
 */
function withLists(schema: TObject, query: Query): Record<string, unknown> {
  const given = Object.entries(query).filter(([, value]) => value !== '')
  return Object.fromEntries(
    given.map(([key, value]) => {
      const property: { type?: unknown } | undefined = schema.properties[key]
      if (property?.type === 'array')
        return [key, [value].flat().flatMap((part) => part.split(','))]
      if (Array.isArray(value)) return [key, value.join(',')]
      return [key, value]
    }),
  )
}

/** Of two numbers for one thing neither is surely the one that was meant. */
function repeated(schema: TObject, query: Query): Problem[] {
  const once = new Set(['integer', 'number', 'boolean'])
  return Object.entries(schema.properties)
    .filter(([key, { type }]: [string, { type?: unknown }]) => {
      return Array.isArray(query[key]) && once.has(String(type))
    })
    .map(([field]) => ({ field, message: 'is there more than once. Send it once.' }))
}

function validatorOf(schema: TSchema): Validator {
  const known = compiled.get(schema)
  if (known !== undefined) return known
  const validator = Compile(schema)
  compiled.set(schema, validator)
  return validator
}

function refuse(problems: Problem[], part: string): void {
  const [first, ...others] = problems
  if (first === undefined) return
  const subject = first.field === '' ? part : first.field
  const more = others.length === 0 ? '' : ` (${others.length} more in errors)`
  throw new InvalidInputError(`${subject}: ${first.message}${more}`, problems)
}
