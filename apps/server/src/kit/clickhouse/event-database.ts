/**
 * The only door to ClickHouse: in this process (chDB) or over HTTP, with the same SQL. One
 * connection runs one statement at a time, so there are several, each kind with its own work.
 */
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ClickHouseClient } from '@clickhouse/client'
import { StoreFullError, UnavailableError } from '../errors.ts'
import type { Bind, Parameters } from './parameters.ts'

export type { Parameters }

export type EventDatabase = {
  /** Rows of a select; decimals and 64-bit integers arrive as exact text. */
  query<Row>(sql: string, parameters?: Parameters): Promise<Row[]>
  /** Appends tab-separated rows; the same token is stored once. */
  insertText(table: string, columns: string[], tsv: string, token: string): Promise<void>
  /** DDL and other statements without rows, one after the other; they may take long. */
  command(sql: string, parameters?: Parameters): Promise<void>
  /** Waits for what runs, then closes. */
  close(): Promise<void>
}

/** Exact strings instead of bare numbers, which `JSON.parse` would turn into doubles. */
const EXACT = [
  'output_format_json_quote_decimals=1',
  'output_format_json_quote_64bit_integers=1',
  'output_format_json_quote_denormals=1',
].join(', ')

export type Connections = {
  ingest: ClickHouseClient[]
  queries: ClickHouseClient[]
  commands: ClickHouseClient[]
  bind: Bind
}

export function eventDatabase({ ingest, queries, commands, bind }: Connections): EventDatabase {
  const ingestLane = lane(ingest)
  const queryLane = lane(queries)
  const commandLane = lane(commands)
  return {
    async query<Row>(sql: string, parameters: Parameters = {}) {
      const statement = bind(withSettings(sql, EXACT), parameters)
      return queryLane.run(async (client) => {
        const answer = await client.query({
          ...statement,
          format: 'JSONEachRow',
          query_id: randomUUID(),
        })
        return answer.json<Row>()
      })
    },
    insertText: (table, columns, tsv, token) =>
      ingestLane.run(async (client) => {
        const answer = await client.exec({
          query: `insert into ${table} (${columns.join(', ')}) settings insert_deduplication_token='${checkedToken(token)}', async_insert=0 format TSV`,
          values: Readable.from([tsv]),
        })
        // Its end says that the rows are stored.
        for await (const _ of answer.stream);
      }),
    async command(sql, parameters = {}) {
      const statement = bind(sql, parameters)
      await commandLane.run((client) => client.command(statement))
    },
    async close() {
      await Promise.all([ingestLane, queryLane, commandLane].map((lane) => lane.close()))
    },
  }
}

/** Adds to a SETTINGS clause that the statement already ends with, or makes one. */
function withSettings(sql: string, settings: string): string {
  const statement = sql.trim().replace(/;$/, '')
  return /\bsettings\s+[^()]*$/i.test(statement)
    ? `${statement}, ${settings}`
    : `${statement}\nsettings ${settings}`
}

function checkedToken(token: string): string {
  if (!/^[\w:.-]{1,200}$/.test(token)) throw new Error(`insert token has odd characters: ${token}`)
  return token
}

/** Hands each piece of work to a free connection, in order of arrival. */
function lane(clients: ClickHouseClient[]) {
  const free = [...clients]
  const waiting: ((client: ClickHouseClient) => void)[] = []
  const running = new Set<Promise<unknown>>()
  let isClosed = false

  async function run<T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    if (isClosed) throw new Error('the event database is closed')
    const job = (async () => {
      const client =
        free.pop() ?? (await new Promise<ClickHouseClient>((resolve) => waiting.push(resolve)))
      try {
        return await work(client).catch(refuseWhenAway)
      } finally {
        const next = waiting.shift()
        if (next) next(client)
        else free.push(client)
      }
    })()
    running.add(job)
    try {
      return await job
    } finally {
      running.delete(job)
    }
  }

  async function close(): Promise<void> {
    isClosed = true
    await Promise.allSettled(running)
    await Promise.all(clients.map((client) => client.close()))
  }

  return { run, close }
}

/** The limits of the engine count all that runs beside a statement, also of other programs. */
const OVERLOADED = new Set([
  'MEMORY_LIMIT_EXCEEDED',
  'CANNOT_ALLOCATE_MEMORY',
  'TOO_MANY_SIMULTANEOUS_QUERIES',
  'TIMEOUT_EXCEEDED',
])

const SAYS_FULL = /No space left on device/

/** A refusal of the engine keeps its text; anything else means that it could not be asked. */
function refuseWhenAway(error: unknown): never {
  // NOTE: chdb throws the error class of its own copy of the client, so `instanceof` fails.
  const { code, type, message } = error as { code?: unknown; type?: unknown; message?: unknown }
  const isRefusal = /^\d+$/.test(String(code))
  if (isRefusal && (type === 'NOT_ENOUGH_SPACE' || SAYS_FULL.test(String(message)))) {
    throw new StoreFullError(error)
  }
  const isOverloaded = isRefusal && OVERLOADED.has(String(type))
  if (isRefusal && !isOverloaded) throw error
  const unavailable = new UnavailableError(
    isOverloaded
      ? 'The event store has no memory or time to spare for this at the moment. Nothing was stored; send the request again, or ask for less at once: a shorter time, fewer groups.'
      : 'The event store cannot be reached at the moment. Nothing was stored; send the request again.',
  )
  unavailable.cause = error
  throw unavailable
}
