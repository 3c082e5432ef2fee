/** What is checked for every declared resource, in one place: references, codes, fixed fields. */
import type { Reference, Resource } from '@countinghouse/contract/kit/resource.ts'
import { resources } from '@countinghouse/contract/operations.ts'
import { sql } from 'kysely'
import { InvalidInputError, type Problem } from '../errors.ts'
import type { Writer } from '../postgres/database.ts'
import { keyColumns, snakeCase } from './columns.ts'
import type { Stored } from './hooks.ts'
import { isUuid } from './page.ts'

/** Ids in the body that this organization does not have, and archived items chosen anew. */
export async function referenceProblems(
  writer: Writer,
  resource: Resource,
  organizationId: string,
  body: Record<string, unknown>,
  stored: Stored | null,
): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const reference of resource.references) {
    const values = valuesOf(body[reference.field])
    if (values.length === 0) continue
    const target = resourceNamed(reference.resource)
    const before = new Set(valuesOf((stored as Record<string, unknown> | null)?.[reference.field]))
    const found = await targetsOf(writer, target, reference, organizationId, values)
    const isList = Array.isArray(body[reference.field])
    values.forEach((value, index) => {
      const field = isList ? `${reference.field}[${index}]` : reference.field
      const problem = referenceProblem(
        target,
        reference,
        found.get(value),
        value,
        before.has(value),
      )
      if (problem !== null) problems.push({ field, message: problem })
    })
  }
  return problems
}

export async function uniqueCodeProblems(
  writer: Writer,
  resource: Resource,
  organizationId: string,
  body: Record<string, unknown>,
  id: string,
): Promise<Problem[]> {
  if (!resource.uniqueCode || typeof body.code !== 'string') return []
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(resource.table)}
    where organization_id = ${organizationId} and code = ${body.code} and id <> ${id} limit 1
  `.execute(writer)
  const [other] = rows
  if (other === undefined) return []
  const name = resource.title.one.toLowerCase()
  const message = `Another ${name} (${other.id}) has the code "${body.code}" already. Choose another code.`
  return [{ field: 'code', message }]
}

export function immutableProblems(
  resource: Resource,
  body: Record<string, unknown>,
  stored: Stored | null,
): Problem[] {
  if (stored === null) return []
  const before = stored as Record<string, unknown>
  return (resource.immutable ?? [])
    .filter((field) => canonical(body[field]) !== canonical(before[field]))
    .map((field) => ({
      field,
      message: `This cannot be changed after the ${resource.title.one.toLowerCase()} was created. Send ${canonical(before[field]) ?? 'nothing'}, or create another one.`,
    }))
}

const SHOWN_REFERRERS = 5

/** 400 listing what refers to the item; items declared `cascade` go with it. */
export async function refuseReferenced(
  writer: Writer,
  resource: Resource,
  organizationId: string,
  stored: Stored,
): Promise<void> {
  const problems: Problem[] = []
  for (const referrer of resources) {
    for (const reference of referrer.references) {
      if (reference.resource !== resource.name) continue
      if (reference.onDelete === 'cascade') {
        await removeReferrers(writer, referrer, reference, organizationId, stored)
      } else {
        problems.push(
          ...(await referrerProblems(writer, referrer, reference, organizationId, stored)),
        )
      }
    }
  }
  if (problems.length === 0) return
  const name = resource.title.one.toLowerCase()
  const users = problems.map(({ message }) => message).join('; ')
  throw new InvalidInputError(
    `This ${name} is still used by ${users}. Delete or change those first.`,
    problems,
    'STILL_REFERENCED',
  )
}

/** What refers to the item, with what would go with it when it is deleted; empty when nothing does. */
export async function referrersOf(
  writer: Writer,
  resource: Resource,
  organizationId: string,
  stored: Stored,
): Promise<Problem[]> {
  const found: Problem[] = []
  for (const referrer of resources) {
    for (const reference of referrer.references) {
      if (reference.resource !== resource.name) continue
      found.push(...(await referrerProblems(writer, referrer, reference, organizationId, stored)))
    }
  }
  return found
}

type Target = { key: string; archived: boolean }

async function targetsOf(
  writer: Writer,
  target: Resource,
  reference: Reference,
  organizationId: string,
  values: string[],
): Promise<Map<string, Target>> {
  const byCode = reference.by === 'code'
  const keys = byCode ? values : values.filter(isUuid)
  const key = byCode ? 'code' : 'id'
  const { rows } = await sql<Target>`
    select ${sql.ref(key)}::text as key, coalesce((body->>'archived')::boolean, false) as archived
    from ${sql.table(target.table)}
    where organization_id = ${organizationId}
      and ${sql.ref(key)} = any(${keys}::${sql.raw(byCode ? 'text' : 'uuid')}[])
  `.execute(writer)
  return new Map(rows.map((row) => [row.key, row]))
}

function referenceProblem(
  target: Resource,
  reference: Reference,
  found: Target | undefined,
  value: string,
  wasChosenBefore: boolean,
): string | null {
  const name = target.title.one.toLowerCase()
  if (found === undefined) {
    const key = reference.by === 'code' ? 'code' : 'id'
    return `There is no ${name} with the ${key} ${value} in this organization.`
  }
  if (found.archived && !wasChosenBefore) {
    return `The ${name} ${value} is archived and cannot be chosen anew.`
  }
  return null
}

async function referrerProblems(
  writer: Writer,
  referrer: Resource,
  reference: Reference,
  organizationId: string,
  stored: Stored,
): Promise<Problem[]> {
  const { rows } = await sql<{ id: string; label: string | null; total: string }>`
    select id, coalesce(body->>'name', body->>'code') as label, count(*) over () as total
    from ${sql.table(referrer.table)}
    where organization_id = ${organizationId}
      and ${refersTo(referrer, reference, stored)}
    order by sequence desc limit ${SHOWN_REFERRERS}
  `.execute(writer)
  const [first] = rows
  if (first === undefined) return []
  const total = Number(first.total)
  const { one, many } = referrer.title
  const title = (total === 1 ? one : many).toLowerCase()
  const shown = rows.map(({ id, label }) => (label === null ? id : `${label} (${id})`)).join(', ')
  const more = total > rows.length ? ' and others' : ''
  return [{ field: reference.field, message: `${total} ${title}: ${shown}${more}` }]
}

async function removeReferrers(
  writer: Writer,
  referrer: Resource,
  reference: Reference,
  organizationId: string,
  stored: Stored,
): Promise<void> {
  await sql`
    delete from ${sql.table(referrer.table)}
    where organization_id = ${organizationId} and ${refersTo(referrer, reference, stored)}
  `.execute(writer)
}

function refersTo(referrer: Resource, reference: Reference, stored: Stored) {
  const column = sql.ref(snakeCase(reference.field))
  const value = reference.by === 'code' ? (stored as Stored & { code?: string }).code : stored.id
  const isList = keyColumns(referrer).some(({ field, many }) => field === reference.field && many)
  return isList ? sql`${value ?? null} = any(${column})` : sql`${column} = ${value ?? null}`
}

export function resourceNamed(name: string): Resource {
  const found = resources.find((candidate) => candidate.name === name)
  if (found === undefined) throw new Error(`No resource is declared with the name ${name}`)
  return found
}

function valuesOf(value: unknown): string[] {
  if (value === undefined || value === null) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}

/** Text that is equal for equal JSON values, whatever the order of their keys. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )
}
