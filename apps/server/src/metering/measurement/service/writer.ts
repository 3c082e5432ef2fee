/**
 * The one writer of measurements: takes batches, commits them in groups, and answers each when it
 * is on disk. Why no event is lost or counted twice whatever dies when: see
 * docs/decisions/0001-exactly-once-ingest.md.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { EventDatabase } from '../../../kit/clickhouse/event-database.ts'
import type { Clock } from '../../../kit/clock.ts'
import { StoreFullError, UnavailableError } from '../../../kit/errors.ts'
import { isDatabaseFull } from '../../../kit/postgres/away.ts'
import type { Hold } from '../../../kit/postgres/hold.ts'
import type { Seat } from '../../../kit/postgres/seat.ts'
import { toEventLine, toRefusalLine } from '../mapping.ts'
import { insertEvents, insertRefusals, type StoredUid } from '../store.ts'
import { type Batch, type PreparedBatch, prepareBatch } from './batch.ts'
import type { ConfigurationCache, Snapshot, Wanted } from './configuration-cache.ts'
import { type Accepted, type Decision, decide, type Knowledge, type TakenUids } from './decide.ts'
import { insertForSure, UnknownOutcomeError } from './insert-for-sure.ts'
import { KnownUids } from './known-uids.ts'
import type { AccountEntry } from './meter-schema.ts'
import { type RefusalDraft, toRefusalRows } from './refusal.ts'

export type WriterOptions = {
  events: EventDatabase
  clock: Clock
  log: Logger
  cache: ConfigurationCache
  /**
   * Keeps accounts that the group names from being deleted until it is let go; on the connection of
   * the cache, which has been told of every change committed before when it resolves.
   */
  hold: Hold
  /** Of the one process that takes measurements; null where no second one can be. */
  seat: Seat | null
  /** Told after the fact, for alerts and counters. */
  onCommitted(committed: Committed): void
}

export type Committed = { accepted: number; refusals: RefusalDraft[] }

const GROUP_MAX = 16_000
const QUEUE_MAX = 100_000

/** Where no second process can be, none has to be asked about. */
const free = async () => undefined

/** What meters and accounts were when the group was judged, by organization id. */
type Snapshots = Map<string, Snapshot>

/** A group that is being written. `landed` never rejects. */
type Flight = { landed: Promise<void>; taken: TakenUids }

type Judged = {
  waiting: Waiting[]
  decision: Decision
  lines: string
  /** Rejects unless this process has had its seat since the group was judged. */
  maySend(): Promise<void>
  letGo(): void
}

type Waiting = { batch: Batch; resolve(): void; reject(error: unknown): void }

export class IngestWriter {
  readonly #options: WriterOptions
  readonly #uids: KnownUids
  readonly #queue: Waiting[] = []
  #queued = 0
  #lastArrival = 0
  #loop: Promise<void> | null = null
  #isClosing = false
  /** A group is of many requests: what is done for it is not done for the one that woke the writer. */
  readonly #asNoRequest = AsyncLocalStorage.snapshot()

  constructor(options: WriterOptions) {
    this.#options = options
    this.#uids = new KnownUids(options.events, options.log)
  }

  /** At the start, and whenever another process may have taken measurements. */
  learnUids(): void {
    this.#uids.fill(this.#options.clock.now())
  }

  /** Until the uids are learned ingest works, only slower. */
  whenLearned(): Promise<void> {
    return this.#uids.whenFilled()
  }

  /** Resolves when the batch is stored; a refusal to store anything of it is 503. */
  submit(batch: Batch): Promise<void> {
    const size = batch.measurements.length
    if (this.#isClosing) return Promise.reject(new UnavailableError('The server is stopping.'))
    if (this.#queued + size > QUEUE_MAX) {
      return Promise.reject(
        new UnavailableError(
          'More measurements are waiting than can be taken. Nothing of this request was stored; send it again with the same uids.',
          1,
          'BUSY',
        ),
      )
    }
    this.#queued += size
    return new Promise((resolve, reject) => {
      this.#queue.push({ batch, resolve, reject })
      this.#loop ??= this.#asNoRequest(() => this.#run())
    })
  }

  /** Finishes what was taken; takes nothing more. */
  async close(): Promise<void> {
    this.#isClosing = true
    await this.#loop
    await this.#uids.close()
  }

  /** One group is written while the next is judged: two cores, two kinds of work. */
  async #run(): Promise<void> {
    // Requests that arrived in the same turn belong into one group.
    await breathe()
    let flight: Flight | null = null
    for (;;) {
      const group = this.#take()
      if (group.length === 0) {
        await flight?.landed
        flight = null
        if (this.#queue.length === 0) break
        continue
      }
      const next = await this.#judge(group, flight)
      await flight?.landed
      flight = next === null ? null : this.#launch(next)
    }
    this.#loop = null
  }

  /** The oldest batches that fit into one group and one partition of the store. */
  #take(): Waiting[] {
    const [first] = this.#queue
    if (first === undefined) return []
    let size = 0
    let count = 0
    for (const { batch } of this.#queue) {
      const next = size + batch.measurements.length
      if (count > 0 && (next > GROUP_MAX || monthOf(batch) !== monthOf(first.batch))) break
      size = next
      count += 1
    }
    return this.#queue.splice(0, count)
  }

  /** What of a group is to be written; null when nothing is left of it. */
  async #judge(group: Waiting[], flight: Flight | null): Promise<Judged | null> {
    const waiting = new Map(group.map((one) => [one.batch, one]))
    const give = (batch: Batch, error: unknown) => {
      const one = waiting.get(batch)
      waiting.delete(batch)
      if (one !== undefined) this.#settle(one, error)
    }
    // Without PostgreSQL nothing can have changed, and what is known is still right.
    const letGo = await this.#options.hold()
    try {
      const maySend = (await this.#options.seat?.check()) ?? free
      const { resolved, snapshots } = await this.#resolve([...waiting.keys()], give)
      const prepared: PreparedBatch[] = []
      for (const batch of resolved) {
        const meters = snapshots.get(batch.organization.id)?.meters
        prepared.push(prepareBatch(batch, (code) => meters?.get(code)))
        await breathe()
      }
      const knowledge = await this.#know(prepared, snapshots, flight)
      const decision = await this.#decide(prepared, knowledge, give)
      const lines = this.#linesOf(decision.accepted, snapshots)
      return { waiting: [...waiting.values()], decision, lines, maySend, letGo }
    } catch (error) {
      letGo()
      this.#options.log.error({ err: error }, 'A group of measurements could not be judged')
      for (const batch of [...waiting.keys()]) give(batch, notStored(error))
      return null
    }
  }

  #launch(judged: Judged): Flight {
    const { waiting, decision, letGo } = judged
    const written = this.#write(judged).finally(letGo)
    const landed = written.then(
      () => {
        for (const one of waiting) this.#settle(one, null)
        this.#report(decision)
      },
      (error: unknown) => {
        this.#options.log.error({ err: error }, 'A group of measurements could not be stored')
        for (const one of waiting) this.#settle(one, notStored(error))
      },
    )
    return { landed, taken: decision.taken }
  }

  /** Refusals first: a crash between the two leaves them recorded, and a retry counts them up. */
  async #write({ decision, lines, maySend }: Judged): Promise<void> {
    const { events, log } = this.#options
    const how = { maySend, isClosing: () => this.#isClosing, log }
    const rows = toRefusalRows(decision.refusals)
    if (rows.length > 0) {
      const refusals = rows.map(toRefusalLine).join('')
      await insertForSure((token) => insertRefusals(events, refusals, token), how)
    }
    if (lines !== '') await insertForSure((token) => insertEvents(events, lines, token), how)
  }

  #settle({ batch, resolve, reject }: Waiting, error: unknown): void {
    this.#queued -= batch.measurements.length
    if (error === null) resolve()
    else reject(error)
  }

  #report({ accepted, refusals }: Decision): void {
    this.#options.onCommitted({ accepted: accepted.length, refusals })
  }

  /** What the codes mean; a batch with unknown ones cannot be judged without PostgreSQL. */
  async #resolve(
    batches: Batch[],
    give: (batch: Batch, error: unknown) => void,
  ): Promise<{ resolved: Batch[]; snapshots: Snapshots }> {
    const { cache, log } = this.#options
    const resolved: Batch[] = []
    const snapshots: Snapshots = new Map()
    for (const [organizationId, own] of byOrganization(batches)) {
      const wanted = wantedBy(own)
      try {
        snapshots.set(organizationId, await cache.learn(organizationId, wanted))
        resolved.push(...own)
      } catch (error) {
        log.warn({ err: error }, 'Meters and accounts cannot be read')
        const known = cache.remembered(organizationId, wanted)
        snapshots.set(organizationId, known)
        for (const batch of own) {
          if (isKnown(known, batch)) resolved.push(batch)
          else give(batch, notStored(error))
        }
      }
    }
    return { resolved, snapshots }
  }

  async #know(
    group: PreparedBatch[],
    snapshots: Snapshots,
    flight: Flight | null,
  ): Promise<Knowledge> {
    const { cache, clock } = this.#options
    const uids = new Map<number, Map<string, StoredUid>>()
    const near = new Map<string, Set<string>>()
    const accounts = new Map<string, Map<string, AccountEntry>>()
    for (const [organizationId, own] of byOrganization(group.map(({ batch }) => batch))) {
      const members = new Set(own)
      const items = group.filter(({ batch }) => members.has(batch)).flatMap((one) => one.items)
      const candidates = items.filter((item) => item.kind === 'candidate')
      const number = own[0]?.organization.number ?? 0
      // A batch may have waited a little: look back from the oldest.
      const now = Math.min(clock.now(), ...own.map(({ receivedAt }) => receivedAt))
      const named = candidates.filter(({ measurement }) => measurement.uid !== '')
      const suspects = this.#uids.suspects(
        number,
        named.map(({ uid }) => uid),
        now,
      )
      // A copy whose first is being written right now waits until the store can tell about it.
      const inFlight = flight?.taken.get(number)
      if (inFlight && suspects.some((uid) => inFlight.has(uid))) await flight?.landed
      uids.set(number, await this.#uids.find(number, suspects, now))
      const known = snapshots.get(organizationId)?.accounts ?? new Map<string, AccountEntry>()
      accounts.set(organizationId, known)
      const unknown = new Set(
        candidates.map(({ measurement }) => measurement.account).filter((code) => !known.has(code)),
      )
      near.set(organizationId, new Set(await cache.near(organizationId, [...unknown])))
    }
    return { accounts, uids, near }
  }

  /** Decides, then makes the accounts that are missing; without them their batches are not stored. */
  async #decide(
    group: PreparedBatch[],
    knowledge: Knowledge,
    give: (batch: Batch, error: unknown) => void,
  ): Promise<Decision> {
    const { cache, log } = this.#options
    const decision = decide(group, knowledge)
    try {
      for (const [organizationId, codes] of decision.newAccounts) {
        const created = await cache.createAccounts(organizationId, [...codes])
        const known = knowledge.accounts.get(organizationId)
        for (const account of created) known?.set(account.code, account)
      }
      return decision
    } catch (error) {
      log.warn({ err: error }, 'Accounts cannot be made')
      for (const batch of decision.needsNewAccount) give(batch, notStored(error))
      const others = group.filter(({ batch }) => !decision.needsNewAccount.has(batch))
      return decide(others, knowledge)
    }
  }

  #linesOf(accepted: Accepted[], snapshots: Snapshots): string {
    let lines = ''
    for (const { batch, candidate, text } of accepted) {
      const { organization, receivedAt } = batch
      const { measurement, layout } = candidate
      const account = snapshots.get(organization.id)?.accounts.get(measurement.account)
      if (account === undefined) throw new Error(`The account ${measurement.account} is gone`)
      // Before the insert: if it fails, a false suspect is all that remains.
      this.#uids.remember(candidate.uidKey, receivedAt)
      lines += toEventLine({
        organization: organization.number,
        meter: layout.schema.number,
        account: account.number,
        ts: measurement.ts,
        ets: measurement.ets,
        receivedAt,
        arrival: this.#nextArrival(receivedAt),
        uid: candidate.uid,
        uidKey: candidate.uidKey,
        content: candidate.content,
        text,
      })
    }
    return lines
  }

  /** Goes up with every measurement, over a restart as far as the clock does: its high part is the time. */
  #nextArrival(receivedAt: number): number {
    this.#lastArrival = Math.max(this.#lastArrival + 1, receivedAt * 1024)
    return this.#lastArrival
  }
}

function notStored(reason: unknown): UnavailableError {
  if (reason instanceof StoreFullError || reason instanceof UnknownOutcomeError) return reason
  if (isDatabaseFull(reason)) return new StoreFullError(reason)
  return new UnavailableError(
    'A store cannot be reached. Nothing of this request was stored; send it again with the same uids.',
    1,
  )
}

function wantedBy(batches: Batch[]): Wanted {
  const wanted: Wanted = { meters: new Set(), accounts: new Set() }
  for (const { measurements } of batches) {
    for (const { meter, account } of measurements) {
      wanted.meters.add(meter)
      wanted.accounts.add(account)
    }
  }
  return wanted
}

function isKnown({ meters, accounts }: Snapshot, { measurements }: Batch): boolean {
  return measurements.every(({ meter, account }) => meters.has(meter) && accounts.has(account))
}

function byOrganization(batches: Batch[]): Map<string, Batch[]> {
  return Map.groupBy(batches, ({ organization }) => organization.id)
}

function monthOf({ receivedAt }: Batch): number {
  const date = new Date(receivedAt)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}
