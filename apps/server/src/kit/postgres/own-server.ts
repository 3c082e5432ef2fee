/** Whether the PostgreSQL server of DATABASE_URL can be worked with; if not, a sentence says why. */
import type { Pool, PoolClient } from 'pg'
import { PostgresStartError } from './start-error.ts'

const VERSION_MIN = 15

type Facts = {
  version: string
  major: number
  encoding: string
  isReadOnly: boolean
  mayCreateSchemas: boolean
  mayCreateTables: boolean | null
  hasBtreeGist: boolean
}

/** Before anything is changed there: a start that cannot succeed leaves the database as it was. */
export async function checkOwnServer(pool: Pool, databaseUrl: string): Promise<void> {
  const place = placeOf(databaseUrl)
  const client = await pool.connect().catch((error: unknown) => {
    throw new PostgresStartError(unreachable(place, error), { cause: error })
  })
  try {
    const trouble = troubleWith(await readFacts(client), place)
    if (trouble !== null) throw new PostgresStartError(trouble)
  } finally {
    client.release()
  }
}

async function readFacts(client: PoolClient): Promise<Facts> {
  const { rows } = await client.query<Facts>(`
    select current_setting('server_version') as version,
      current_setting('server_version_num')::int / 10000 as major,
      current_setting('server_encoding') as encoding,
      current_setting('transaction_read_only') = 'on' as "isReadOnly",
      has_database_privilege(current_database(), 'create') as "mayCreateSchemas",
      has_schema_privilege(current_schema(), 'create') as "mayCreateTables",
      exists (select from pg_available_extensions where name = 'btree_gist') as "hasBtreeGist"`)
  const [facts] = rows
  if (facts === undefined) throw new Error('the server told nothing about itself')
  return facts
}

/** The first thing that stands in the way, with what to do about it. */
export function troubleWith(facts: Facts, { host, user, database }: Place): string | null {
  const where = `The PostgreSQL server of DATABASE_URL (${host})`
  if (facts.major < VERSION_MIN) {
    return `${where} is version ${facts.version}, but ${VERSION_MIN} or newer is needed. Upgrade it, or leave DATABASE_URL out to use the embedded one.`
  }
  if (facts.encoding !== 'UTF8') {
    return `The database "${database}" of DATABASE_URL keeps text as ${facts.encoding}, but names may be in any language. Make one with: create database … encoding 'UTF8' template template0.`
  }
  if (facts.isReadOnly) {
    return `${where} can only be read, as a standby can. Set DATABASE_URL to the primary.`
  }
  if (!facts.mayCreateSchemas) {
    return `The user "${user}" of DATABASE_URL may not create schemas in "${database}". Let an administrator run: grant create on database "${database}" to "${user}".`
  }
  if (facts.mayCreateTables !== true) {
    return `The user "${user}" of DATABASE_URL may not create tables in the schema public of "${database}". Let an administrator run there: create schema if not exists public; grant usage, create on schema public to "${user}".`
  }
  if (!facts.hasBtreeGist) {
    return `${where} lacks the extension btree_gist. Install PostgreSQL’s contrib modules (package postgresql-contrib).`
  }
  return null
}

function unreachable({ host, user, database }: Place, error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }
  const reason = message || code || String(error)
  const where = `the PostgreSQL server of DATABASE_URL (${host})`
  if (code === '28P01' || code === '28000') {
    return `Sign-in to ${where} failed: ${reason}. Check the user "${user}" and the password in DATABASE_URL, and that pg_hba.conf lets this machine in.`
  }
  if (code === '3D000') {
    return `There is no database "${database}" on ${where}. Let an administrator run: create database "${database}" owner "${user}".`
  }
  if (code === '53300') {
    return `All connections of ${where} are taken (${reason}). Raise its max_connections; a process uses up to 21.`
  }
  return `Cannot reach ${where}: ${reason}. Check address and port, and that it runs and may be reached from here; or leave DATABASE_URL out to use the embedded one.`
}

type Place = { host: string; user: string; database: string }

/** What may be printed of the address: everything but the password. */
function placeOf(databaseUrl: string): Place {
  const { host, username, pathname, searchParams } = new URL(databaseUrl)
  const user = decodeURIComponent(username)
  return {
    host: host || (searchParams.get('host') ?? 'localhost'),
    user,
    database: decodeURIComponent(pathname.slice(1)) || user,
  }
}
