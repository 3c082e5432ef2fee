import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { from } from 'pg-copy-streams'

/** The pool as Kysely sees it: a statement that copies has the bytes of its rows as parameters. */
export function copyingPool(pool: Pool): PostgresPool {
  // Kysely knows connections by their object, so each keeps its own.
  const known = new WeakMap<PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      const copying = known.get(client) ?? copyingClient(client)
      known.set(client, copying)
      return copying
    },
  }
}

const COPY = /^copy .+ from stdin$/

function copyingClient(client: PoolClient): PostgresPoolClient {
  // NOTE: only CopyRows makes statements that copy, and its parameters are its bytes.
  const query = (statement: string, parameters: unknown[] = []): Promise<unknown> =>
    COPY.test(statement)
      ? copyIn(client, statement, parameters as Buffer[])
      : client.query(statement, parameters)
  return {
    // NOTE: Kysely also knows cursors, which it uses only when it is given their class.
    query: query as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy),
  }
}

async function copyIn(client: PoolClient, statement: string, chunks: Buffer[]) {
  const stream = client.query(from(statement))
  await new Promise<void>((resolve, reject) => {
    stream.on('finish', resolve)
    stream.on('error', reject)
    for (const chunk of chunks) stream.write(chunk)
    stream.end()
  })
  return { command: 'COPY', rowCount: stream.rowCount, rows: [] }
}
