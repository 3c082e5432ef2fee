/** Bill jobs: made here, worked off by run.ts. */
import { randomUUID } from 'node:crypto'
import {
  type BillJob,
  type BillJobBody,
  billJobBody,
  billJob as billJobSchema,
  UNFINISHED_JOBS_MAX,
} from '@countinghouse/contract/billing/bill-job.ts'
import type { RawBuilder } from 'kysely'
import { Value } from 'typebox/value'
import { readAccounts } from '../../accounts/service.ts'
import type { Context } from '../../context.ts'
import {
  InvalidInputError,
  NotFoundError,
  type Problem,
  refuseProblems,
  TooManyRequestsError,
} from '../../kit/errors.ts'
import { eventDto, recordEvent } from '../../kit/outbox/outbox.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { Scope } from '../../kit/resource/hooks.ts'
import { fromToken, isUuid, type Page, pageSizeOf, toPage } from '../../kit/resource/page.ts'
import { reportTask, startTask } from '../../kit/task/task.ts'
import { billsToRecalculate } from '../bill/service/recalculable.ts'
import { toBillJob } from './mapping.ts'
import { jobProblems } from './rules.ts'
import {
  countUnfinished,
  insertBillPack,
  insertJob,
  type JobRequest,
  listJobs,
  moveJob,
  readJob,
} from './store.ts'

export const RUN_QUEUE = 'run-bill-job'

/** Pages for lists of jobs may be as long as for declared resources. */
const PAGE_SIZE_MAX = 100

export async function createBillJob(
  context: Context,
  writer: Writer,
  scope: Scope,
  body: BillJobBody,
): Promise<BillJob> {
  refuseProblems(jobProblems(body))
  refuseProblems(await accountProblems(writer, scope.organizationId, body.accountIds ?? []))
  // What is not declared would be kept with the job: no client may send settings of our own.
  const { version: _version, ...request } = Value.Clean(
    billJobBody,
    structuredClone(body),
  ) as BillJobBody
  return startJob(context, writer, scope, { type: 'CREATE', request, title: titleOf(request) })
}

/** A run that nobody asked for: what is open now, or the periods that ended today (billing 2.6). */
export async function createScheduledJob(
  context: Context,
  writer: Writer,
  scope: Scope,
  lastDateInBillingPeriod: string | null,
): Promise<BillJob> {
  const request = lastDateInBillingPeriod === null ? {} : { lastDateInBillingPeriod }
  return startJob(context, writer, scope, {
    type: 'CREATE',
    request: { ...request, onlyLive: true },
    title: `Scheduled: ${titleOf(request)}`,
  })
}

export async function recalculateBills(
  context: Context,
  writer: Writer,
  scope: Scope,
  billIds: string[],
): Promise<BillJob> {
  const bills = await billsToRecalculate(writer, scope.organizationId, billIds)
  const count = bills.length === 1 ? '1 bill' : `${bills.length} bills`
  const title = `Recalculation of ${count}`
  const job = await startJob(context, writer, scope, { type: 'RECALCULATE', request: {}, title })
  await insertBillPack(writer, scope.organizationId, job.id, {
    accountIds: bills.map((bill) => bill.accountId),
    billIds: bills.map((bill) => bill.id),
  })
  return readBillJob(writer, scope.organizationId, job.id)
}

export async function readBillJob(
  reader: Reader,
  organizationId: string,
  id: string,
): Promise<BillJob> {
  const row = isUuid(id) ? await readJob(reader, organizationId, id) : null
  if (row === null) {
    throw new NotFoundError(`There is no bill job with the id ${id} in this organization.`)
  }
  return toBillJob(row)
}

export async function listBillJobs(
  reader: Reader,
  organizationId: string,
  query: { pageSize?: number; nextToken?: string; active?: string; status?: string },
  more: RawBuilder<unknown>[],
): Promise<Page<BillJob>> {
  const pageSize = pageSizeOf(query.pageSize, PAGE_SIZE_MAX)
  const rows = await listJobs(reader, organizationId, {
    active: query.active === undefined ? null : query.active === 'true',
    status: query.status ?? null,
    after: fromToken(query.nextToken),
    limit: pageSize + 1,
    more,
  })
  return toPage(rows, pageSize, (shown) => shown.map(toBillJob))
}

/** Bills that were calculated stay; the pack in work is finished first (billing 2.3). */
export async function cancelBillJob(writer: Writer, scope: Scope, id: string): Promise<BillJob> {
  const before = await readBillJob(writer, scope.organizationId, id)
  const moved = await moveJob(writer, scope.organizationId, id, { status: 'CANCELLED', ...scope })
  if (!moved) {
    throw new InvalidInputError(
      `This job is ${before.status === 'COMPLETE' ? 'complete' : 'cancelled'} already; only a running one can be cancelled.`,
    )
  }
  await reportTask(writer, scope.organizationId, id, { status: 'CANCELLED', at: scope.now })
  const after = await readBillJob(writer, scope.organizationId, id)
  await announce(writer, scope, 'updated', after, before)
  return after
}

export async function announce(
  writer: Writer,
  scope: Scope,
  verb: 'created' | 'updated',
  job: BillJob,
  before?: BillJob,
): Promise<void> {
  const dto = (of: BillJob) => {
    const { billIds: _billIds, ...small } = of
    return eventDto(billJobSchema, scope.organizationId, small)
  }
  await recordEvent(writer, {
    organizationId: scope.organizationId,
    name: `billing.billjob.${verb}`,
    at: scope.now,
    principalId: scope.principalId,
    resourceId: job.id,
    newDto: dto(job),
    ...(before && { oldDto: dto(before) }),
  })
}

async function accountProblems(
  reader: Reader,
  organizationId: string,
  ids: string[],
): Promise<Problem[]> {
  const found = await readAccounts(reader, organizationId, ids)
  const known = new Set(found.map(({ id }) => id))
  return ids.flatMap((id, index) =>
    known.has(id.toLowerCase())
      ? []
      : [{ field: `accountIds[${index}]`, message: `There is no account with the id ${id}.` }],
  )
}

async function startJob(
  context: Context,
  writer: Writer,
  scope: Scope,
  job: { type: BillJob['type']; request: JobRequest; title: string },
): Promise<BillJob> {
  const { organizationId } = scope
  const unfinished = await countUnfinished(writer, organizationId)
  if (unfinished >= UNFINISHED_JOBS_MAX) {
    throw new TooManyRequestsError(
      `${unfinished} bill jobs are unfinished already, and ${UNFINISHED_JOBS_MAX} may be. Wait until one completes, or cancel one.`,
      10,
    )
  }
  const id = randomUUID()
  await insertJob(writer, { ...scope, id, type: job.type, request: job.request })
  await startTask(writer, {
    organizationId,
    id,
    kind: 'billJob',
    title: job.title,
    entity: { type: 'billJob', id },
    startedBy: scope.principalId,
    at: scope.now,
  })
  const created = await readBillJob(writer, organizationId, id)
  await announce(writer, scope, 'created', created)
  await context.jobs.send(RUN_QUEUE, { organizationId, billJobId: id }, { writer })
  return created
}

function titleOf({ billingFrequency, lastDateInBillingPeriod, billDate }: BillJobBody): string {
  const which = billingFrequency === undefined ? 'Bills' : `${words[billingFrequency]} bills`
  if (lastDateInBillingPeriod !== undefined) return `${which} up to ${lastDateInBillingPeriod}`
  return billDate === undefined ? `${which} of the current period` : `${which} of ${billDate}`
}

const words = {
  DAILY: 'Daily',
  WEEKLY: 'Weekly',
  MONTHLY: 'Monthly',
  ANNUALLY: 'Yearly',
  AD_HOC: 'Ad-hoc',
} as const
