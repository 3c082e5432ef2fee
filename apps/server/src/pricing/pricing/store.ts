import type { PricingBody } from '@countinghouse/contract/pricing/pricing.ts'
import { sql } from 'kysely'
import { activeDuring } from '../../kit/active-range.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import { isUuid } from '../../kit/resource/page.ts'
import type { Overlapping } from './rules.ts'

/** Writers of prices of one plan or template wait for each other until the transaction ends. */
export async function lockOwner(writer: Writer, ownerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`pricing:${ownerId}`}, 0))`.execute(
    writer,
  )
}

/**
 * Segments that were checked are still there when the price is stored: whoever changes the
 * aggregation waits. Prices do not wait for each other.
 */
export async function holdMeasured(
  writer: Writer,
  organizationId: string,
  table: 'aggregation' | 'compound_aggregation',
  ids: string[],
): Promise<void> {
  await sql`
    select id from ${sql.table(table)}
    where organization_id = ${organizationId} and id = any(${ids.filter(isUuid)}::uuid[])
    order by id for share
  `.execute(writer)
}

/** Other pricings of the same owner, aggregation, segment and type that count at the same time. */
export async function overlapping(
  writer: Writer,
  organizationId: string,
  pricing: { id: string; body: PricingBody },
): Promise<Overlapping[]> {
  const { id, body } = pricing
  const { rows } = await sql<{ id: string; body: PricingBody }>`
    select id, body from pricing
    where organization_id = ${organizationId} and id <> ${id}
      and owner_id = ${body.planId ?? body.planTemplateId ?? null}
      and measured_id = ${body.aggregationId ?? body.compoundAggregationId ?? null}
      and type = ${body.type ?? 'DEBIT'}
      and segment_key = md5(${JSON.stringify(body.segment ?? {})}::jsonb::text)
      and ${activeDuring(body)}
    order by active limit 1
  `.execute(writer)
  return rows.map((row) => ({
    id: row.id,
    startDate: row.body.startDate,
    endDate: row.body.endDate,
  }))
}

export type PricingRow = { id: string; sequence: string; body: PricingBody }

/** All pricings of the organization, or only those of these plans and templates, by creation. */
export async function selectPricings(
  reader: Reader,
  organizationId: string,
  ownerIds: string[] | null,
): Promise<PricingRow[]> {
  const only = ownerIds === null ? sql`` : sql`and owner_id = any(${ownerIds}::uuid[])`
  const { rows } = await sql<PricingRow>`
    select id, sequence, body from pricing
    where organization_id = ${organizationId} ${only} order by sequence
  `.execute(reader)
  return rows
}
