/** Creating, replacing and deleting declared resources, inside the caller's transaction. */
import { randomUUIDv7 } from 'node:crypto'
import {
  accountReference,
  type Resource,
  responseOf,
} from '@countinghouse/contract/kit/resource.ts'
import { sql } from 'kysely'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { ResourceBinding } from '../area.ts'
import { InvalidInputError, type Problem, refuseProblems } from '../errors.ts'
import { eventDto, recordEvent } from '../outbox/outbox.ts'
import type { Writer } from '../postgres/database.ts'
import {
  immutableProblems,
  referenceProblems,
  refuseReferenced,
  resourceNamed,
  uniqueCodeProblems,
} from './checks.ts'
import { keyColumns, type ResourceRow, toStored } from './columns.ts'
import type { AnswerOf, BodyOf, Scope, Stored } from './hooks.ts'
import { isUuid } from './page.ts'
import { notFound, present } from './read.ts'

/** Checks and stores a new item. `body` has passed the schema; unknown fields are dropped. */
export async function create<R extends Resource>(
  writer: Writer,
  binding: ResourceBinding<R>,
  scope: Scope,
  body: BodyOf<R>,
): Promise<AnswerOf<R>> {
  const { resource } = binding
  const id = randomUUIDv7()
  const checked = await checkedBody(writer, binding, scope, id, body, null)
  const columns = keyColumns(resource)
  const { rows } = await translateConflict(
    resource,
    checked,
    sql<ResourceRow>`
      insert into ${sql.table(resource.table)} (
        organization_id, id, version, created_at, created_by, modified_at, modified_by, body
        ${sql.join(
          columns.map(({ column }) => sql`, ${sql.ref(column)}`),
          sql``,
        )}
      ) values (
        ${scope.organizationId}, ${id}, 1, ${new Date(scope.now)}, ${scope.principalId},
        ${new Date(scope.now)}, ${scope.principalId}, ${JSON.stringify(checked)}::jsonb
        ${sql.join(
          columns.map(({ field }) => sql`, ${checked[field] ?? null}`),
          sql``,
        )}
      ) returning id, version, sequence, created_at, created_by, modified_at, modified_by, body
    `.execute(writer),
  )
  const answer = await presentRow(writer, binding, scope, rows)
  await announce(writer, binding, scope, 'created', { newDto: answer })
  return answer
}

/** Replaces an item; fields left out are cleared. `body.version` must be the stored one. */
export async function update<R extends Resource>(
  writer: Writer,
  binding: ResourceBinding<R>,
  scope: Scope,
  id: string,
  body: BodyOf<R> & { version?: number },
): Promise<AnswerOf<R>> {
  const { resource } = binding
  const stored = await lock(writer, resource, scope, id)
  checkVersion(resource, stored, body.version)
  const checked = await checkedBody(writer, binding, scope, id, body, stored)
  const [before] = await present(writer, binding, scope.organizationId, [stored])
  const assignments = keyColumns(resource).map(
    ({ field, column }) => sql`, ${sql.ref(column)} = ${checked[field] ?? null}`,
  )
  const { rows } = await translateConflict(
    resource,
    checked,
    sql<ResourceRow>`
      update ${sql.table(resource.table)} set
        version = version + 1, modified_at = ${new Date(scope.now)},
        modified_by = ${scope.principalId}, body = ${JSON.stringify(checked)}::jsonb
        ${sql.join(assignments, sql``)}
      where organization_id = ${scope.organizationId} and id = ${id}
      returning id, version, sequence, created_at, created_by, modified_at, modified_by, body
    `.execute(writer),
  )
  const answer = await presentRow(writer, binding, scope, rows)
  await announce(writer, binding, scope, 'updated', { oldDto: before, newDto: answer })
  return answer
}

/** Deletes an item unless something refers to it; answers with what was deleted. */
export async function remove<R extends Resource>(
  writer: Writer,
  binding: ResourceBinding<R>,
  scope: Scope,
  id: string,
): Promise<AnswerOf<R>> {
  const { resource, hooks } = binding
  const stored = await lock(writer, resource, scope, id)
  await refuseReferenced(writer, resource, scope.organizationId, stored)
  await hooks.beforeDelete?.({ writer, scope, stored })
  const [answer] = (await present(writer, binding, scope.organizationId, [stored])) as [AnswerOf<R>]
  await translateReferenced(
    resource,
    sql`
      delete from ${sql.table(resource.table)}
      where organization_id = ${scope.organizationId} and id = ${id}
    `.execute(writer),
  )
  await announce(writer, binding, scope, 'deleted', { oldDto: answer })
  return answer
}

/** The stored item, held against other writers until the transaction ends; 404 without it. */
export async function lock(
  writer: Writer,
  resource: Resource,
  scope: { organizationId: string },
  id: string,
): Promise<Stored> {
  if (!isUuid(id)) throw notFound(resource, id)
  const { rows } = await sql<ResourceRow>`
    select id, version, sequence, created_at, created_by, modified_at, modified_by, body
    from ${sql.table(resource.table)}
    where organization_id = ${scope.organizationId} and id = ${id} for update
  `.execute(writer)
  const [row] = rows
  if (row === undefined) throw notFound(resource, id)
  return toStored(row)
}

/** 400 naming both versions: the SDK would silently repeat a 409 (metering 1.2). */
export function checkVersion(
  named: { title: { one: string } },
  stored: { version: number },
  sent: number | undefined,
): void {
  if (sent === stored.version) return
  const name = named.title.one.toLowerCase()
  const message =
    sent === undefined
      ? `Send the version of the ${name} that you changed. It is ${stored.version} now.`
      : `The ${name} is at version ${stored.version} now, and your change was made to version ${sent}. Read it again, then change it.`
  throw new InvalidInputError(message, [{ field: 'version', message }], 'VERSION_MISMATCH')
}

async function checkedBody<R extends Resource>(
  writer: Writer,
  { resource, hooks }: ResourceBinding<R>,
  scope: Scope,
  id: string,
  sent: BodyOf<R>,
  stored: Stored | null,
): Promise<Record<string, unknown>> {
  const body = Value.Clean(resource.body, structuredClone(sent)) as Record<string, unknown>
  const problems: Problem[] = [
    ...immutableProblems(resource, body, stored),
    ...(await referenceProblems(writer, resource, scope.organizationId, body, stored)),
    ...(await uniqueCodeProblems(writer, resource, scope.organizationId, body, id)),
  ]
  const replaced = await hooks.beforeWrite?.({ writer, scope, id, body, stored, problems })
  refuseProblems(problems)
  return replaced ?? body
}

async function presentRow<R extends Resource>(
  writer: Writer,
  binding: ResourceBinding<R>,
  scope: Scope,
  rows: ResourceRow[],
): Promise<AnswerOf<R>> {
  const [answer] = await present(writer, binding, scope.organizationId, rows.map(toStored))
  return answer as AnswerOf<R>
}

/** Two creates of one code at the same moment: the database decides, and the loser is told. */
async function translateConflict<Result>(
  resource: Resource,
  body: Record<string, unknown>,
  result: Promise<Result>,
): Promise<Result> {
  try {
    return await result
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '23503') {
      throw new InvalidInputError(
        `Something that the ${resource.title.one.toLowerCase()} refers to was deleted at the same moment. Choose again.`,
      )
    }
    if (code !== '23505' || !resource.uniqueCode) throw error
    const message = `Another ${resource.title.one.toLowerCase()} has the code "${body.code}" already.`
    throw new InvalidInputError(`code: ${message}`, [{ field: 'code', message }])
  }
}

/** What refers to the item without being a declared resource, such as a bill, or only since now. */
async function translateReferenced<Result>(
  resource: Resource,
  result: Promise<Result>,
): Promise<Result> {
  try {
    return await result
  } catch (error) {
    const { code, table = 'something' } = error as { code?: string; table?: string }
    if (code !== '23503') throw error
    const name = resource.title.one.toLowerCase()
    const user = table.replaceAll('_', ' ')
    throw new InvalidInputError(
      `This ${name} cannot be deleted: at least one ${user} still refers to it.`,
      undefined,
      'STILL_REFERENCED',
    )
  }
}

async function announce<R extends Resource>(
  writer: Writer,
  { resource }: ResourceBinding<R>,
  scope: Scope,
  verb: 'created' | 'updated' | 'deleted',
  change: { oldDto?: unknown; newDto?: unknown },
): Promise<void> {
  if (resource.event === null) return
  const answerSchema = responseOf(resource as Resource) as TSchema
  const dto = async (value: unknown) => ({
    ...eventDto(answerSchema, scope.organizationId, value),
    ...(await ownerOf(writer, resource, scope, value as Owned)),
  })
  const entity = (change.newDto ?? change.oldDto) as Owned & { id: string }
  await recordEvent(writer, {
    organizationId: scope.organizationId,
    name: `${resource.event}.${verb}`,
    at: scope.now,
    principalId: scope.principalId,
    resourceId: entity.id,
    ...(await accountOf(writer, resource, scope, entity)),
    ...(change.newDto === undefined ? {} : { newDto: await dto(change.newDto) }),
    ...(change.oldDto === undefined ? {} : { oldDto: await dto(change.oldDto) }),
  })
}

type Owned = { accountId?: string }

/** The account that it names, or for which what it names was made, as the custom plan of a price. */
async function accountOf(
  writer: Writer,
  { references }: Resource,
  { organizationId }: Scope,
  entity: Owned & Record<string, unknown>,
): Promise<{ accountId?: string }> {
  if (isUuid(entity.accountId)) return { accountId: entity.accountId }
  for (const { field, resource: name } of references) {
    const id = entity[field]
    const named = resourceNamed(name)
    if (!isUuid(id) || accountReference(named) === undefined) continue
    const { rows } = await sql<{ account_id: string | null }>`
      select account_id from ${sql.table(named.table)}
      where organization_id = ${organizationId} and id = ${id}
    `.execute(writer)
    const [row] = rows
    if (row?.account_id) return { accountId: row.account_id }
  }
  return {}
}

/** Events tell the code of the account as well, which readers know it by (integrations 8.1). */
async function ownerOf(
  writer: Writer,
  resource: Resource,
  { organizationId }: Scope,
  { accountId }: Owned,
): Promise<{ accountCode?: string }> {
  const reference = accountReference(resource)
  if (reference === undefined || accountId === undefined) return {}
  const { rows } = await sql<{ code: string }>`
    select code from ${sql.table(resourceNamed(reference.resource).table)}
    where organization_id = ${organizationId} and id = ${accountId}
  `.execute(writer)
  return rows[0] === undefined ? {} : { accountCode: rows[0].code }
}
