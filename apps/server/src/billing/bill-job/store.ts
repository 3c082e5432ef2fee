import type {
  BillJob,
  BillJobBody,
  BillJobStatus,
} from '@countinghouse/contract/billing/bill-job.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { OrganizationRef } from '../../kit/principal.ts'

/** `onlyLive` is said by scheduled runs only. */
export type JobRequest = BillJobBody & { onlyLive?: boolean }

export type BillJobRow = {
  id: string
  version: string
  sequence: string
  created_at: Date
  created_by: string
  modified_at: Date
  modified_by: string
  type: BillJob['type']
  status: BillJobStatus
  request: JobRequest
  total: number | null
  pending: number
  bill_ids: string[] | null
}

/** More bills than this are found through `GET /bills?billJobId=` only. */
const BILL_IDS_MAX = 1_000

const columns = sql`
  job.id, job.version, job.sequence, job.created_at, job.created_by, job.modified_at,
  job.modified_by, job.type, job.status, job.request, job.total,
  coalesce((select sum(pack.size)::integer
    from bill_job_pack pack
    where pack.organization_id = job.organization_id and pack.bill_job_id = job.id
      and not pack.is_done), 0) as pending`

/**
 * Of a job that has ended, because whoever waits for one asks again and again. As JSON, which takes
 * a tenth of the time of an array to read.
 */
const billIds = sql`
  (select json_agg(found.id order by found.sequence) from (
    select bill.id, bill.sequence from bill
    where bill.organization_id = job.organization_id and bill.bill_job_id = job.id
      and job.status in ('COMPLETE', 'CANCELLED')
    order by bill.sequence limit ${BILL_IDS_MAX}) found) as bill_ids`

export async function insertJob(
  writer: Writer,
  job: {
    organizationId: string
    id: string
    type: BillJob['type']
    request: JobRequest
    principalId: string
    now: number
  },
): Promise<void> {
  const at = new Date(job.now)
  await sql`
    insert into bill_job (organization_id, id, version, created_at, created_by, modified_at,
      modified_by, type, status, request)
    values (${job.organizationId}, ${job.id}, 1, ${at}, ${job.principalId}, ${at},
      ${job.principalId}, ${job.type}, 'PENDING', ${JSON.stringify(job.request)}::jsonb)
  `.execute(writer)
}

/** Two requests at the same moment must not both see the last free place. */
export async function countUnfinished(writer: Writer, organizationId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`bill jobs ${organizationId}`}, 0))`.execute(
    writer,
  )
  const { rows } = await sql<{ count: string }>`
    select count(*) as count from bill_job
    where organization_id = ${organizationId} and status in ('PENDING', 'INITIALIZING', 'RUNNING')
  `.execute(writer)
  return Number(rows[0]?.count ?? 0)
}

export async function readJob(
  reader: Reader,
  organizationId: string,
  id: string,
): Promise<BillJobRow | null> {
  const { rows } = await sql<BillJobRow>`
    select ${columns}, ${billIds} from bill_job job
    where job.organization_id = ${organizationId} and job.id = ${id}
  `.execute(reader)
  return rows[0] ?? null
}

export async function listJobs(
  reader: Reader,
  organizationId: string,
  filter: {
    active: boolean | null
    status: string | null
    after: string | null
    limit: number
    more: RawBuilder<unknown>[]
  },
): Promise<BillJobRow[]> {
  const conditions = [sql`job.organization_id = ${organizationId}`, ...filter.more]
  if (filter.after !== null) conditions.push(sql`job.sequence < ${filter.after}`)
  if (filter.status !== null) conditions.push(sql`job.status = ${filter.status}`)
  if (filter.active !== null) {
    conditions.push(sql`(job.status in ('PENDING', 'INITIALIZING', 'RUNNING')) = ${filter.active}`)
  }
  const { rows } = await sql<BillJobRow>`
    select ${columns}, ${billIds} from bill_job job
    where ${sql.join(conditions, sql` and `)}
    order by job.sequence desc limit ${filter.limit}
  `.execute(reader)
  return rows
}

/**
 * Moves an unfinished job on; false when it was finished or cancelled meanwhile, or runs already where
 * another runner is about to begin it.
 */
export async function moveJob(
  writer: Writer | Reader,
  organizationId: string,
  id: string,
  to: { status: BillJobStatus; total?: number; principalId: string; now: number },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update bill_job set status = ${to.status}, version = version + 1, touched_at = now(),
      total = coalesce(${to.total ?? null}::integer, total),
      modified_at = ${new Date(to.now)}, modified_by = ${to.principalId}
    where organization_id = ${organizationId} and id = ${id}
      and status in ('PENDING', 'INITIALIZING', 'RUNNING')
      and not (status = 'RUNNING' and ${to.status} = 'INITIALIZING')
    returning id
  `.execute(writer)
  return rows.length > 0
}

/** The status, which nobody else changes before the transaction ends. */
export async function holdJob(
  writer: Writer,
  organizationId: string,
  id: string,
): Promise<BillJobStatus | null> {
  const { rows } = await sql<{ status: BillJobStatus }>`
    select status from bill_job where organization_id = ${organizationId} and id = ${id} for update
  `.execute(writer)
  return rows[0]?.status ?? null
}

export async function organizationOf(reader: Reader, id: string): Promise<OrganizationRef> {
  const { rows } = await sql<OrganizationRef>`
    select id, number, name from organization where id = ${id}
  `.execute(reader)
  const [found] = rows
  if (found === undefined) throw new Error(`There is no organization ${id}`)
  return found
}

export type Pack = { number: number; accountIds: string[]; billIds: string[] | null }

/** Cuts all accounts, or those given, into packs; answers how many accounts there are. */
export async function insertAccountPacks(
  writer: Writer,
  organizationId: string,
  jobId: string,
  options: { accountIds: string[] | null; size: number },
): Promise<number> {
  const only =
    options.accountIds === null ? sql`true` : sql`id = any(${options.accountIds}::uuid[])`
  const { rows } = await sql<{ accounts: string }>`
    with pack as (
      insert into bill_job_pack (organization_id, bill_job_id, number, account_ids)
      select ${organizationId}::uuid, ${jobId}::uuid, number, array_agg(id order by id)
      from (select id, (row_number() over (order by id) - 1) / ${options.size}::integer as number
        from account where organization_id = ${organizationId} and ${only}) numbered
      group by number
      returning size as accounts)
    select coalesce(sum(accounts), 0) as accounts from pack
  `.execute(writer)
  return Number(rows[0]?.accounts ?? 0)
}

export async function insertBillPack(
  writer: Writer,
  organizationId: string,
  jobId: string,
  pack: { accountIds: string[]; billIds: string[] },
): Promise<void> {
  await sql`
    insert into bill_job_pack (organization_id, bill_job_id, number, account_ids, bill_ids)
    values (${organizationId}, ${jobId}, 0, ${pack.accountIds}::uuid[], ${pack.billIds}::uuid[])
  `.execute(writer)
}

/**
 * The next pack nobody works on; it stays claimed until the transaction ends. A runner that dies
 * leaves its pack undone and free, so another takes it (and every bill of it is written once).
 */
export async function claimPack(
  writer: Writer,
  organizationId: string,
  jobId: string,
): Promise<Pack | null> {
  const { rows } = await sql<{ number: number; account_ids: string[]; bill_ids: string[] | null }>`
    with claimed as (
      select pack.number from bill_job_pack pack
      where pack.organization_id = ${organizationId} and pack.bill_job_id = ${jobId}
        and not pack.is_done
        and exists (select 1 from bill_job job where job.organization_id = ${organizationId}
          and job.id = ${jobId} and job.status = 'RUNNING')
      order by pack.number limit 1 for update of pack skip locked)
    select pack.number, to_json(pack.account_ids) as account_ids, to_json(pack.bill_ids) as bill_ids
    from claimed join bill_job_pack pack on pack.organization_id = ${organizationId}
      and pack.bill_job_id = ${jobId} and pack.number = claimed.number
  `.execute(writer)
  const [row] = rows
  return row === undefined
    ? null
    : { number: row.number, accountIds: row.account_ids, billIds: row.bill_ids }
}

/** One account is calculated by one job at a time; a second one waits here (billing 2.3). */
export async function lockAccounts(
  writer: Writer,
  organizationId: string,
  accountIds: string[],
): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(id, 1))
    from (select ${organizationId}::text || id as id
      from unnest(${accountIds}::text[]) as given (id) order by id offset 0) sorted
  `.execute(writer)
}

/** False where another runner has finished it meanwhile. */
export async function finishPack(
  writer: Writer,
  organizationId: string,
  jobId: string,
  pack: { number: number; bills: number; failed: number },
): Promise<boolean> {
  const { rows } = await sql`
    update bill_job_pack set is_done = true, bills = ${pack.bills}, failed = ${pack.failed}
    where organization_id = ${organizationId} and bill_job_id = ${jobId} and number = ${pack.number}
      and not is_done
    returning number
  `.execute(writer)
  return rows.length > 0
}

/** Cuts a pack that is not done in two; the caller holds the job. */
export async function halvePack(
  writer: Writer,
  organizationId: string,
  jobId: string,
  { number, accountIds, billIds }: Pack,
): Promise<void> {
  const half = Math.ceil(accountIds.length / 2)
  await sql`
    with halved as (
      update bill_job_pack set account_ids = ${accountIds.slice(0, half)}::uuid[],
        bill_ids = ${billIds?.slice(0, half) ?? null}::uuid[]
      where organization_id = ${organizationId} and bill_job_id = ${jobId} and number = ${number}
        and not is_done and cardinality(account_ids) = ${accountIds.length}
      returning organization_id, bill_job_id)
    insert into bill_job_pack (organization_id, bill_job_id, number, account_ids, bill_ids)
    select organization_id, bill_job_id,
      (select max(pack.number) + 1 from bill_job_pack pack
        where pack.organization_id = ${organizationId} and pack.bill_job_id = ${jobId}),
      ${accountIds.slice(half)}::uuid[], ${billIds?.slice(half) ?? null}::uuid[]
    from halved
  `.execute(writer)
}

export type JobProgress = {
  open: number
  pending: number
  done: number
  bills: number
  failed: number
}

export async function progressOf(
  reader: Reader | Writer,
  organizationId: string,
  jobId: string,
): Promise<JobProgress> {
  const { rows } = await sql<Record<keyof JobProgress, string>>`
    select count(*) filter (where not is_done) as open,
      coalesce(sum(size) filter (where not is_done), 0) as pending,
      coalesce(sum(size) filter (where is_done), 0) as done,
      coalesce(sum(bills), 0) as bills, coalesce(sum(failed), 0) as failed
    from bill_job_pack where organization_id = ${organizationId} and bill_job_id = ${jobId}
  `.execute(reader)
  const [row] = rows
  return {
    open: Number(row?.open ?? 0),
    pending: Number(row?.pending ?? 0),
    done: Number(row?.done ?? 0),
    bills: Number(row?.bills ?? 0),
    failed: Number(row?.failed ?? 0),
  }
}

/** Whether any of the bills that the job calculated last was made since it was started. */
export async function hasMadeBills(
  reader: Reader,
  organizationId: string,
  jobId: string,
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select 1 from bill
      join bill_job job on job.organization_id = bill.organization_id and job.id = bill.bill_job_id
      where bill.organization_id = ${organizationId} and bill.bill_job_id = ${jobId}
        and bill.created_at >= job.created_at) as found
  `.execute(reader)
  return rows[0]?.found === true
}

export async function touchJob(reader: Reader, organizationId: string, id: string): Promise<void> {
  await sql`
    update bill_job set touched_at = now() where organization_id = ${organizationId} and id = ${id}
  `.execute(reader)
}

/** Unfinished jobs on which nothing has happened for a while: their runner died. */
export async function abandonedJobs(
  reader: Reader,
  seconds: number,
): Promise<{ organizationId: string; id: string }[]> {
  const { rows } = await sql<{ organization_id: string; id: string }>`
    select organization_id, id from bill_job
    where status in ('PENDING', 'INITIALIZING', 'RUNNING')
      and touched_at < now() - make_interval(secs => ${seconds})
  `.execute(reader)
  return rows.map((row) => ({ organizationId: row.organization_id, id: row.id }))
}
