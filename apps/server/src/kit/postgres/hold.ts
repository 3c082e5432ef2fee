/**
 * Keeps a deletion from cutting across work that another process does in another store. Each piece
 * of work holds one of two locks of the database, by turns; whoever deletes takes both, and so waits
 * for what runs and lets nothing new begin. Two, because a session gets a lock that it holds again
 * at once: under load it would never let go of a single one.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { UnavailableError } from '../errors.ts'
import type { Announcements } from './announcements.ts'

const KEYS = [731_000_201, 731_000_202] as const
const RETRY_MS = 5
const WAIT_MS = 10_000

/** Resolves with what lets go again. Without the database nothing is held, and nothing is deleted. */
export type Hold = () => Promise<() => void>

/** No two pieces of work may be begun before the first but one has ended. */
export function holdBy({ ask }: Pick<Announcements, 'ask'>): Hold {
  let turn = 0
  return async () => {
    turn = 1 - turn
    const key = KEYS[turn]
    const letGo = () => {
      ask('select pg_advisory_unlock_shared($1)', [key]).catch(() => undefined)
    }
    try {
      // Asked again instead of waited for: letting go needs the same connection.
      for (;;) {
        const [row] = await ask('select pg_try_advisory_lock_shared($1) as held', [key])
        if (row?.['held'] === true) return letGo
        await pause(RETRY_MS)
      }
    } catch {
      letGo()
      return () => undefined
    }
  }
}

const lastOf = new WeakMap<Pool, Promise<unknown>>()

/**
 * One after another: each keeps a connection while it waits, and its work needs one more. The locks
 * are those of a session, so that they last until the work has been committed and told.
 */
export function whileNothingIsHeld<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  const turn = (lastOf.get(pool) ?? Promise.resolve()).then(() => holdAll(pool, work))
  lastOf.set(
    pool,
    turn.catch(() => undefined),
  )
  return turn
}

async function holdAll<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query(`set lock_timeout = ${WAIT_MS}`)
    for (const key of KEYS) await client.query('select pg_advisory_lock($1)', [key])
    return await work()
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error
    throw new UnavailableError(
      'Measurements are being written that may belong to it. Nothing was deleted; try again in a moment.',
    )
  } finally {
    const isClean = await client.query('select pg_advisory_unlock_all()').then(
      () => client.query('reset lock_timeout').then(() => true),
      () => false,
    )
    client.release(!isClean)
  }
}
