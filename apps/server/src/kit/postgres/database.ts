/** The door to PostgreSQL: readers may read, writers write inside a transaction; the types differ. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import { Pool, type PoolConfig, types } from 'pg'
import type { Logger } from 'pino'
import { copyingPool } from './copying-pool.ts'

/** Stores name their own tables: `reader.withTables<BillTables>()`. */
// biome-ignore lint/complexity/noBannedTypes: no table is known here; each store adds its own.
export type Tables = {}
export type Reader = Kysely<Tables>
export type Writer = Transaction<Tables>

export type Database = {
  reader: Reader
  /** For libraries that want a pool (jobs, sign-in); stores do not. */
  pool: Pool
  /**
   * Runs the work in one transaction: committed when it resolves, rolled back when it throws. Where
   * the database gives it up for another one's sake it is run again, so it does nothing but read and
   * write through its writer.
   */
  transaction<T>(work: (writer: Writer) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** How to reach the server: a URL of the operator, or the socket of the embedded one. */
export type Address =
  | { connectionString: string }
  | { host: string; user: string; database: string }

/** A network may forget a connection without a word; then it ends here as well, within half a minute. */
export const noticeSilence = { keepAlive: true, keepAliveInitialDelayMillis: 15_000 }

/**
 * So is a server of the operator told to notice it: it would keep the locks of a machine that has
 * lost its power for hours, and whoever takes the place of that one would be refused so long.
 */
const NOTICE_SILENCE_THERE =
  'set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3'

const DATE = 1082

export function openDatabase(address: Address, log: Logger): Database {
  const pool = openPool(address, log, { max: 20 })
  const reader = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: copyingPool(pool) }) })
  return {
    reader,
    pool,
    transaction: (work) =>
      repeatWhenGivenUp(() => reader.transaction().execute(withAddition(work)), log),
    close: () => reader.destroy(),
  }
}

type Addition = (writer: Writer) => Promise<void>

const additions = new AsyncLocalStorage<Addition>()

/**
 * Each transaction that the work begins writes the addition last: both are committed, or neither.
 * What the work leaves running behind it is no part of it.
 */
export async function addToTransactions<T>(addition: Addition, work: () => Promise<T>): Promise<T> {
  let isOver = false
  const add: Addition = async (writer) => {
    if (!isOver) await addition(writer)
  }
  try {
    return await additions.run(add, work)
  } finally {
    isOver = true
  }
}

function withAddition<T>(work: (writer: Writer) => Promise<T>): (writer: Writer) => Promise<T> {
  const add = additions.getStore()
  if (add === undefined) return work
  return async (writer) => {
    const result = await work(writer)
    await add(writer)
    return result
  }
}

/** Deadlocks, and what could not be put in an order with others; all of it is undone. */
const GIVEN_UP = new Set(['40P01', '40001'])
const ATTEMPTS_MAX = 4
const REPEAT_PAUSE_MS = 50

async function repeatWhenGivenUp<T>(run: () => Promise<T>, log: Logger): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string }
      if (!GIVEN_UP.has(code ?? '') || attempt === ATTEMPTS_MAX) throw error
      log.warn({ reason: message, attempt }, 'PostgreSQL gave up a transaction; it is run again')
      // Of different length, so that the same ones do not meet again.
      await pause(REPEAT_PAUSE_MS * attempt * (0.5 + Math.random()))
    }
  }
}

/** A pool that survives the server going away: without the listener the process would end. */
export function openPool(address: Address, log: Logger, more: PoolConfig = {}): Pool {
  const pool = new Pool({
    ...address,
    connectionTimeoutMillis: 10_000,
    ...noticeSilence,
    ...('connectionString' in address && {
      onConnect: (client) => client.query(NOTICE_SILENCE_THERE).catch(() => undefined),
    }),
    // Calendar days stay text: a Date would move them by the machine's zone.
    types: {
      getTypeParser: (oid, format) => (oid === DATE ? String : types.getTypeParser(oid, format)),
    },
    ...more,
  })
  pool.on('error', (error) => {
    if (!pool.ending) log.warn({ reason: error.message }, 'PostgreSQL connection lost')
  })
  // One in use reports through its query; without a listener the process would end all the same.
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
  return pool
}
