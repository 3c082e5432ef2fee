import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { type Announcements, listen } from './announcements.ts'
import { openPool } from './database.ts'
import { type Hold, holdBy, whileNothingIsHeld } from './hold.ts'
import { type EmbeddedPostgres, startPostgres } from './launcher.ts'

const log = createLog('silent')
const root = mkdtempSync(join(tmpdir(), 'ch-hold-'))
let postgres: EmbeddedPostgres
let pool: Pool
let announcements: Announcements
let hold: Hold
/** Of announcements that the connection missed, each time that it came back. */
let returned: PromiseWithResolvers<void>
let happened: string[]

beforeAll(async () => {
  postgres = await startPostgres(join(root, 'postgres'), log)
})
beforeEach(async () => {
  happened = []
  returned = Promise.withResolvers()
  pool = openPool(postgres.address, log)
  announcements = await listen(pool, log, 'news', {
    hear: (what) => happened.push(`heard of ${what}`),
    missed: () => {
      happened.push('looks again')
      returned.resolve()
    },
  })
  hold = holdBy(announcements)
})
afterEach(async () => {
  await announcements.close()
  await pool.end()
})
afterAll(async () => {
  await postgres.stop()
  rmSync(root, { recursive: true, force: true, maxRetries: 5 })
})

const deletion = () =>
  whileNothingIsHeld(pool, async () => {
    await pool.query(`notify news, 'a deletion'`)
    happened.push('deleted')
  })

/** What a restart of the database does to the connection that holds the lock. */
async function cutConnection(): Promise<void> {
  const { rows } = await pool.query(
    `select pid from pg_stat_activity where query = 'listen news' or query like '%advisory%'
      and pid <> pg_backend_pid()`,
  )
  for (const { pid } of rows) await pool.query('select pg_terminate_backend($1)', [pid])
}

/** Time enough for a deletion that nothing keeps. */
async function askOften(): Promise<void> {
  for (let time = 0; time < 50; time += 1) await pool.query('select 1')
}

test('a deletion waits for work that has begun', async () => {
  const letGo = await hold()
  const deleted = deletion()
  await askOften()

  happened.push('let go')
  letGo()
  await deleted

  expect(happened.filter((what) => !what.startsWith('heard'))).toEqual(['let go', 'deleted'])
})

test('a deletion waits for work whose lock was lost with its connection', async () => {
  const letGo = await hold()
  await cutConnection()
  const deleted = deletion()
  await askOften()

  happened.push('let go')
  letGo()
  await deleted

  const order = happened.filter((what) => ['let go', 'deleted'].includes(what))
  expect(order).toEqual(['let go', 'deleted'])
})

test('work that begins after a deletion has been told of it, also on a connection that was cut', async () => {
  await cutConnection()
  await deletion()

  const letGo = await hold()
  happened.push('begun')
  letGo()

  expect(happened).toEqual(['deleted', 'looks again', 'begun'])
})

test('work begins without the database, where nothing was deleted', async () => {
  await cutConnection()

  const letGo = await hold()
  letGo()

  expect(happened).toEqual([])
  await returned.promise
})

test('work and deletions take turns, however many there are', async () => {
  const works = Array.from({ length: 20 }, async () => {
    const letGo = await hold()
    happened.push('begun')
    await pool.query('select 1')
    happened.push('ended')
    letGo()
  })
  const deletions = Array.from({ length: 10 }, deletion)

  await Promise.all([...works, ...deletions])

  let running = 0
  for (const what of happened) {
    if (what === 'begun') running += 1
    if (what === 'ended') running -= 1
    if (what === 'deleted') expect(running).toBe(0)
  }
  expect(happened.filter((what) => what === 'deleted')).toHaveLength(10)
})
