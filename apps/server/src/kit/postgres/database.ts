/** The door to PostgreSQL: readers may read, writers write inside a transaction; the types differ. */
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
  /** Runs the work in one transaction: committed when it resolves, rolled back when it throws. */
  transaction<T>(work: (writer: Writer) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** How to reach the server: a URL of the operator, or the socket of the embedded one. */
export type Address =
  | { connectionString: string }
  | { host: string; user: string; database: string }

const DATE = 1082

export function openDatabase(address: Address, log: Logger): Database {
  const pool = openPool(address, log, { max: 20 })
  const reader = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: copyingPool(pool) }) })
  return {
    reader,
    pool,
    transaction: (work) => reader.transaction().execute(work),
    close: () => reader.destroy(),
  }
}

/** A pool that survives the server going away: without the listener the process would end. */
export function openPool(address: Address, log: Logger, more: PoolConfig = {}): Pool {
  const pool = new Pool({
    ...address,
    connectionTimeoutMillis: 10_000,
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
