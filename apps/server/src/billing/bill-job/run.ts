/**
 * Works off a bill job: gather, compute, save, pack by pack. A pack is one transaction, so a run
 * that is killed leaves every pack either done, with its bills, or untouched; whoever goes on with
 * the job takes the untouched ones.
 */
import { readAccounts } from '../../accounts/service.ts'
import type { Context } from '../../context.ts'
import { raiseAlert } from '../../kit/alert/alert.ts'
import type { JobDefinition } from '../../kit/jobs/job.ts'
import { isNeverTaken } from '../../kit/postgres/away.ts'
import type { Writer } from '../../kit/postgres/database.ts'
import { SYSTEM_PRINCIPAL } from '../../kit/principal.ts'
import type { Scope } from '../../kit/resource/hooks.ts'
import { reportTask } from '../../kit/task/task.ts'
import {
  type Calculation,
  calculateBills,
  openCalculation,
  type Wanted,
} from '../bill/service/calculate.ts'
import { billIdentities } from '../bill/service/identities.ts'
import { type Refused, saveBills } from '../bill/service/save-bills.ts'
import { analyzeBills } from '../bill/store.ts'
import { ensureBillConfig, holdLockDate } from '../bill-config/store.ts'
import { summaryOf } from './service/summary.ts'
import { announce, RUN_QUEUE, readBillJob } from './service.ts'
import {
  abandonedJobs,
  type BillJobRow,
  claimPack,
  finishPack,
  halvePack,
  hasMadeBills,
  holdJob,
  insertAccountPacks,
  lockAccounts,
  moveJob,
  organizationOf,
  type Pack,
  progressOf,
  readJob,
  touchJob,
} from './store.ts'

const PACK_SIZE = 500
/** Packs side by side: one computes while the others wait for a database. */
const LANES = 3
/** A job without progress for so long has lost its runner. */
const ABANDONED_AFTER_SECONDS = 30
const FAILURES_SHOWN_MAX = 100

export const runBillJobs: JobDefinition = {
  queue: RUN_QUEUE,
  concurrency: 2,
  retryLimit: 5,
  expireInSeconds: 3_600,
  async run(context, payload, signal) {
    const { organizationId, billJobId } = payload as { organizationId: string; billJobId: string }
    await runBillJob(context, organizationId, billJobId, signal)
  },
}

/** Finds jobs whose runner was killed; two runners on one job only share its packs. */
export const resumeBillJobs: JobDefinition = {
  queue: 'resume-bill-jobs',
  cron: '* * * * *',
  atStart: { idleSeconds: 0 },
  async run(context, { idleSeconds = ABANDONED_AFTER_SECONDS }) {
    const found = await abandonedJobs(context.database.reader, Number(idleSeconds))
    for (const { organizationId, id } of found) {
      await context.jobs.send(RUN_QUEUE, { organizationId, billJobId: id })
    }
  },
}

async function runBillJob(
  context: Context,
  organizationId: string,
  jobId: string,
  signal: AbortSignal,
): Promise<void> {
  const { reader } = context.database
  const job = await readJob(reader, organizationId, jobId)
  if (job === null || job.status === 'COMPLETE' || job.status === 'CANCELLED') return
  const organization = await organizationOf(reader, organizationId)
  await initialize(context, organizationId, job)
  const calculation = await openCalculation(context, reader, organization, (error, of) => {
    const about = { err: error, organization: organizationId, billJob: jobId, ...of }
    context.log.error(about, 'bills could not be calculated')
    return unforeseen('its calculation', jobId)
  })
  const progress = progressOfRun(calculation, job)
  await Promise.all(
    Array.from({ length: LANES }, () => workOff(calculation, job, progress, signal)),
  )
  await progress.told()
  await complete(calculation, job)
}

function unforeseen(where: string, jobId: string): string {
  return `something unexpected went wrong in ${where}. Run its bill again; if it fails again, the log of the server tells the cause under the bill job ${jobId}.`
}

/** Cuts the job into packs, once. */
async function initialize(
  context: Context,
  organizationId: string,
  job: BillJobRow,
): Promise<void> {
  if (job.status === 'RUNNING') return
  const { database } = context
  const scope = scopeOf(context, organizationId)
  await moveJob(database.reader, organizationId, job.id, { status: 'INITIALIZING', ...scope })
  await database.transaction(async (writer) => {
    // Another runner may have cut it meanwhile.
    if ((await holdJob(writer, organizationId, job.id)) !== 'INITIALIZING') return
    // The first pack to make it would have all others wait for its end.
    await ensureBillConfig(writer, scope)
    const total =
      job.type === 'CREATE'
        ? await insertAccountPacks(writer, organizationId, job.id, {
            accountIds: job.request.accountIds ?? null,
            size: PACK_SIZE,
          })
        : job.pending
    await moveJob(writer, organizationId, job.id, { status: 'RUNNING', total, ...scope })
    await reportTask(writer, organizationId, job.id, { status: 'RUNNING', total, at: scope.now })
  })
}

async function workOff(
  calculation: Calculation,
  job: BillJobRow,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  for (let isMore = true; isMore && !signal.aborted; ) {
    isMore = await workOffNext(calculation, job)
    if (isMore) progress.packDone()
  }
}

/** False when no pack is left. */
async function workOffNext(calculation: Calculation, job: BillJobRow): Promise<boolean> {
  const turn: { pack: Pack | null } = { pack: null }
  try {
    return await calculation.context.database.transaction(async (writer) => {
      turn.pack = await claimPack(writer, calculation.organization.id, job.id)
      if (turn.pack !== null) await workOffPack(calculation, writer, job, turn.pack)
      return turn.pack !== null
    })
  } catch (error) {
    if (turn.pack === null || !isNeverTaken(error)) throw error
    await setAside(calculation, job, turn.pack, error)
    return true
  }
}

type Progress = { packDone(): void; told(): Promise<void> }

/**
 * Tells how far a run is while its packs go on: one report at a time, and those that are asked for
 * meanwhile are one. A report that fails is thrown by `told`, for then the run has failed.
 */
function progressOfRun({ context, organization }: Calculation, job: BillJobRow): Progress {
  const { clock, database } = context
  let packs = 0
  let told = 0
  let analyzeAt = 1
  let reports: Promise<void> | null = null
  const failures: unknown[] = []

  async function report(): Promise<void> {
    told = packs
    await touchJob(database.reader, organization.id, job.id)
    const { open, done } = await progressOf(database.reader, organization.id, job.id)
    await reportTask(database.reader, organization.id, job.id, { done, at: clock.now() })
    if (open === 0 || told < analyzeAt) return
    await analyzeBills(database.reader)
    // After the first pack, the fourth, the sixteenth: what is known is never off by more.
    while (analyzeAt <= told) analyzeAt *= 4
  }

  async function reportAll(): Promise<void> {
    try {
      while (told < packs) await report()
    } catch (error) {
      failures.push(error)
    } finally {
      reports = null
    }
  }

  return {
    packDone(): void {
      packs++
      reports ??= reportAll()
    },
    async told(): Promise<void> {
      await reports
      if (failures.length > 0) throw failures[0]
    },
  }
}

async function workOffPack(
  calculation: Calculation,
  writer: Writer,
  job: BillJobRow,
  pack: Pack,
): Promise<void> {
  const { context, organization, configuration } = calculation
  await lockAccounts(writer, organization.id, [...new Set(pack.accountIds)])
  const wanted = await wantedOf(writer, organization.id, job, pack)
  // Before usage is looked at: what comes in from now on counts as having come in since.
  const scope = scopeOf(context, organization.id)
  const calculated = await calculateBills(calculation, writer, wanted)
  const { billPrefix, sequenceStartNumber = 0, suppressedEmptyBills = false } = configuration
  const saved = await saveBills(writer, calculated, {
    stamp: { ...scope, principalId: job.created_by },
    jobId: job.id,
    billLockDate: await holdLockDate(writer, { ...scope, principalId: job.created_by }),
    suppressEmptyBills: suppressedEmptyBills,
    numbering: billPrefix === undefined ? null : { prefix: billPrefix, start: sequenceStartNumber },
  })
  await report(writer, scope, job, saved.refused, calculated.failures)
  await finishPack(writer, organization.id, job.id, {
    number: pack.number,
    bills: saved.created + saved.changed + saved.unchanged,
    failed: saved.refused.length,
  })
}

/** What the database never takes costs one account its bill: packs are halved until it is alone. */
async function setAside(
  { context, organization }: Calculation,
  job: BillJobRow,
  pack: Pack,
  error: unknown,
): Promise<void> {
  const scope = scopeOf(context, organization.id)
  await context.database.transaction(async (writer) => {
    if ((await holdJob(writer, organization.id, job.id)) !== 'RUNNING') return
    if (pack.accountIds.length > 1) return halvePack(writer, organization.id, job.id, pack)
    const done = { number: pack.number, bills: 0, failed: 1 }
    if (!(await finishPack(writer, organization.id, job.id, done))) return
    const accounts = await readAccounts(writer, organization.id, pack.accountIds)
    const about = { err: error, organization: organization.id, billJob: job.id }
    context.log.error({ ...about, account: pack.accountIds[0] }, 'bills could not be stored')
    const refusal = unforeseen('storing it', job.id)
    const refused = accounts.map((account) => ({ account, refusal }))
    await report(writer, scope, job, refused, [])
  })
}

async function wantedOf(
  writer: Writer,
  organizationId: string,
  job: BillJobRow,
  pack: Pack,
): Promise<Wanted> {
  if (pack.billIds === null) return { kind: 'due', accountIds: pack.accountIds, job: job.request }
  return { kind: 'again', bills: await billIdentities(writer, organizationId, pack.billIds) }
}

/** One alert for each account that failed, of very many one for each reason (billing 14). */
async function report(
  writer: Writer,
  scope: Scope,
  job: BillJobRow,
  refused: Refused[],
  failures: string[],
): Promise<void> {
  const shared = { organizationId: scope.organizationId, at: scope.now }
  for (const { account, refusal } of refused.slice(0, FAILURES_SHOWN_MAX)) {
    await raiseAlert(writer, {
      ...shared,
      type: 'BILLING',
      severity: 'ERROR',
      description: `No bill for ${account.name} (${account.code}): ${refusal}`,
      // By the clock it fails again and again, which is counted on one alert an hour.
      key: job.request.onlyLive ? account.id : `${job.id} ${account.id}`,
      payload: { billJobId: job.id, accountName: account.name, reason: refusal },
      entity: { type: 'account', id: account.id },
    })
  }
  const others = refused.slice(FAILURES_SHOWN_MAX)
  for (const [reason, same] of Map.groupBy(others, ({ refusal }) => refusal)) {
    const accounts = same.length === 1 ? '1 more account' : `${same.length} more accounts`
    const codes = same.map(({ account }) => account.code)
    await raiseAlert(writer, {
      ...shared,
      type: 'BILLING',
      severity: 'ERROR',
      description: `No bill for ${accounts}: ${reason}`,
      payload: { reason, codes },
      entity: { type: 'billJob', id: job.id },
    })
  }
  for (const failure of failures) {
    await raiseAlert(writer, {
      ...shared,
      type: 'AGGREGATION',
      severity: 'WARN',
      description: `A compound aggregation gave no value on bills. ${failure}`,
    })
  }
}

async function complete(
  { context, organization, currencies }: Calculation,
  job: BillJobRow,
): Promise<void> {
  const scope = scopeOf(context, organization.id)
  await context.database.transaction(async (writer) => {
    const { open, done, bills, failed } = await progressOf(writer, organization.id, job.id)
    // Packs that another runner holds are its to finish.
    if (open > 0) return
    const moved = await moveJob(writer, organization.id, job.id, { status: 'COMPLETE', ...scope })
    if (!moved) return
    await announce(writer, scope, 'updated', await readBillJob(writer, organization.id, job.id))
    const told = { organizationId: organization.id, id: job.id, bills, failed }
    const message = await summaryOf(writer, told, currencies)
    await reportTask(writer, organization.id, job.id, {
      status: 'COMPLETE',
      done,
      message,
      at: scope.now,
    })
    const isRepeated =
      job.request.onlyLive && !(await hasMadeBills(writer, organization.id, job.id))
    if (bills === 0 || isRepeated) return
    await raiseAlert(writer, {
      organizationId: organization.id,
      type: 'BILLING',
      severity: 'INFO',
      description: message,
      key: job.id,
      at: scope.now,
      entity: { type: 'billJob', id: job.id },
    })
  })
}

function scopeOf(context: Context, organizationId: string): Scope {
  return { organizationId, principalId: SYSTEM_PRINCIPAL.id, now: context.clock.now() }
}
