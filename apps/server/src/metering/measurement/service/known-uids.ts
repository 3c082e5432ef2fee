/**
 * Which uids have been counted already (metering 5.3). The filter in memory lets almost all fresh
 * uids pass without a question; the store decides about the rest.
 */
import type { EventDatabase } from '../../../kit/clickhouse/event-database.ts'
import { findUids, readUidKeys, type StoredUid } from '../store.ts'
import { REPEAT_WINDOW_MS, UidFilter } from './uid-filter.ts'
import { uidKey } from './uid-key.ts'

export class KnownUids {
  readonly #events: EventDatabase
  readonly #filter = new UidFilter()
  /** Until the filter is filled everything is a suspect: slow, never wrong. */
  #isFilled = false
  #fillings = 0
  /** End of the latest week that was forgotten. */
  #forgottenUntil = 0
  #refilling: Promise<void> = Promise.resolve()

  constructor(events: EventDatabase) {
    this.#events = events
  }

  async fill(now: number): Promise<void> {
    const filling = ++this.#fillings
    for await (const { start, keys } of readUidKeys(this.#events, now - REPEAT_WINDOW_MS)) {
      for (const key of keys) this.#filter.add(key, start)
    }
    // One that began later looks at what came in meanwhile.
    if (filling === this.#fillings) this.#isFilled = true
  }

  get isFilled(): boolean {
    return this.#isFilled
  }

  /** Those of these uids that may have been counted before; the others certainly were not. */
  suspects(organization: number, uids: string[], now: number): string[] {
    this.#forget(now)
    if (!this.#isFilled) return uids
    return uids.filter((uid) => this.#filter.mayHave(uidKey(organization, uid)))
  }

  /** A clock that steps back makes forgotten weeks count again: then the filter starts anew. */
  #forget(now: number): void {
    this.#forgottenUntil = Math.max(this.#forgottenUntil, this.#filter.forgetBefore(now))
    if (now - REPEAT_WINDOW_MS >= this.#forgottenUntil) return
    this.#forgottenUntil = 0
    this.refill(now)
  }

  /** Until it is done everything is a suspect again. */
  refill(now: number): void {
    this.#isFilled = false
    this.#refilling = Promise.all([this.#refilling, this.fill(now)]).then(
      () => undefined,
      () => undefined,
    )
  }

  /** Resolves when a filling that began later than the first has ended. */
  async settled(): Promise<void> {
    await this.#refilling
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
}
