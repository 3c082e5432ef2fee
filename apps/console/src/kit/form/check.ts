/** Checks a form against its contract schema and says in words what to change. No code generation: the content security policy forbids it. */
import type { TSchema } from 'typebox'
import type { TLocalizedValidationError } from 'typebox/error'
import { Errors } from 'typebox/value'
import { mapExact, schemaAt } from '../api/exact-json.ts'

export type Problems = Record<string, string>

const DECIMAL = /^-?\d+(\.\d+)?$/

/** What is sent: empty inputs are left out, so that the server sees "not given". */
export function toBody(values: unknown): Record<string, unknown> {
  return (withoutEmpty(values) ?? {}) as Record<string, unknown>
}

function withoutEmpty(value: unknown): unknown {
  if (value === '' || value === null || value === undefined) return undefined
  if (Array.isArray(value)) return value.map((item) => withoutEmpty(item) ?? {})
  if (typeof value === 'object') {
    const kept = Object.entries(value).flatMap(([key, member]) => {
      const inner = withoutEmpty(member)
      return inner === undefined ? [] : [[key, inner]]
    })
    return Object.fromEntries(kept)
  }
  return typeof value === 'string' ? value.trim() : value
}

/** Problems by form path (`dataFields.0.code`). */
export function problemsOf(schema: TSchema, values: unknown): Problems {
  const checkable = mapExact(toBody(values), schema, (value) =>
    typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value,
  )
  const problems: Problems = {}
  for (const error of Errors(schema, checkable)) {
    for (const path of pathsOf(error)) problems[path] ??= sentence(error, schemaAt(schema, path))
  }
  return problems
}

/** `dataFields[0].code` of an answer, `/dataFields/0/code` of the checker, both as form path. */
export function toFormPath(field: string): string {
  return field
    .replace(/\[(\d+)\]/g, '.$1')
    .replace(/^\//, '')
    .replaceAll('/', '.')
}

function pathsOf(error: TLocalizedValidationError): string[] {
  const at = toFormPath(error.instancePath)
  if (error.keyword !== 'required') return [at]
  return error.params.requiredProperties.map((key) => (at === '' ? key : `${at}.${key}`))
}

function sentence(error: TLocalizedValidationError, schema: TSchema | undefined): string {
  const about = (schema as { description?: string } | undefined)?.description
  switch (error.keyword) {
    case 'required':
      return 'Fill this in.'
    case 'minLength':
      return error.params.limit === 1
        ? 'Fill this in.'
        : `At least ${error.params.limit} characters.`
    case 'maxLength':
      return `At most ${error.params.limit} characters.`
    case 'minimum':
      return `Not below ${error.params.limit}.`
    case 'maximum':
      return `Not above ${error.params.limit}.`
    case 'exclusiveMinimum':
      return `More than ${error.params.limit}.`
    case 'exclusiveMaximum':
      return `Less than ${error.params.limit}.`
    case 'minItems':
      return error.params.limit === 1 ? 'Add at least one.' : `Add at least ${error.params.limit}.`
    case 'maxItems':
      return `At most ${error.params.limit}.`
    case 'enum':
      return 'Choose one of the list.'
    case 'format':
      return formatSentence(error.params.format)
    case 'type':
      return typeSentence(String(error.params.type))
    case 'pattern':
      return about ? `This does not fit. ${about}` : 'This does not fit.'
    default:
      return error.message
  }
}

function formatSentence(format: string): string {
  if (format === 'email') return 'Write a full e-mail address, such as ada@example.com.'
  if (format === 'date' || format === 'date-time') return 'Choose a date.'
  if (format === 'uuid') return 'Choose one of the list.'
  return `This is not a valid ${format}.`
}

function typeSentence(type: string): string {
  if (type === 'number') return 'Write a number, with a point before decimals.'
  if (type === 'integer') return 'Write a whole number.'
  return 'Fill this in.'
}
