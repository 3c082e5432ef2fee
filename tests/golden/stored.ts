/**
 * What lies in the stores, as plain lines, and the way back into a data directory: rows of every
 * table in the shape that a version of the past gave them.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '@countinghouse/server/context.ts'
import { migrateEvents } from '@countinghouse/server/kit/clickhouse/migrate.ts'
import { openEmbedded } from '@countinghouse/server/kit/clickhouse/open.ts'
import { createLog } from '@countinghouse/server/kit/log.ts'
import { openPool } from '@countinghouse/server/kit/postgres/database.ts'
import { startPostgres } from '@countinghouse/server/kit/postgres/launcher.ts'
import { migrate } from '@countinghouse/server/kit/postgres/migrate.ts'
import { eventMigrations } from '@countinghouse/server/migrations/events/index.ts'
import { migrations } from '@countinghouse/server/migrations/index.ts'

/** Steps of both stores that the sample was taken behind; no later one is applied before its rows. */
export type Steps = { postgres: string; events: string }

type Pool = Context['database']['pool']

const POSTGRES_FILE = 'postgres.jsonl'
const EVENTS_FILE = 'events.jsonl'
const STEPS_FILE = 'steps.json'

/** Everything but the queues, whose jobs are of the moment. */
const TABLES = `
  select format('%I.%I', n.nspname, c.relname) as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'auth') and c.relkind = 'r' and c.relname <> 'migration'
  order by 1`

/** Computed columns compute themselves again. */
const COLUMNS = `
  select format('%I', attname) as name, attidentity <> '' as "isIdentity"
  from pg_attribute
  where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''
  order by attnum`

export async function dump({ database, events }: Context, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const { rows: tables } = await database.pool.query<{ name: string }>(TABLES)
  const lines: string[] = []
  for (const { name } of tables) {
    const { rows } = await database.pool.query<{ row: string }>(
      `select row_to_json(t)::text as row from ${name} t order by 1`,
    )
    lines.push(...rows.map(({ row }) => `${name}\t${row}\n`))
  }
  writeFileSync(join(folder, POSTGRES_FILE), lines.join(''))

  const stored: string[] = []
  for (const name of ['event', 'refusal', 'refusal_mark']) {
    const rows = await events.query<object>(`select * from ${name} order by all`)
    stored.push(...rows.map((row) => `${name}\t${JSON.stringify(row)}\n`))
  }
  writeFileSync(join(folder, EVENTS_FILE), stored.join(''))

  const steps: Steps = {
    postgres: migrations.at(-1)?.name ?? '',
    events: eventMigrations.at(-1)?.name ?? '',
  }
  writeFileSync(join(folder, STEPS_FILE), `${JSON.stringify(steps, null, 2)}\n`)
}

/** A data directory as that version left it behind. */
export async function restore(folder: string, dataDir: string): Promise<void> {
  const steps = JSON.parse(readFileSync(join(folder, STEPS_FILE), 'utf8')) as Steps
  const log = createLog('error')
  const postgres = await startPostgres(join(dataDir, 'postgres'), log)
  const pool = openPool(postgres.address, log)
  await migrate(pool, upTo(migrations, steps.postgres))
  for (const [table, rows] of readLines(join(folder, POSTGRES_FILE))) {
    await insertRows(pool, table, rows)
  }
  await pool.end()
  await postgres.stop()

  const events = await openEmbedded(join(dataDir, 'events'))
  await migrateEvents(events, upTo(eventMigrations, steps.events))
  for (const [table, rows] of readLines(join(folder, EVENTS_FILE))) {
    await events.command(`insert into ${table} format JSONEachRow ${rows.join('\n')}`)
  }
  await events.close()
}

/** Rows refer to each other in every direction, so no order would please the foreign keys. */
async function insertRows(pool: Pool, table: string, rows: string[]): Promise<void> {
  const { rows: columns } = await pool.query<{ name: string; isIdentity: boolean }>(COLUMNS, [
    table,
  ])
  const names = columns.map(({ name }) => name).join(', ')
  const client = await pool.connect()
  await client.query('set session_replication_role = replica')
  await client.query(
    `insert into ${table} (${names}) overriding system value
     select ${names} from json_populate_recordset(null::${table}, $1)`,
    [`[${rows.join(',')}]`],
  )
  for (const { name } of columns.filter(({ isIdentity }) => isIdentity)) {
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), (select max(${name}) from ${table}))`,
      [table, name.replaceAll('"', '')],
    )
  }
  client.release(true)
}

function readLines(file: string): Map<string, string[]> {
  const tables = new Map<string, string[]>()
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue
    const tab = line.indexOf('\t')
    const name = line.slice(0, tab)
    tables.set(name, [...(tables.get(name) ?? []), line.slice(tab + 1)])
  }
  return tables
}

function upTo<Step extends { name: string }>(all: Step[], last: string): Step[] {
  const at = all.findIndex(({ name }) => name === last)
  if (at < 0) throw new Error(`There is no step ${last} any more; landed steps stay.`)
  return all.slice(0, at + 1)
}
