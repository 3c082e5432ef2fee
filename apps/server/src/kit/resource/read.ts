/** Reading declared resources: one item, a page, or many at once for services. */
import type { Resource } from '@countinghouse/contract/kit/resource.ts'
import { type RawBuilder, sql } from 'kysely'
import type { ResourceBinding } from '../area.ts'
import { InvalidInputError, NotFoundError } from '../errors.ts'
import type { Reader } from '../postgres/database.ts'
import { type KeyColumn, keyColumns, type ResourceRow, snakeCase, toStored } from './columns.ts'
import type { AnswerOf, Stored, StoredOf } from './hooks.ts'
import { fromToken, isUuid, manyOf, type Page, pageSizeOf, toPage } from './page.ts'

/** One item as the API answers it; 404 when the organization has none of that id. */
export async function read<R extends Resource>(
  reader: Reader,
  binding: ResourceBinding<R>,
  organizationId: string,
  id: string,
): Promise<AnswerOf<R>> {
  const { resource } = binding
  const [stored] = isUuid(id) ? await storedBy(reader, resource, organizationId, 'id', [id]) : []
  if (stored === undefined) throw notFound(resource, id)
  const [answer] = await present(reader, binding, organizationId, [stored])
  return answer as AnswerOf<R>
}

/** A page of items, newest first, with the declared filters and what a store adds to them. */
export async function list<R extends Resource>(
  reader: Reader,
  binding: ResourceBinding<R>,
  organizationId: string,
  query: Record<string, unknown>,
  more: RawBuilder<unknown>[] = [],
): Promise<Page<AnswerOf<R>>> {
  const { resource } = binding
  const pageSize = pageSizeOf(query.pageSize as number | undefined, resource.maxPageSize)
  const after = fromToken(query.nextToken as string | undefined)
  const conditions = [
    sql`organization_id = ${organizationId}`,
    ...(after === null ? [] : [sql`sequence < ${after}`]),
    ...filterConditions(resource, query),
    ...more,
  ]
  const { rows } = await sql<ResourceRow>`
    select id, version, sequence, created_at, created_by, modified_at, modified_by, body
    from ${sql.table(resource.table)}
    where ${sql.join(conditions, sql` and `)}
    order by sequence desc limit ${pageSize + 1}
  `.execute(reader)
  const found = toPage(rows, pageSize, (shown) => shown.map(toStored))
  return { ...found, data: await present(reader, binding, organizationId, found.data) }
}

/** Stored items by id, for services; ids that do not exist are left out. */
export async function readMany<R extends Resource>(
  reader: Reader,
  resource: R,
  organizationId: string,
  ids: string[],
): Promise<Map<string, StoredOf<R>>> {
  const items = await storedBy(reader, resource, organizationId, 'id', ids.filter(isUuid))
  return new Map(items.map((item) => [item.id, item as StoredOf<R>]))
}

/** Stored items of which a key column has one of the values, oldest first. */
export async function readBy<R extends Resource>(
  reader: Reader,
  resource: R,
  organizationId: string,
  field: string,
  values: string[],
): Promise<StoredOf<R>[]> {
  const items = await storedBy(reader, resource, organizationId, field, values)
  return items as StoredOf<R>[]
}

/** Every stored item of the organization, oldest first; only for collections that stay small. */
export async function readAll<R extends Resource>(
  reader: Reader,
  resource: R,
  organizationId: string,
): Promise<StoredOf<R>[]> {
  const { rows } = await sql<ResourceRow>`
    select id, version, sequence, created_at, created_by, modified_at, modified_by, body
    from ${sql.table(resource.table)} where organization_id = ${organizationId} order by sequence
  `.execute(reader)
  return rows.map((row) => toStored(row) as StoredOf<R>)
}

/** Adds the computed fields. */
export async function present<R extends Resource>(
  reader: Reader,
  { hooks }: ResourceBinding<R>,
  organizationId: string,
  items: Stored[],
): Promise<AnswerOf<R>[]> {
  if (hooks.present === undefined || items.length === 0) return items as AnswerOf<R>[]
  const computed = await hooks.present(reader, { organizationId }, items)
  return items.map((item, index) => ({ ...item, ...computed[index] })) as AnswerOf<R>[]
}

export function notFound(resource: Resource, id: string): NotFoundError {
  const name = resource.title.one.toLowerCase()
  return new NotFoundError(`There is no ${name} with the id ${id} in this organization.`)
}

async function storedBy(
  reader: Reader,
  resource: Resource,
  organizationId: string,
  field: string,
  values: string[],
): Promise<Stored[]> {
  if (values.length === 0) return []
  const type = field === 'id' ? 'uuid' : columnType(resource, field)
  const { rows } = await sql<ResourceRow>`
    select id, version, sequence, created_at, created_by, modified_at, modified_by, body
    from ${sql.table(resource.table)}
    where organization_id = ${organizationId}
      and ${sql.ref(snakeCase(field))} = any(${values}::${sql.raw(type)}[])
    order by sequence
  `.execute(reader)
  return rows.map(toStored)
}

function columnType(resource: Resource, field: string): KeyColumn['type'] {
  const column = keyColumns(resource).find((candidate) => candidate.field === field)
  if (column === undefined) throw new Error(`${resource.name} has no column for ${field}`)
  return column.type
}

const MAX_IDS = 200

function filterConditions(resource: Resource, query: Record<string, unknown>) {
  const conditions: RawBuilder<unknown>[] = []
  const ids = manyOf(query.ids)
  if (ids !== undefined) {
    if (ids.length > MAX_IDS) {
      const message = `At most ${MAX_IDS} ids at once; ${ids.length} were sent.`
      throw new InvalidInputError(`ids: ${message}`, [{ field: 'ids', message }])
    }
    conditions.push(sql`id = any(${ids.filter(isUuid)}::uuid[])`)
  }
  for (const filter of resource.filters) {
    const values =
      filter.kind === 'many' ? manyOf(query[filter.query]) : oneValue(query[filter.query])
    const key = keyColumns(resource).find(({ field }) => field === filter.field)
    if (values === undefined || key === undefined) continue
    const unknown = values.find((value) => value !== 'true' && value !== 'false')
    if (key.type === 'boolean' && unknown !== undefined) {
      const message = `"${unknown}" is neither true nor false.`
      throw new InvalidInputError(`${filter.query}: ${message}`, [{ field: filter.query, message }])
    }
    const stored = sql.ref(key.column)
    // A switch that was never set is off.
    const column = key.type === 'boolean' && !key.many ? sql`coalesce(${stored}, false)` : stored
    // Values that cannot be an id match nothing, as unknown ids do.
    const usable = key.type === 'uuid' ? values.filter(isUuid) : values
    conditions.push(
      key.many
        ? sql`${column} && ${usable}::${sql.raw(key.type)}[]`
        : sql`${column} = any(${usable}::${sql.raw(key.type)}[])`,
    )
  }
  return conditions
}

function oneValue(value: unknown): string[] | undefined {
  return value === undefined || value === '' ? undefined : [String(value)]
}
