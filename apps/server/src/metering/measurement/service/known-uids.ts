/**
 * Which uids have been counted already (metering 5.3). The filter in memory lets almost all fresh
 * uids pass without a question; the store decides about the rest.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { EventDatabase } from '../../../kit/clickhouse/event-database.ts'
import { findUids, readUidKeys, type StoredUid } from '../store.ts'
import { REPEAT_WINDOW_MS, UidFilter } from './uid-filter.ts'
import { uidKey } from './uid-key.ts'

/** The filter reaches back so much further, that a clock which is set back a little needs no filling. */
const MARGIN_MS = 3_600_000
const RETRY_MS = 1_000

export class KnownUids {
  readonly #events: EventDatabase
  readonly #log: Logger
  readonly #filter = new UidFilter()
  /** Until the filter is filled everything is a suspect: slow, never wrong. */
  #isFilled = false
  /** Of what arrived before, the filter may lack some. */
  #knowsSince = 0
  #filling: Promise<void> = Promise.resolve()
  #latest = new AbortController()

  constructor(events: EventDatabase, log: Logger) {
    this.#events = events
    this.#log = log
  }

  /** Begins to fill the filter with what the store has; until it is done everything is a suspect. */
  fill(now: number): void {
    // One that began earlier may have passed over what has come in since.
    this.#latest.abort()
    this.#latest = new AbortController()
    this.#isFilled = false
    this.#knowsSince = now - REPEAT_WINDOW_MS - MARGIN_MS
    const filled = this.#fillFrom(this.#knowsSince, this.#latest)
    this.#filling = Promise.all([this.#filling, filled]).then(() => undefined)
  }

  async whenFilled(): Promise<void> {
    await this.#filling
  }

  async close(): Promise<void> {
    this.#latest.abort()
    await this.#filling
  }

  /** Those of these uids that may have been counted before; the others certainly were not. */
  suspects(organization: number, uids: string[], now: number): string[] {
    this.#forget(now)
    if (!this.#isFilled) return uids
    return uids.filter((uid) => this.#filter.mayHave(uidKey(organization, uid)))
  }

  /** Those of the suspects that the store has within the window, with their last copy. */
  async find(organization: number, suspects: string[], now: number) {
    if (suspects.length === 0) return new Map<string, StoredUid>()
    return findUids(this.#events, organization, suspects, now - REPEAT_WINDOW_MS)
  }

  /** To be called before the rows are written: a failed write leaves a false suspect, no more. */
  remember(key: number, receivedAt: number): void {
    this.#filter.add(key, receivedAt)
  }

  /** A clock that is set back makes count again what was forgotten, or never asked for. */
  #forget(now: number): void {
    this.#knowsSince = Math.max(this.#knowsSince, this.#filter.forgetBefore(now))
    if (now - REPEAT_WINDOW_MS < this.#knowsSince) this.fill(now)
  }

  async #fillFrom(since: number, { signal }: AbortController): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const { start, keys } of readUidKeys(this.#events, since)) {
          if (signal.aborted) return
          for (const key of keys) this.#filter.add(key, start)
        }
        this.#isFilled = !signal.aborted
        return
      } catch (error) {
        this.#log.error(
          { err: error },
          'The filter of known uids could not be filled; ingest is slow',
        )
        await pause(RETRY_MS, undefined, { signal }).catch(() => undefined)
      }
    }
  }
}
