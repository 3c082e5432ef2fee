/** Which fields of a resource stand in columns of their own, and how a row becomes an item. */
import type { Resource } from '@countinghouse/contract/kit/resource.ts'
import type { TSchema } from 'typebox'
import type { Stored } from './hooks.ts'

export type ResourceRow = {
  id: string
  version: string
  sequence: string
  created_at: Date
  created_by: string
  modified_at: Date
  modified_by: string
  body: Record<string, unknown>
}

export type KeyColumn = {
  field: string
  column: string
  type: 'uuid' | 'boolean' | 'text'
  /** The field holds a list; the column is an array. */
  many: boolean
}

/**
 * `code`, the references and the filtered fields; everything else lives in `body`. A computed field
 * that is filtered is stored by the hook that knows it, such as the product of a plan.
 */
export function keyColumns(resource: Resource): KeyColumn[] {
  const known = columnsOf.get(resource)
  if (known !== undefined) return known
  const fields = new Set([
    ...('code' in resource.body.properties ? ['code'] : []),
    ...resource.references.map(({ field }) => field),
    ...resource.filters.map(({ field }) => field),
  ])
  const columns = [...fields]
    .filter((field) => field in resource.body.properties || field in resource.computed.properties)
    .map((field) => ({ field, column: snakeCase(field), ...typeOf(resource, field) }))
  columnsOf.set(resource, columns)
  return columns
}

export function snakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

export function toStored(row: ResourceRow): Stored {
  return {
    ...row.body,
    id: row.id,
    version: Number(row.version),
    dtCreated: row.created_at.toISOString(),
    dtLastModified: row.modified_at.toISOString(),
    createdBy: row.created_by,
    lastModifiedBy: row.modified_by,
  }
}

const columnsOf = new WeakMap<Resource, KeyColumn[]>()

function typeOf(resource: Resource, field: string): Pick<KeyColumn, 'type' | 'many'> {
  const declared = (resource.body.properties[field] ??
    resource.computed.properties[field]) as FieldSchema
  const many = declared.type === 'array'
  const { type, format } = many ? (declared.items ?? {}) : declared
  if (format === 'uuid') return { type: 'uuid', many }
  return { type: type === 'boolean' ? 'boolean' : 'text', many }
}

type FieldSchema = TSchema & { type?: string; format?: string; items?: FieldSchema }
