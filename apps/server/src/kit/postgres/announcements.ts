/**
 * Hears what the database announces on one channel, on a connection of its own that comes back by
 * itself. `fence` tells when everything announced before has been heard.
 */
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import type { Logger } from 'pino'

export type Announcements = {
  /** Where the connection is from. */
  pool: Pool
  /** Resolves when all announcements committed before the call have been heard; rejects unconnected. */
  fence(): Promise<void>
  /** A statement on the same connection; rejects unconnected. */
  ask(sql: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

type Row = Record<string, unknown>

export type Listener = {
  hear(payload: string): void
  /** Announcements may have been missed while the connection was gone. */
  missed(): void
}

const RECONNECT_MS = 500
const PATIENCE_MS = 3_000

export async function listen(
  pool: Pool,
  log: Logger,
  channel: string,
  listener: Listener,
): Promise<Announcements> {
  let client: PoolClient | null = null
  let isClosed = false
  const turns = askInTurn(async (sql, values) => {
    const asked = client
    try {
      return await ask(asked, sql, values)
    } catch (error) {
      // One that gives no answer announces nothing either.
      if (asked !== null) drop(asked, error)
      throw error
    }
  })
  await connect()

  async function connect(): Promise<void> {
    const next = await pool.connect()
    next.on('notification', ({ payload }) => listener.hear(payload ?? ''))
    next.once('error', (error) => drop(next, error))
    next.once('end', () => drop(next))
    try {
      await next.query(`listen ${channel}`)
    } catch (error) {
      next.release(true)
      throw error
    }
    // Nobody else gives back one that was on its way, and the pool waits for it at its end.
    if (isClosed) next.release(true)
    else client = next
  }

  function drop(gone: PoolClient, error?: unknown): void {
    if (client !== gone || isClosed) return
    client = null
    log.warn({ err: error, channel }, 'announcements of the database are interrupted')
    gone.release(true)
    setTimeout(reconnect, RECONNECT_MS).unref()
  }

  function reconnect(): void {
    if (isClosed) return
    connect().then(
      () => {
        if (!isClosed) listener.missed()
      },
      () => setTimeout(reconnect, RECONNECT_MS).unref(),
    )
  }

  return {
    pool,
    fence: turns.fence,
    ask: turns.ask,
    async close() {
      isClosed = true
      await turns.settled()
      client?.release(true)
    },
  }
}

type Ask = (sql: string, values?: unknown[]) => Promise<Row[]>

/** A connection takes one statement at a time. */
function askInTurn(askNow: Ask) {
  let last: Promise<unknown> = Promise.resolve()
  let running: Promise<void> | null = null
  let waiting: Promise<void> | null = null

  function askNext(sql: string, values?: unknown[]): Promise<Row[]> {
    const turn = last.then(() => askNow(sql, values))
    last = turn.catch(() => undefined)
    return turn
  }

  function fence(): Promise<void> {
    if (running === null) {
      running = askNext('select 1')
        .then(() => undefined)
        .finally(() => {
          running = null
        })
      return running
    }
    // One is under way that may have passed already: all who come now share the next one.
    waiting ??= running
      .catch(() => undefined)
      .then(() => {
        waiting = null
        return fence()
      })
    return waiting
  }

  return { ask: askNext, fence, settled: () => last }
}

/**
 * The server sends what was announced before it answers, on the same connection. Rejects when it
 * does not answer in time: a connection may be gone without a word.
 */
export async function ask(
  client: PoolClient | null,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  if (client === null) throw new Error('the connection is interrupted')
  const late = new AbortController()
  const patience = pause(PATIENCE_MS, undefined, { signal: late.signal }).then(async () => {
    // After work that stopped everything the answer may be here already, unread.
    await nextTurn()
    throw new Error('the database did not answer in time')
  })
  try {
    const { rows } = await Promise.race([client.query<Row>(sql, values), patience])
    return rows
  } finally {
    late.abort()
    patience.catch(() => undefined)
  }
}
