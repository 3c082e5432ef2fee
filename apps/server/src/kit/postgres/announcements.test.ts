import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { type Announcements, listen } from './announcements.ts'
import { openPool } from './database.ts'
import { type EmbeddedPostgres, startPostgres } from './launcher.ts'

const log = createLog('silent')
const root = mkdtempSync(join(tmpdir(), 'ch-announced-'))
let postgres: EmbeddedPostgres
let pool: Pool
let announcements: Announcements
let heard: string[]
/** How often something may have been missed. */
let missed: number

beforeAll(async () => {
  postgres = await startPostgres(join(root, 'postgres'), log)
})
beforeEach(async () => {
  heard = []
  missed = 0
  pool = openPool(postgres.address, log)
  announcements = await listen(pool, log, 'news', {
    hear: (what) => heard.push(what),
    missed: () => {
      missed += 1
    },
  })
})
afterAll(async () => {
  await postgres.stop()
  rmSync(root, { recursive: true, force: true, maxRetries: 5 })
})

test('announcements that are closed while they come back keep no connection', async () => {
  const closed = new Promise<void>((resolve) => {
    pool.once('connect', () => resolve(announcements.close()))
  })
  const other = openPool(postgres.address, log)

  await other.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen news'`,
  )
  await closed
  await pool.end()

  expect([pool.totalCount, missed]).toEqual([0, 0])
  await other.end()
})

test('a connection that gives no answer is left for a new one', async () => {
  await expect(announcements.ask('select pg_sleep(600)')).rejects.toThrow('did not answer in time')
  await expect.poll(() => missed).toBe(1)

  await pool.query(`notify news, 'all is well'`)
  await announcements.fence()

  expect(heard).toEqual(['all is well'])
  await announcements.close()
  await pool.end()
})
