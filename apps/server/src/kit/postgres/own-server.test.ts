import {
  makePostgresServer,
  type PostgresServer,
} from '@countinghouse/tests/support/postgres-server.ts'
import {
  type ProcessOptions,
  runAdmin,
  runServerToItsEnd,
  temporaryDataDir,
} from '@countinghouse/tests/support/server-process.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { createLog } from '../log.ts'
import { openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { checkOwnServer, troubleWith } from './own-server.ts'
import { PostgresStartError } from './start-error.ts'

const log = createLog('silent')
let postgres: PostgresServer
let folder: Awaited<ReturnType<typeof temporaryDataDir>>

beforeAll(async () => {
  postgres = await makePostgresServer()
  folder = await temporaryDataDir()
  for (const statement of [
    `create role house login password 'right'`,
    `create role guest login password 'right'`,
    'create database house owner house',
    'create database narrow owner house',
    'create database tight owner owner',
    'grant create on database tight to guest',
    `create database old_text encoding 'LATIN1' locale 'C' template template0`,
    'create database standby owner house',
    'alter database standby set default_transaction_read_only = on',
    'create database newer owner house',
  ])
    await postgres.run(statement)
  await postgres.run('create table migration (name text primary key)', 'newer')
  await postgres.run('grant all on migration to house', 'newer')
  await postgres.run(`insert into migration values ('9999-from-the-future')`, 'newer')
})
afterAll(async () => {
  await postgres.remove()
  await folder.remove()
})

/** What a start does before anything else is opened. */
async function refusalOf(databaseUrl: string): Promise<unknown> {
  const database = openDatabase({ connectionString: databaseUrl }, log)
  try {
    await checkOwnServer(database.pool, databaseUrl)
    await migrate(database.pool, migrations)
    return null
  } catch (error) {
    return error
  } finally {
    await database.close()
  }
}

describe('a DATABASE_URL that cannot be worked with', () => {
  it.each([
    [
      'a port where nothing listens',
      () => 'postgres://house:right@127.0.0.1:9/house',
      ['Cannot reach', '127.0.0.1:9', 'Check address and port'],
    ],
    [
      'a name that no machine has',
      () => 'postgres://house:right@nowhere.invalid/house',
      ['Cannot reach', 'nowhere.invalid'],
    ],
    [
      'a wrong password',
      () => postgres.url('house', 'house', 'wrong'),
      ['Sign-in to', 'user "house" and the password in DATABASE_URL'],
    ],
    [
      'an unknown user',
      () => postgres.url('house', 'stranger', 'right'),
      ['Sign-in to', 'stranger'],
    ],
    [
      'a database that is not there',
      () => postgres.url('missing', 'house', 'right'),
      ['create database "missing" owner "house"'],
    ],
    [
      'a user who may not create schemas',
      () => postgres.url('narrow', 'guest', 'right'),
      ['grant create on database "narrow" to "guest"'],
    ],
    [
      'a user who may not create tables',
      () => postgres.url('tight', 'guest', 'right'),
      ['create on schema public to "guest"'],
    ],
    ['text that is not UTF-8', () => postgres.url('old_text'), ['LATIN1', `encoding 'UTF8'`]],
    [
      'a server that can only be read',
      () => postgres.url('standby', 'house', 'right'),
      ['can only be read', 'primary'],
    ],
    [
      'tables of a newer version',
      () => postgres.url('newer', 'house', 'right'),
      ['9999-from-the-future', 'newer version'],
    ],
  ])('is refused with a sentence: %s', async (_case, url, sentences) => {
    const refusal = await refusalOf(url())

    expect(refusal).toBeInstanceOf(PostgresStartError)
    for (const sentence of sentences) expect(String(refusal)).toContain(sentence)
    expect(String(refusal)).not.toMatch(/right|wrong/)
  })

  it.each([
    ['the server', runServerToItsEnd],
    ['the admin command', (options: ProcessOptions) => runAdmin(['organization', 'list'], options)],
  ])('stops %s with that sentence alone', async (_what, run) => {
    const { code, output } = await run({
      dataDir: folder.path,
      environment: { DATABASE_URL: postgres.url('house', 'house', 'wrong') },
    })

    expect(code).toBe(1)
    expect(output).toContain('Sign-in to the PostgreSQL server of DATABASE_URL')
    expect(output).not.toContain('    at ')
  })

  it('leaves a database that it refuses as it was', async () => {
    const tables = `select count(*)::int as n from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`

    expect(await postgres.run(tables, 'tight')).toEqual([{ n: 0 }])
    expect(await postgres.run(tables, 'newer')).toEqual([{ n: 1 }])
  })
})

it('a server is told to look after its callers: it would keep the locks of a dead machine for hours', async () => {
  const database = openDatabase({ connectionString: postgres.url() }, log)

  const { rows } = await database.pool.query(
    `select name, setting from pg_settings where name like 'tcp_keepalives_%' order by name`,
  )
  await database.close()

  expect(rows).toEqual([
    { name: 'tcp_keepalives_count', setting: '3' },
    { name: 'tcp_keepalives_idle', setting: '15' },
    { name: 'tcp_keepalives_interval', setting: '5' },
  ])
})

describe('what a server tells about itself', () => {
  const good = {
    version: '15.0',
    major: 15,
    encoding: 'UTF8',
    isReadOnly: false,
    mayCreateSchemas: true,
    mayCreateTables: true,
    hasBtreeGist: true,
  }
  const place = { host: 'db.example.com', user: 'house', database: 'house' }

  it('is enough from version 15 on', () => {
    expect(troubleWith(good, place)).toBeNull()
    expect(troubleWith({ ...good, version: '14.11', major: 14 }, place)).toContain(
      'is version 14.11, but 15 or newer is needed',
    )
  })

  it('includes the modules that the tables need', () => {
    expect(troubleWith({ ...good, hasBtreeGist: false }, place)).toContain('postgresql-contrib')
  })

  it('may lack a schema to create tables in', () => {
    expect(troubleWith({ ...good, mayCreateTables: null }, place)).toContain('create schema')
  })
})
