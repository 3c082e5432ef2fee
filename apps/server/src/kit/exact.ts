/**
 * Exact numbers at the border. A field declared with `decimal()` is a JSON number on the wire and
 * its digits as text in the program; neither way does it pass through a double.
 */
import { decimal, digits } from '@countinghouse/engine/money/decimal.ts'
import type { TSchema } from 'typebox'
import type { Problem } from './errors.ts'

/** What the two JSON functions can do that the library's types do not say yet. */
type ExactJson = {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown
  rawJSON(text: string): unknown
}

const exactJson = JSON as unknown as ExactJson

/**
 * A checked body with every exact field as its plain digits (`1.5e3` becomes `1500`). `text` is
 * the body as sent. Numbers that are too long to keep are reported, not cut.
 */
export function fromWire(
  schema: TSchema,
  checked: unknown,
  text: string,
): { body: unknown; problems: Problem[] } {
  if (!hasExact(schema)) return { body: checked, problems: [] }
  const problems: Problem[] = []
  const sources = exactJson.parse(text, (_key, value, { source }) =>
    typeof value === 'number' ? (source ?? String(value)) : value,
  )
  const body = walk(schema, checked, sources, '', (value, source, field) => {
    if (typeof value !== 'number' && typeof value !== 'string') return value
    try {
      return digits(decimal(String(source)))
    } catch {
      problems.push({ field, message: 'This number has too many digits; at most 60 are kept.' })
      return value
    }
  })
  return { body, problems }
}

/** An answer whose exact fields are written as the numbers they are, digit by digit. */
export function toWire(schema: TSchema, answer: unknown): unknown {
  if (!hasExact(schema)) return answer
  return walk(schema, answer, answer, '', (value) =>
    typeof value === 'string' ? exactJson.rawJSON(value) : value,
  )
}

/** A JSON number of exactly these digits, for answers whose fields no schema can name. */
export function exactNumber(plainDigits: string): unknown {
  return exactJson.rawJSON(plainDigits)
}

/** Stored JSON to be answered as it is: its numbers keep their digits on the way through. */
export function exactDocument(text: string): unknown {
  return exactJson.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined ? exactJson.rawJSON(source) : value,
  )
}

type Visit = (value: unknown, source: unknown, field: string) => unknown
type Node = TSchema & {
  exact?: boolean
  properties?: Record<string, TSchema>
  patternProperties?: Record<string, TSchema>
  additionalProperties?: TSchema | boolean
  items?: TSchema
  anyOf?: TSchema[]
  allOf?: TSchema[]
}

/** Copies what it changes; what holds no exact field is handed on as it is. */
function walk(schema: Node, value: unknown, source: unknown, field: string, visit: Visit): unknown {
  if (value === null || value === undefined || !hasExact(schema)) return value
  if (schema.exact === true) return visit(value, source, field)
  const branches = schema.allOf ?? schema.anyOf
  if (branches !== undefined) {
    // NOTE: a union of an exact number and text would be ambiguous; the contract has none.
    return branches.reduce(
      (current: unknown, branch) => walk(branch, current, source, field, visit),
      value,
    )
  }
  if (Array.isArray(value)) {
    const items = schema.items
    if (items === undefined) return value
    return value.map((item, index) =>
      walk(items, item, childOf(source, index), `${field}[${index}]`, visit),
    )
  }
  if (typeof value !== 'object') return value
  if (hasNamesOnly(schema)) return walkNamed(schema, value, source, field, visit)
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const child = propertyOf(schema, key)
      const path = field === '' ? key : `${field}.${key}`
      return [key, child ? walk(child, item, childOf(source, key), path, visit) : item]
    }),
  )
}

/** The usual object: its few exact properties are known by name, all others stay as they are. */
function walkNamed(
  schema: Node,
  value: object,
  source: unknown,
  field: string,
  visit: Visit,
): unknown {
  const copy: Record<string, unknown> = { ...value }
  for (const [key, child] of exactProperties(schema)) {
    if (!Object.hasOwn(copy, key)) continue
    const path = field === '' ? key : `${field}.${key}`
    copy[key] = walk(child, copy[key], childOf(source, key), path, visit)
  }
  return copy
}

function hasNamesOnly(schema: Node): boolean {
  return schema.patternProperties === undefined && typeof schema.additionalProperties !== 'object'
}

const exactOnes = new WeakMap<TSchema, [key: string, child: TSchema][]>()

function exactProperties(schema: Node): [key: string, child: TSchema][] {
  const before = exactOnes.get(schema)
  if (before !== undefined) return before
  const found = Object.entries(schema.properties ?? {}).filter(([, child]) => hasExact(child))
  exactOnes.set(schema, found)
  return found
}

function childOf(source: unknown, key: string | number): unknown {
  return (source as Record<string | number, unknown> | null | undefined)?.[key]
}

function propertyOf(schema: Node, key: string): TSchema | undefined {
  const named = schema.properties?.[key]
  if (named !== undefined) return named
  const pattern = Object.values(schema.patternProperties ?? {})[0]
  if (pattern !== undefined) return pattern
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined
}

const known = new WeakMap<TSchema, boolean>()

function hasExact(schema: Node): boolean {
  const before = known.get(schema)
  if (before !== undefined) return before
  known.set(schema, false)
  const found = schema.exact === true || childrenOf(schema).some(hasExact)
  known.set(schema, found)
  return found
}

function childrenOf(schema: Node): TSchema[] {
  const { properties, patternProperties, additionalProperties, items, anyOf, allOf } = schema
  return [
    ...Object.values(properties ?? {}),
    ...Object.values(patternProperties ?? {}),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
    ...(items ? [items] : []),
    ...(anyOf ?? []),
    ...(allOf ?? []),
  ]
}
