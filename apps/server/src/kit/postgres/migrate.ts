/** Brings the database to the shape this program needs: numbered steps, each once, in order. */
import type { Pool } from 'pg'
import { PostgresStartError } from './start-error.ts'

export type Migration = { name: string; sql: string }

/** Any number works; it only keeps two starting processes from migrating at once. */
const MIGRATION_LOCK = 7_420_001

export async function migrate(pool: Pool, migrations: Migration[]): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query(
      'create table if not exists migration (name text primary key, applied_at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string }>('select name from migration')
    const applied = new Set(rows.map((row) => row.name))
    refuseNewer(applied, migrations)
    for (const { name, sql } of migrations) {
      if (applied.has(name)) continue
      await client.query('begin')
      await client.query(sql)
      await client.query('insert into migration (name) values ($1)', [name])
      await client.query('commit')
    }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined)
    client.release()
  }
}

/** An older program would write rows that lack what a newer one relies on. */
function refuseNewer(applied: Set<string>, migrations: Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name))
  const unknown = [...applied].filter((name) => !known.has(name)).sort()
  if (unknown.length === 0) return
  throw new PostgresStartError(
    `This database was brought up to date by a newer version of Countinghouse (it has ${unknown.join(', ')}, which this one does not know). Start that version, or restore a backup from before it; nothing was changed.`,
  )
}
