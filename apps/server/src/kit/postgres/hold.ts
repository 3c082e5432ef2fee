/**
 * Keeps a deletion from cutting across work that writes to another store. Within this process a gate
 * does that, which no lost connection opens. For work of other processes each piece holds one of two
 * locks of the database, by turns; whoever deletes takes both, and so waits for what runs and lets
 * nothing new begin. Two, because a session gets a lock that it holds again at once: under load it
 * would never let go of a single one.
 */
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { UnavailableError } from '../errors.ts'
import type { Announcements } from './announcements.ts'

const KEYS = [731_000_201, 731_000_202] as const
const RETRY_MS = 5
const WAIT_MS = 10_000

type Gate = {
  /** Ends with the deletion that goes on. */
  deleting: Promise<void> | null
  deletions: number
  /** Each ends when it is let go. */
  held: Set<Promise<void>>
}

const gates = new WeakMap<Pool, Gate>()

function gateOf(pool: Pool): Gate {
  const gate = gates.get(pool) ?? { deleting: null, deletions: 0, held: new Set() }
  gates.set(pool, gate)
  return gate
}

/** Resolves with what lets go again. Without the database nothing is deleted by other processes. */
export type Hold = () => Promise<() => void>

/** No two pieces of work may be begun before the first but one has ended. */
export function holdBy({ ask, pool }: Pick<Announcements, 'ask' | 'pool'>): Hold {
  const gate = gateOf(pool)
  /** Deletions of this process that this connection has told of. */
  let toldOf = gate.deletions
  let turn = 0

  async function isLocked(key: number, deadline: number): Promise<boolean> {
    const before = gate.deletions
    try {
      // Asked again instead of waited for: letting go needs the same connection.
      for (;;) {
        const [row] = await ask('select pg_try_advisory_lock_shared($1) as held', [key])
        if (row?.['held'] === true) break
        await pause(RETRY_MS)
      }
      toldOf = before
      return true
    } catch {
      // What was deleted meanwhile is not known here before the connection is back.
      return toldOf === before || performance.now() > deadline
    }
  }

  return async () => {
    turn = 1 - turn
    const key = KEYS[turn] ?? KEYS[0]
    const deadline = performance.now() + WAIT_MS
    while (gate.deleting !== null) await gate.deleting
    const letGoHere = holdHere(gate)
    while (!(await isLocked(key, deadline))) await pause(RETRY_MS)
    return () => {
      letGoHere()
      ask('select pg_advisory_unlock_shared($1)', [key]).catch(() => undefined)
    }
  }
}

function holdHere({ held }: Gate): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  held.add(promise)
  return () => {
    held.delete(promise)
    resolve()
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
  const gate = gateOf(pool)
  // Whoever waited for the deletion before is let in first.
  await nextTurn()
  const { promise, resolve } = Promise.withResolvers<void>()
  gate.deleting = promise
  try {
    await allLetGo(gate)
    return await lockAll(pool, work)
  } finally {
    gate.deletions += 1
    gate.deleting = null
    resolve()
  }
}

async function allLetGo({ held }: Gate): Promise<void> {
  const late = new AbortController()
  const patience = pause(WAIT_MS, undefined, { signal: late.signal }).then(() => {
    throw stillWriting()
  })
  try {
    await Promise.race([Promise.all(held), patience])
  } finally {
    late.abort()
    patience.catch(() => undefined)
  }
}

async function lockAll<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query(`set lock_timeout = ${WAIT_MS}`)
    for (const key of KEYS) await client.query('select pg_advisory_lock($1)', [key])
    return await work()
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error
    throw stillWriting()
  } finally {
    const isClean = await client.query('select pg_advisory_unlock_all()').then(
      () => client.query('reset lock_timeout').then(() => true),
      () => false,
    )
    client.release(!isClean)
  }
}

function stillWriting(): UnavailableError {
  return new UnavailableError(
    'Measurements are being written that may belong to it. Nothing was deleted; try again in a moment.',
  )
}
