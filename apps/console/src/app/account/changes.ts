/** What is different between two states of one thing, named as its form names it. */
import type { TSchema } from 'typebox'

/** Absent stays undefined; `schema` says what kind of value it is. */
export type Change = { label: string; schema: TSchema; before: unknown; after: unknown }

type Described = TSchema & {
  title?: string
  type?: string
  properties?: Record<string, TSchema>
  patternProperties?: Record<string, TSchema>
}

type Values = Readonly<Record<string, unknown>>

/** Every field of the schema that differs, fields inside objects each for itself, in the order of the schema. */
export function changesOf(schema: TSchema, before: Values, after: Values): Change[] {
  const { properties = {} } = schema as Described
  return Object.entries(properties).flatMap(([key, inner]) =>
    changesAt(inner, labelOf(inner, key), before[key], after[key]),
  )
}

function changesAt(schema: TSchema, label: string, before: unknown, after: unknown): Change[] {
  if (isSame(before, after)) return []
  const { properties, patternProperties } = schema as Described
  if (properties) return changesOf(schema, valuesOf(before), valuesOf(after))
  if (patternProperties) {
    const [inner = {}] = Object.values(patternProperties)
    const [own, next] = [valuesOf(before), valuesOf(after)]
    return [...new Set([...Object.keys(own), ...Object.keys(next)])].flatMap((key) =>
      changesAt(inner, key, own[key], next[key]),
    )
  }
  return [{ label, schema, before: before ?? undefined, after: after ?? undefined }]
}

function labelOf(schema: TSchema, key: string): string {
  return (schema as Described).title ?? key
}

function valuesOf(value: unknown): Values {
  return value !== null && typeof value === 'object' ? (value as Values) : {}
}

/** What was never sent and what was taken away are both nothing. */
function isSame(before: unknown, after: unknown): boolean {
  return JSON.stringify(before ?? null) === JSON.stringify(after ?? null)
}
