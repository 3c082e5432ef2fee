/** Opens the event store: inside this process on a folder of ours, or a server of the operator. */
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { DataFolderInUse } from '../data-folder/lock.ts'
import { type EventDatabase, eventDatabase } from './event-database.ts'
import { type Bind, bindByServer, bindByText } from './parameters.ts'

export class EventStoreError extends Error {}

/** Whoever calls gets the error and decides; the client would print it as well. */
const QUIET = { level: ClickHouseLogLevel.OFF }

const INGEST_CONNECTIONS = 2
const QUERY_CONNECTIONS = 4

/** Opening takes the lock of the folder: a second process is refused. */
export async function openEmbedded(folder: string): Promise<EventDatabase> {
  const connect = await embeddedConnections(folder)
  return open(connect, bindByText).catch((error: unknown) => {
    // The engine says only that it failed to connect; a held lock is what it nearly always means.
    if (isLockHeld(folder)) throw new DataFolderInUse(dirname(folder))
    throw new EventStoreError(
      `The event store in ${folder} cannot be opened (${reasonOf(error)}). Restore it from a backup, or set DATA_DIR to another folder.`,
      { cause: error },
    )
  })
}

/** Makes connections to the engine in this process; never from a worker thread, where it crashes. */
export async function embeddedConnections(folder: string): Promise<() => ClickHouseClient> {
  const { createChdbConnection } = await import('chdb/connection').catch((error: unknown) => {
    throw new EventStoreError(
      `The embedded ClickHouse engine is not installed for ${process.platform}-${process.arch} (it needs Linux with glibc or macOS). Run "npm install" with optional dependencies, or set CLICKHOUSE_URL.`,
      { cause: error },
    )
  })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return () => {
    const connection = createChdbConnection({ path: folder })
    // NOTE: chdb brings its own copy of the client's declarations; the shapes are the same.
    return createClient({ connection, log: QUIET } as unknown as Parameters<typeof createClient>[0])
  }
}

export async function openServer(url: string): Promise<EventDatabase> {
  // Addresses have room for a few parameters only; longer ones go in the body.
  const connect = () =>
    createClient({ url, request_timeout: 120_000, log: QUIET, use_multipart_params_auto: true })
  return open(connect, bindByServer).catch((error: unknown) => {
    throw new EventStoreError(
      `CLICKHOUSE_URL cannot be reached (${reasonOf(error)}). Check address, user and password, or leave it out to use the embedded engine.`,
      { cause: error },
    )
  })
}

async function open(connect: () => ClickHouseClient, bind: Bind): Promise<EventDatabase> {
  const first = connect()
  const probe = await first.query({ query: 'select 1', format: 'JSONEachRow' })
  await probe.json()
  return eventDatabase({
    ingest: times(INGEST_CONNECTIONS, connect),
    queries: times(QUERY_CONNECTIONS, connect),
    commands: [first],
    bind,
  })
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make)
}

/** The engine notes the process that opened the folder; a note of a dead one means nothing. */
function isLockHeld(folder: string): boolean {
  try {
    const pid = Number(/^PID: (\d+)/m.exec(readFileSync(join(folder, 'status'), 'utf8'))?.[1])
    return pid !== process.pid && process.kill(pid, 0)
  } catch {
    return false
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
