import { randomUUIDv7 } from 'node:crypto'
import type { AccountBody } from '@countinghouse/contract/accounts/account.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import { type ResourceRow, toStored } from '../../kit/resource/columns.ts'
import type { Stamps } from '../../kit/resource/hooks.ts'
import type { SearchFields } from '../../kit/search.ts'
import type { AccountName } from '../../metering/measurement/service/meter-schema.ts'

/** The fields of pricing 4.3, and two that people look by: words, and the currency of the bills. */
export function searchFields(organizationId: string): SearchFields {
  return {
    name: { kind: 'text', expression: sql`(body ->> 'name')` },
    code: { kind: 'text', expression: sql`code` },
    currency: { kind: 'text', expression: sql`currency` },
    billingCurrency: {
      kind: 'text',
      expression: sql`coalesce(currency, (
        select configuration.body ->> 'currency' from organization_configuration as configuration
        where configuration.organization_id = ${organizationId}))`,
    },
    purchaseOrderNumber: { kind: 'text', expression: sql`(body ->> 'purchaseOrderNumber')` },
    parentAccountId: { kind: 'id', expression: sql`parent_account_id` },
    codes: { kind: 'texts', expression: sql`code` },
    id: { kind: 'id', expression: sql`id` },
    ids: { kind: 'ids', expression: sql`id` },
    createdBy: { kind: 'text', expression: sql`created_by` },
    lastModifiedBy: { kind: 'text', expression: sql`modified_by` },
    dtCreated: { kind: 'instant', expression: sql`created_at` },
    dtLastModified: { kind: 'instant', expression: sql`modified_at` },
    words: {
      kind: 'words',
      condition: (patterns) => sql`(
        lower(body ->> 'name') like any(${patterns}) or lower(code) like any(${patterns}))`,
    },
  }
}

export async function search(
  reader: Reader,
  organizationId: string,
  question: { conditions: RawBuilder<unknown>[]; order: RawBuilder<unknown> },
  page: { offset: number; limit: number },
): Promise<(Stamps & AccountBody)[]> {
  const { rows } = await sql<ResourceRow>`
    select id, version, sequence, created_at, created_by, modified_at, modified_by, body
    from account
    where ${sql.join([sql`organization_id = ${organizationId}`, ...question.conditions], sql` and `)}
    ${question.order} limit ${page.limit} offset ${page.offset}
  `.execute(reader)
  return rows.map((row) => toStored(row) as Stamps & AccountBody)
}

export function childOf(parentId: string): RawBuilder<unknown> {
  return sql`parent_account_id = ${parentId}`
}

/** An account as other areas know it; `number` is its short id in the event store. */
export type AccountRow = {
  id: string
  number: number
  sequence: string
  code: string
  body: AccountBody
}

type Key = 'id' | 'code' | 'number'
const keyTypes = { id: 'uuid', code: 'text', number: 'integer' } as const

export async function selectAccounts(
  reader: Reader,
  organizationId: string,
  key: Key,
  values: (string | number)[],
): Promise<AccountRow[]> {
  if (values.length === 0) return []
  const { rows } = await sql<AccountRow>`
    select id, number, sequence, code, body from account
    where organization_id = ${organizationId}
      and ${sql.ref(key)} = any(${values}::${sql.raw(keyTypes[key])}[])
    order by sequence
  `.execute(reader)
  return rows
}

/** What an answer says of accounts: reading their whole bodies would take longer than the rest. */
export async function selectNames(
  reader: Reader,
  organizationId: string,
  key: Key,
  values: (string | number)[],
): Promise<AccountName[]> {
  if (values.length === 0) return []
  const { rows } = await sql<AccountName>`
    select id, number, code, body ->> 'name' as name from account
    where organization_id = ${organizationId}
      and ${sql.ref(key)} = any(${values}::${sql.raw(keyTypes[key])}[])
  `.execute(reader)
  return rows
}

/** Accounts in the order of their creation, in pages for jobs over all of them. */
export async function selectAccountsAfter(
  reader: Reader,
  organizationId: string,
  after: string | null,
  limit: number,
): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select id, number, sequence, code, body from account
    where organization_id = ${organizationId} and sequence > ${after ?? '0'}
    order by sequence limit ${limit}
  `.execute(reader)
  return rows
}

/**
 * Codes that may differ from these only by case. Letters with several small forms, such as the two
 * of the Greek sigma, are found by way of their capital; so the caller has to look again.
 */
export async function similarCodes(
  reader: Reader,
  organizationId: string,
  codes: string[],
): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select code from account
    where organization_id = ${organizationId} and lower(code) = any(array(
      select unnest(array[wanted, lower(wanted), lower(upper(wanted))])
      from unnest(${codes}::text[]) as wanted))
  `.execute(reader)
  return rows.map(({ code }) => code)
}

/**
 * New accounts, without those whose code exists: somebody else may be making the same ones now. The
 * codes come in one order, so that two such transactions wait for each other and never deadlock.
 */
export async function insertMissing(
  writer: Writer,
  scope: { organizationId: string; principalId: string; now: number },
  bodies: AccountBody[],
): Promise<(Stamps & AccountBody)[]> {
  const rows = [...bodies]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map((body) => ({ id: randomUUIDv7(), code: body.code, body }))
  const now = new Date(scope.now)
  const inserted = await sql<ResourceRow>`
    insert into account (organization_id, id, version, created_at, created_by, modified_at,
      modified_by, code, body)
    select ${scope.organizationId}, row.id, 1, ${now}, ${scope.principalId}, ${now},
      ${scope.principalId}, row.code, row.body
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as row (id uuid, code text, body jsonb)
    order by row.code collate "C"
    on conflict (organization_id, code) do nothing
    returning id, version, sequence, created_at, created_by, modified_at, modified_by, body
  `.execute(writer)
  return inserted.rows.map((row) => toStored(row) as Stamps & AccountBody)
}
