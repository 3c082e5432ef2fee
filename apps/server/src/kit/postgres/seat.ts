/**
 * A seat for one: work that a single process may do at a time, on stores that several share. Whoever
 * sits holds a lock of the database on a connection of its own, and asks on that connection whether
 * it still does: a session that the database has ended has no lock any more.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import type { Logger } from 'pino'
import { UnavailableError } from '../errors.ts'
import { untilFree } from '../patience.ts'
import { ask } from './announcements.ts'
import { PostgresStartError } from './start-error.ts'

export type Seat = {
  /**
   * Rejects when it is not certain that this process sits. Gives what asks again later: it rejects
   * also when another one may have sat there in between.
   */
  check(): Promise<() => Promise<void>>
  leave(): Promise<void>
}

export type SeatOptions = {
  /** The key of its lock. */
  key: number
  /** For whoever starts a second process: who sits there, and what to do. */
  taken: string
  patienceMs?: number
  /** Before anything is done there, the first time and each time that the seat was lost. */
  prepare(): Promise<void>
}

const PATIENCE_MS = 10_000
const RETRY_MS = 250

/** Waits a little for a process that is just ending, then throws `taken`. */
export async function takeSeat(pool: Pool, log: Logger, options: SeatOptions): Promise<Seat> {
  let sitting: PoolClient | null = null
  let isLeft = false
  await sitOn(await firstTurn(pool, log, options))

  async function sitOn(client: PoolClient): Promise<void> {
    try {
      await options.prepare()
    } catch (error) {
      client.release(true)
      throw error
    }
    if (isLeft) return client.release(true)
    sitting = client
    watch(client)
  }

  function watch(client: PoolClient): void {
    const lose = () => drop(client)
    client.once('error', lose)
    client.once('end', lose)
  }

  function drop(client: PoolClient): void {
    if (sitting !== client || isLeft) return
    sitting = null
    client.release(true)
    log.warn({ key: options.key }, 'A seat is lost with its connection; sitting down again')
    void sitDownAgain()
  }

  async function sitDownAgain(): Promise<void> {
    while (!isLeft) {
      await pause(RETRY_MS, undefined, { ref: false })
      const client = await sitDown(pool, options.key).catch(() => null)
      if (client === null) continue
      const isSitting = await sitOn(client).then(
        () => true,
        (error: unknown) => log.warn({ err: error }, 'The seat cannot be used yet'),
      )
      if (isSitting) return
    }
  }

  return {
    async check() {
      const client = sitting
      const stillSits = async () => {
        if (client === null || sitting !== client) throw notSitting()
        await ask(client, 'select 1').catch(() => drop(client))
        if (sitting !== client) throw notSitting()
      }
      await stillSits()
      return stillSits
    },
    async leave(): Promise<void> {
      isLeft = true
      sitting?.release(true)
      sitting = null
    },
  }
}

function firstTurn(
  pool: Pool,
  log: Logger,
  { key, taken, patienceMs = PATIENCE_MS }: SeatOptions,
): Promise<PoolClient> {
  return untilFree(() => sitDown(pool, key), {
    waitMs: patienceMs,
    retryMs: RETRY_MS,
    tell: () => log.warn(`${taken} Waiting up to ${patienceMs / 1000} seconds for it to end.`),
    refusal: () => new PostgresStartError(taken),
  })
}

/** Null while another sits there. */
async function sitDown(pool: Pool, key: number): Promise<PoolClient | null> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as seated', [key])
    if (rows[0]?.seated === true) return client
    client.release()
    return null
  } catch (error) {
    client.release(true)
    throw error
  }
}

function notSitting(): UnavailableError {
  return new UnavailableError(
    'It is not certain at the moment that no other process does the same. Nothing was stored; send the request again.',
  )
}
