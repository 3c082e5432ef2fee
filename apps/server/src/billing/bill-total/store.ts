/** Sums over bills, made where the bills are. */
import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../kit/postgres/database.ts'

export type TotalRow = { currency: string; bills: string; total: string; is_open: boolean }

type Of = { organizationId: string; now: number; visible: RawBuilder<unknown>[] }

const figures = (now: number) => sql`
  currency, count(*) as bills, sum(total) as total, bool_or(ends_at > ${new Date(now)}) as is_open
`

export async function countPending(
  reader: Reader,
  { organizationId, visible }: Of,
): Promise<number> {
  const { rows } = await sql<{ bills: string }>`
    select count(*) as bills from bill
    where organization_id = ${organizationId} and status = 'PENDING' and ${all(visible)}
  `.execute(reader)
  return Number(rows[0]?.bills)
}

/** Of the latest date there is, the currency with most bills first. */
export async function latestTotals(
  reader: Reader,
  { organizationId, now, visible }: Of,
): Promise<(TotalRow & { bill_date: string })[]> {
  const { rows } = await sql<TotalRow & { bill_date: string }>`
    select bill_date, ${figures(now)} from bill
    where organization_id = ${organizationId} and ${all(visible)} and bill_date = (
      select max(bill_date) from bill
      where organization_id = ${organizationId} and ${all(visible)})
    group by bill_date, currency order by bills desc, currency
  `.execute(reader)
  return rows
}

/** This month and the twelve before it; a bill counts in the month its period begins in. */
export async function monthlyTotals(
  reader: Reader,
  { organizationId, now, visible }: Of,
): Promise<(TotalRow & { month: string })[]> {
  const { rows } = await sql<TotalRow & { month: string }>`
    select date_trunc('month', start_date)::date as month, ${figures(now)} from bill
    where organization_id = ${organizationId} and ${all(visible)}
      and start_date >= date_trunc('month', ${new Date(now)}::timestamptz at time zone 'UTC')
        - interval '12 months'
    group by month, currency order by month, currency
  `.execute(reader)
  return rows
}

/** Of the bills that a job calculated last, the currency with most bills first. */
export async function totalsOfJob(
  reader: Reader,
  organizationId: string,
  jobId: string,
): Promise<{ currency: string; bills: string; total: string; account_id: string }[]> {
  const { rows } = await sql<Awaited<ReturnType<typeof totalsOfJob>>[number]>`
    select currency, count(*) as bills, sum(total) as total, min(account_id::text) as account_id
    from bill where organization_id = ${organizationId} and bill_job_id = ${jobId}
    group by currency order by bills desc, currency
  `.execute(reader)
  return rows
}

function all(conditions: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join([sql`true`, ...conditions], sql` and `)
}
