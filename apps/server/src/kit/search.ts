/**
 * The little query language of the search calls (pricing 4.3): terms `field op value` joined by `$`,
 * such as `name~Premium On$currency:USD`. Each search lists the fields that may be named.
 */
import { parseInstant } from '@countinghouse/engine/time/instant.ts'
import { type RawBuilder, sql } from 'kysely'
import { InvalidInputError } from './errors.ts'
import { isUuid } from './resource/page.ts'

export type SearchField =
  | {
      /** `texts` and `ids` take comma lists; `day` is a calendar day, `instant` a moment. */
      kind: 'text' | 'texts' | 'id' | 'ids' | 'instant' | 'day' | 'number' | 'boolean'
      /** What the database compares. */
      expression: RawBuilder<unknown>
    }
  /** Several texts at once, in small letters: found where a word of one of them starts with the value. */
  | { kind: 'words'; condition: (patterns: RawBuilder<unknown>) => RawBuilder<unknown> }

export type SearchFields = Record<string, SearchField>

const OPERATORS = ['>=', '<=', '>', '<', ':', '~'] as const
type Operator = (typeof OPERATORS)[number]

const WORD_ENDS = [' ', '-', '\\_', '.', '/']

/** The condition of a query; always true for an empty one. */
export function searchCondition(
  searchQuery: string | undefined,
  operator: 'AND' | 'OR' | undefined,
  fields: SearchFields,
): RawBuilder<unknown> {
  const terms = (searchQuery ?? '').split('$').filter((term) => term.trim() !== '')
  if (terms.length === 0) return sql`true`
  const conditions = terms.map((term) => termCondition(term, fields))
  return sql`(${sql.join(conditions, operator === 'OR' ? sql` or ` : sql` and `)})`
}

/** `order by`; ties and empty values in the order of creation, newest first. */
export function searchOrder(
  sortBy: string | undefined,
  sortOrder: 'ASC' | 'DESC' | undefined,
  fields: SearchFields,
): RawBuilder<unknown> {
  const name = sortBy ?? 'dtCreated'
  const field = own(fields, name)
  if (field === undefined || !isSortable(field)) {
    const sortable = names(fields, isSortable)
    throw refusal('sortBy', `"${name}" cannot be sorted by. Use one of ${sortable}.`)
  }
  const direction = sortOrder === 'ASC' ? sql`asc` : sql`desc`
  // The number of creation has an index; the instant has none and says the same.
  if (name === 'dtCreated') return sql`order by sequence ${direction}`
  return sql`order by ${field.expression} ${direction} nulls last, sequence desc`
}

/** How many to leave out; beyond what the database can count there is nothing either. */
export function offsetOf(fromDocument: number | undefined): number {
  return Math.min(fromDocument ?? 0, Number.MAX_SAFE_INTEGER)
}

function termCondition(term: string, fields: SearchFields): RawBuilder<unknown> {
  const match = /^\s*([A-Za-z0-9_]+)\s*(>=|<=|>|<|:|~)(.*)$/s.exec(term)
  if (match === null) {
    throw refusal(
      'searchQuery',
      `"${term}" is no term. Write field, operator and value, such as name~Premium; operators are ${OPERATORS.join(' ')}.`,
    )
  }
  const [, name = '', operator, sent = ''] = match
  const field = own(fields, name)
  if (field === undefined) {
    throw refusal('searchQuery', `"${name}" cannot be searched. Use one of ${names(fields)}.`)
  }
  return comparison(name, field, operator as Operator, sent.trim())
}

function comparison(
  name: string,
  field: SearchField,
  operator: Operator,
  value: string,
): RawBuilder<unknown> {
  if (field.kind === 'words') {
    if (operator !== '~') throw operatorRefusal(name, operator, '~')
    return field.condition(wordStarts(value.toLowerCase()))
  }
  const { kind, expression } = field
  switch (kind) {
    case 'text':
      return textComparison(sql`lower(${expression})`, operator, value.toLowerCase())
    case 'id':
      // As an id it is found by the index.
      if (operator === ':') return anyOf('ids', expression, value)
      return textComparison(sql`${expression}::text`, operator, value.toLowerCase())
    case 'texts':
    case 'ids':
      if (operator !== ':') throw operatorRefusal(name, operator, ':')
      return anyOf(kind, expression, value)
    case 'instant':
      return ordered(name, expression, operator, () => sql`${instantOf(name, value)}::timestamptz`)
    case 'day':
      return ordered(name, expression, operator, () => sql`${value}::text`)
    case 'number':
      return ordered(name, expression, operator, () => sql`${numberOf(name, value)}::numeric`)
    case 'boolean':
      if (operator !== ':') throw operatorRefusal(name, operator, ':')
      return sql`coalesce(${expression}, false) = ${value.toLowerCase() === 'true'}`
    default:
      return unknownKind(kind)
  }
}

/** Case does not matter; `~` finds what starts with the value. */
function textComparison(
  expression: RawBuilder<unknown>,
  operator: Operator,
  value: string,
): RawBuilder<unknown> {
  if (operator === ':') return sql`${expression} = ${value}`
  if (operator === '~') return sql`${expression} like ${startingWith(value)}`
  return sql`${expression} ${sql.raw(operator)} ${value}`
}

function startingWith(value: string): string {
  return `${value.replace(/[\\%_]/g, '\\$&')}%`
}

/** Patterns for `like any`: at the start, and after what stands between words of names and codes. */
function wordStarts(value: string): RawBuilder<unknown> {
  const start = startingWith(value)
  return sql`${[start, ...WORD_ENDS.map((end) => `%${end}${start}`)]}::text[]`
}

function ordered(
  name: string,
  expression: RawBuilder<unknown>,
  operator: Operator,
  value: () => RawBuilder<unknown>,
): RawBuilder<unknown> {
  if (operator === '~') throw operatorRefusal(name, operator, ': > >= < <=')
  return sql`${expression} ${sql.raw(operator === ':' ? '=' : operator)} ${value()}`
}

function anyOf(kind: 'texts' | 'ids', expression: RawBuilder<unknown>, value: string) {
  const values = value.split(',').map((part) => part.trim())
  return kind === 'ids'
    ? sql`${expression} = any(${values.filter(isUuid)}::uuid[])`
    : sql`lower(${expression}) = any(${values.map((part) => part.toLowerCase())}::text[])`
}

function instantOf(name: string, value: string): Date {
  try {
    return new Date(parseInstant(/^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : value))
  } catch {
    throw refusal('searchQuery', `${name} is a moment. Write it like 2024-06-01T00:00:00Z.`)
  }
}

function numberOf(name: string, value: string): string {
  if (/^-?\d{1,40}(\.\d{1,40})?$/.test(value)) return value
  throw refusal('searchQuery', `${name} is a number; "${value}" is none.`)
}

type SortableField = Extract<SearchField, { expression: unknown }>

function isSortable(field: SearchField): field is SortableField {
  return field.kind !== 'ids' && field.kind !== 'texts' && field.kind !== 'words'
}

function own(fields: SearchFields, name: string): SearchField | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

function names(fields: SearchFields, suits: (field: SearchField) => boolean = () => true): string {
  return Object.entries(fields)
    .filter(([, field]) => suits(field))
    .map(([name]) => name)
    .join(', ')
}

function operatorRefusal(name: string, operator: Operator, allowed: string): InvalidInputError {
  return refusal('searchQuery', `${name} cannot be compared with ${operator}. Use ${allowed}.`)
}

function refusal(field: string, message: string): InvalidInputError {
  return new InvalidInputError(`${field}: ${message}`, [{ field, message }])
}

function unknownKind(kind: never): never {
  throw new Error(`Unknown kind of search field: ${String(kind)}`)
}
