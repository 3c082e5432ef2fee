/**
 * JSON without loss. Reading: a number that a double holds exactly stays a number, any other one
 * arrives as its own digits. Writing: fields that the contract calls exact decimals go out as the
 * digits the person typed. Show such values only through kit/format.
 */
import type { TSchema } from 'typebox'

export type Numeric = number | string

type SourceContext = { source?: string }

export function parseExact(text: string): unknown {
  return JSON.parse(text, ((_key: string, value: unknown, context?: SourceContext) =>
    typeof value === 'number' && context?.source !== undefined && !fitsDouble(context.source)
      ? context.source
      : value) as Parameters<typeof JSON.parse>[1])
}

/** Fifteen significant digits always survive the way into a double and back. */
function fitsDouble(source: string): boolean {
  const mantissa = (source.split(/[eE]/)[0] ?? '').replace(/[-.]/g, '').replace(/^0+/, '')
  return mantissa.length <= 15
}

const DECIMAL = /^-?\d+(\.\d+)?$/

/** Writes a body; decimal text under an exact schema becomes a bare JSON number. */
export function encodeExact(value: unknown, schema?: TSchema): string {
  if (value === null) return 'null'
  if (typeof value === 'string') {
    return isExact(schema) && DECIMAL.test(value) ? value : JSON.stringify(value)
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => encodeExact(item ?? null, part(schema, 'items'))).join(',')}]`
  }
  if (typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    const written = members.map(
      ([key, member]) => `${JSON.stringify(key)}:${encodeExact(member, memberSchema(schema, key))}`,
    )
    return `{${written.join(',')}}`
  }
  return JSON.stringify(value)
}

/** Applies `change` to every exact decimal of a value, by its schema; leaves the rest as it is. */
export function mapExact(
  value: unknown,
  schema: TSchema | undefined,
  change: (value: Numeric) => unknown,
): unknown {
  if (isExact(schema)) {
    return typeof value === 'string' || typeof value === 'number' ? change(value) : value
  }
  if (Array.isArray(value))
    return value.map((item) => mapExact(item, part(schema, 'items'), change))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        key,
        mapExact(member, memberSchema(schema, key), change),
      ]),
    )
  }
  return value
}

/** Alternatives are merged: the first one that knows the part says what it is. */
function alternatives(schema: TSchema | undefined): Record<string, unknown>[] {
  if (!schema) return []
  const own = schema as Record<string, unknown>
  const nested = [own['anyOf'], own['allOf'], own['oneOf']].flatMap((list) =>
    Array.isArray(list) ? list.flatMap((item: TSchema) => alternatives(item)) : [],
  )
  return [own, ...nested]
}

export function isExact(schema: TSchema | undefined): boolean {
  return alternatives(schema).some((each) => each['exact'] === true)
}

function part(schema: TSchema | undefined, key: string): TSchema | undefined {
  return alternatives(schema).find((each) => each[key])?.[key] as TSchema | undefined
}

export function memberSchema(schema: TSchema | undefined, key: string): TSchema | undefined {
  for (const each of alternatives(schema)) {
    const found = (each['properties'] as Record<string, TSchema> | undefined)?.[key]
    if (found) return found
    const rest = each['additionalProperties']
    if (typeof rest === 'object' && rest !== null) return rest as TSchema
  }
  return undefined
}

/** The schema at a form path such as `dataFields.0.code`. */
export function schemaAt(schema: TSchema, path: string): TSchema | undefined {
  return path
    .split('.')
    .reduce<TSchema | undefined>(
      (at, key) =>
        /^\d+$/.test(key) && part(at, 'items') ? part(at, 'items') : memberSchema(at, key),
      schema,
    )
}
