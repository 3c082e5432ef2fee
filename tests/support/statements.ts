/** Listens to what this process asks the stores, for tests of what every statement must say. */
import type { Context } from '@countinghouse/server/context.ts'

export type Statements = { postgres: Set<string>; clickhouse: Set<string> }

type Stores = Pick<Context, 'database' | 'events'>

/** Texts with places instead of values, so that each stands here once. */
export async function watchStatements({ database, events }: Stores): Promise<Statements> {
  const seen: Statements = { postgres: new Set(), clickhouse: new Set() }
  await watchPostgres(database, seen.postgres)
  const { query } = events
  events.query = (sql, parameters) => {
    seen.clickhouse.add(sql)
    return query(sql, parameters)
  }
  return seen
}

/** Every connection, also those of libraries: what all of them have in common is replaced. */
async function watchPostgres({ pool }: Stores['database'], seen: Set<string>): Promise<void> {
  const client = await pool.connect()
  const prototype = Object.getPrototypeOf(client)
  client.release()
  const { query } = prototype
  prototype.query = function watched(...words: [string | { text?: string } | undefined]) {
    const [asked] = words
    const text = typeof asked === 'string' ? asked : asked?.text
    if (text !== undefined) seen.add(text)
    return Reflect.apply(query, this, words)
  }
}
