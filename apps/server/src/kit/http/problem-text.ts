/** Sentences for what a schema finds wrong. */
import type { TLocalizedValidationError } from 'typebox/error'
import type { Problem } from '../errors.ts'

export function problemsOf(errors: TLocalizedValidationError[], value: unknown): Problem[] {
  // A union reports every branch; its own line says enough.
  const unions = errors
    .filter((error) => error.keyword === 'anyOf')
    .map((error) => error.schemaPath)
  const plain = errors.filter(
    (error) => !unions.some((path) => error.schemaPath.startsWith(`${path}/`)),
  )
  const problems = plain.flatMap((error) => tell(error, value))
  const seen = new Set<string>()
  return problems.filter(({ field, message }) => {
    const key = `${field}\n${message}`
    return !seen.has(key) && seen.add(key)
  })
}

function tell(error: TLocalizedValidationError, value: unknown): Problem[] {
  const field = fieldOf(error.instancePath)
  switch (error.keyword) {
    case 'required':
      return error.params.requiredProperties.map((name) => ({
        field: field === '' ? name : `${field}.${name}`,
        message: 'is required.',
      }))
    case 'boolean':
      // Of each value that is one too many, which the next line tells of all together.
      return []
    case 'additionalProperties':
      // Objects take any name; only lists of named values bound its length.
      return error.params.additionalProperties.map((name) => ({
        field,
        message: `must have names of 1 to 256 characters, and one has ${[...name].length}.`,
      }))
    default:
      return [{ field, message: sentence(error, valueAt(value, error.instancePath)) }]
  }
}

function sentence(error: TLocalizedValidationError, given: unknown): string {
  switch (error.keyword) {
    case 'type':
      return `must be ${kinds(error.params.type)}, not ${kindOf(given)}.`
    case 'enum':
      return `must be one of ${error.params.allowedValues.join(', ')}.`
    case 'const':
      return `must be ${JSON.stringify(error.params.allowedValue)}.`
    case 'format':
      return FORMATS[error.params.format] ?? `must be a valid ${error.params.format}.`
    case 'pattern':
      return 'has characters that are not allowed here.'
    case 'minLength':
      return error.params.limit === 1
        ? 'must not be empty.'
        : `must have at least ${error.params.limit} characters.`
    case 'maxLength':
      return `must have at most ${error.params.limit} characters.`
    case 'minItems':
      return `must have at least ${count(error.params.limit, 'entry', 'entries')}.`
    case 'maxItems':
      return `must have at most ${count(error.params.limit, 'entry', 'entries')}.`
    case 'maxProperties':
      return `must have at most ${count(error.params.limit, 'entry', 'entries')}.`
    case 'minimum':
      return `must be ${error.params.limit} or more.`
    case 'maximum':
      return `must be ${error.params.limit} or less.`
    case 'exclusiveMinimum':
      return `must be more than ${error.params.limit}.`
    case 'exclusiveMaximum':
      return `must be less than ${error.params.limit}.`
    case 'uniqueItems':
      return 'must not have the same entry twice.'
    case 'anyOf':
      return 'has none of the shapes that are allowed here.'
    default:
      return `${error.message}.`
  }
}

const FORMATS: Record<string, string> = {
  uuid: 'must be an id (a UUID such as 6f1c2d3e-0000-4000-8000-000000000000).',
  'date-time': 'must be an instant with its zone, such as 2024-06-01T00:00:00Z.',
  date: 'must be a day such as 2024-06-01.',
  email: 'must be an e-mail address.',
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}

function kinds(types: string | string[]): string {
  return [types].flat().map(withArticle).join(' or ')
}

function withArticle(type: string): string {
  if (type === 'string') return 'text'
  if (type === 'integer') return 'a whole number'
  if (type === 'boolean') return 'true or false'
  if (type === 'array') return 'a list'
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number') return `${value}`
  return withArticle(typeof value)
}

/** `/dataFields/0/code` becomes `dataFields[0].code`. */
function fieldOf(pointer: string): string {
  return stepsOf(pointer).reduce((path, step) => {
    if (/^\d+$/.test(step)) return `${path}[${step}]`
    return path === '' ? step : `${path}.${step}`
  }, '')
}

function valueAt(value: unknown, pointer: string): unknown {
  return stepsOf(pointer).reduce<unknown>(
    (inner, step) => (inner as Record<string, unknown> | null | undefined)?.[step],
    value,
  )
}

function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}
