/** Ingest of one process: opened with it, closed before its stores. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from '../../context.ts'
import { raiseAlert } from '../../kit/alert/alert.ts'
import type { EventDatabase } from '../../kit/clickhouse/event-database.ts'
import { EventStoreError } from '../../kit/clickhouse/open.ts'
import { listen } from '../../kit/postgres/announcements.ts'
import { holdBy } from '../../kit/postgres/hold.ts'
import { type Seat, takeSeat } from '../../kit/postgres/seat.ts'
import type { OrganizationRef } from '../../kit/principal.ts'
import { meterDirectory } from '../meter/service/directory.ts'
import { checkSubmission } from './rules.ts'
import { ConfigurationCache, type ConfigurationChange } from './service/configuration-cache.ts'
import type { AccountDirectory, MeterDirectory } from './service/meter-schema.ts'
import { type Committed, IngestWriter } from './service/writer.ts'
import { countRunningInserts } from './store.ts'

export { hasMeasurements } from './store.ts'

export type Directories = { meters: MeterDirectory; accounts: AccountDirectory }

export type Ingest = {
  /** Checks a parsed body and stores it for good; what cannot be counted becomes an event. */
  submit(organization: OrganizationRef, body: unknown): Promise<void>
  /** Until the uids of the last weeks are known, ingest is slower. */
  whenReady(): Promise<void>
  close(): Promise<void>
}

const supplied = new WeakMap<Context, Directories>()
const opened = new WeakMap<Context, Ingest>()

/** The accounts area is above this one, so it hands its directory in. */
export function supplyAccounts(context: Context, accounts: AccountDirectory): void {
  supplied.set(context, { meters: meterDirectory(context.database.reader), accounts })
}

export function directoriesOf(context: Context): Directories {
  const directories = supplied.get(context)
  if (directories === undefined) throw new Error('No directory of accounts was supplied.')
  return directories
}

/** For a process of the role `ingest`. */
export async function openIngest(context: Context): Promise<Ingest> {
  const { clock, database, events, log } = context
  // Before anything is known of the uids there are: whoever sat there before may have added some.
  let learnUids: () => void = () => undefined
  const seat = await takeIngestSeat(context, () => learnUids())
  const cache = new ConfigurationCache(directoriesOf(context))
  const announcements = await listen(database.pool, log, 'configuration_changed', {
    hear: (payload) => cache.forget(JSON.parse(payload) as ConfigurationChange),
    missed: () => cache.forgetAll(),
  })
  const alerts = new Set<Promise<void>>()
  const writer = new IngestWriter({
    events,
    clock,
    log,
    cache,
    hold: holdBy(announcements),
    seat,
    onCommitted: (committed) => {
      const told = tell(context, committed).catch((error: unknown) => {
        log.warn({ err: error }, 'Alerts about refused measurements could not be raised')
      })
      alerts.add(told)
      told.finally(() => alerts.delete(told))
    },
  })
  learnUids = () => writer.learnUids()
  learnUids()
  const ingest: Ingest = {
    async submit(organization, body) {
      const receivedAt = clock.now()
      const measurements = checkSubmission(body, receivedAt)
      await writer.submit({ organization, measurements, receivedAt })
    },
    whenReady: () => writer.whenLearned(),
    async close() {
      await writer.close()
      await Promise.all(alerts)
      await announcements.close()
      await seat?.leave()
    },
  }
  opened.set(context, ingest)
  return ingest
}

const INGEST_SEAT = 731_000_203

/**
 * One process decides whether a uid has been counted. Where any store is our own, the lock of its
 * data directory sees to that; null then.
 */
async function takeIngestSeat(
  { config, database, events, log }: Context,
  learnUids: () => void,
): Promise<Seat | null> {
  if (config.databaseUrl === null || config.clickhouseUrl === null) return null
  return takeSeat(database.pool, log, {
    key: INGEST_SEAT,
    taken:
      'Another process of Countinghouse takes measurements for the database of DATABASE_URL, and only one may: two would count a uid twice. Start this one with ROLES=api,worker, or stop the other.',
    async prepare() {
      await untilEarlierInsertsEnd(events)
      learnUids()
    },
  })
}

const EARLIER_INSERTS_MS = 60_000
const EARLIER_RETRY_MS = 100

/** A server goes on with an insert whose sender has died; its uids are known when it has ended. */
async function untilEarlierInsertsEnd(events: EventDatabase): Promise<void> {
  const deadline = performance.now() + EARLIER_INSERTS_MS
  while ((await countRunningInserts(events)) > 0) {
    if (performance.now() > deadline) {
      throw new EventStoreError(
        'The server of CLICKHOUSE_URL still works on measurements of an earlier process. Wait until they have ended (system.processes there), then start again.',
      )
    }
    await pause(EARLIER_RETRY_MS)
  }
}

export function ingestOf(context: Context): Ingest {
  const ingest = opened.get(context)
  if (ingest === undefined) throw new Error('Ingest is not open in this process.')
  return ingest
}

/** A request may name a thousand meters that do not exist. */
const ALERTS_MAX = 20

/** One alert for each type and meter, counted up (metering 6.1). */
async function tell({ database, metrics, clock }: Context, committed: Committed): Promise<void> {
  const { accepted, refusals } = committed
  metrics.measurements.inc({ outcome: 'accepted' }, accepted)
  const isRepeat = (type: string) => type === 'DuplicateUid'
  const repeats = refusals.filter(({ type }) => isRepeat(type)).length
  if (repeats > 0) metrics.measurements.inc({ outcome: 'duplicate' }, repeats)
  const refused = refusals.filter(({ type }) => type !== 'CalculationError' && !isRepeat(type))
  if (refused.length > 0) metrics.measurements.inc({ outcome: 'refused' }, refused.length)
  if (refusals.length === 0) return

  const at = clock.now()
  const kinds = Map.groupBy(refusals, ({ batch, type, measurement }) =>
    JSON.stringify([batch.organization.id, type, measurement.meter]),
  )
  await database.transaction(async (writer) => {
    for (const [first, ...others] of kinds.values().take(ALERTS_MAX)) {
      if (first === undefined) continue
      const { batch, type, measurement, message } = first
      const more = others.length === 0 ? '' : ` (and ${others.length} more like it)`
      await raiseAlert(writer, {
        organizationId: batch.organization.id,
        type: 'API_INGEST',
        severity: type === 'DuplicateUid' ? 'INFO' : 'WARN',
        description: `${type} on meter ${measurement.meter}: ${message}${more}`,
        key: `${type} ${measurement.meter}`,
        payload: { type, meterCode: measurement.meter, uid: first.uid },
        at,
      })
    }
  })
}
