import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { createLog } from '../log.ts'
import { isDatabaseAway } from './away.ts'
import { type Database, openDatabase, type Writer } from './database.ts'
import { type EmbeddedPostgres, startPostgres } from './launcher.ts'

const log = createLog('silent')
let root: string
let postgres: EmbeddedPostgres
let database: Database

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ch-database-'))
  postgres = await startPostgres(join(root, 'postgres'), log)
  database = openDatabase(postgres.address, log)
  await database.pool.query('create table counter (name text primary key, value int not null)')
})
beforeEach(async () => {
  await database.pool.query(
    `insert into counter values ('left', 0), ('right', 0) on conflict (name) do update set value = 0`,
  )
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
  rmSync(root, { recursive: true, force: true })
})

const add = (writer: Writer, name: string) =>
  sql`update counter set value = value + 1 where name = ${name}`.execute(writer)

async function counters(): Promise<Record<string, number>> {
  const { rows } = await database.pool.query('select name, value from counter')
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}

/** Resolves for everybody when so many have come, and at once for whoever comes later. */
function meeting(size: number) {
  const { promise, resolve } = Promise.withResolvers<void>()
  let came = 0
  return () => {
    came += 1
    if (came >= size) resolve()
    return promise
  }
}

describe('a transaction', () => {
  it('that waits for one that waits for it is run again, and counts once', async () => {
    const bothHoldOne = meeting(2)
    let runs = 0
    const inOrder = (first: string, second: string) =>
      database.transaction(async (writer) => {
        runs += 1
        await add(writer, first)
        await bothHoldOne()
        await add(writer, second)
        return first
      })

    const answers = await Promise.all([inOrder('left', 'right'), inOrder('right', 'left')])

    expect(answers).toEqual(['left', 'right'])
    expect(runs).toBe(3)
    expect(await counters()).toEqual({ left: 2, right: 2 })
  })

  it('that fits into no order with another is run again', async () => {
    const bothHaveRead = meeting(2)
    const takeOver = () =>
      database.transaction(async (writer) => {
        await sql`set transaction isolation level serializable`.execute(writer)
        const { rows } = await sql<{ value: number }>`
          select value from counter where name = 'left'`.execute(writer)
        await bothHaveRead()
        const next = (rows[0]?.value ?? 0) + 1
        await sql`update counter set value = ${next} where name = 'left'`.execute(writer)
      })

    await Promise.all([takeOver(), takeOver()])

    expect(await counters()).toMatchObject({ left: 2 })
  })

  it('that fails for a reason of its own is run once and leaves nothing', async () => {
    let runs = 0
    const failing = database.transaction(async (writer) => {
      runs += 1
      await add(writer, 'left')
      throw new Error('of its own')
    })

    await expect(failing).rejects.toThrow('of its own')
    expect(runs).toBe(1)
    expect(await counters()).toEqual({ left: 0, right: 0 })
  })
})

test('a connection that broke says at each later call that the database is away', async () => {
  const errors: unknown[] = []
  const note = (error: unknown) => void errors.push(error)

  await database
    .transaction(async (writer) => {
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(writer).catch(note)
      await add(writer, 'left').catch(note)
      await add(writer, 'left')
    })
    .catch(note)

  expect(errors).toHaveLength(3)
  expect(errors.map(isDatabaseAway)).toEqual([true, true, true])
  expect(await counters()).toEqual({ left: 0, right: 0 })
})
