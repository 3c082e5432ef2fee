import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { listen } from './announcements.ts'
import { openPool } from './database.ts'
import { startPostgres } from './launcher.ts'

const log = createLog('silent')

test('announcements that are closed while they come back keep no connection', async () => {
  const root = mkdtempSync(join(tmpdir(), 'ch-announced-'))
  const postgres = await startPostgres(join(root, 'postgres'), log)
  const pool = openPool(postgres.address, log)
  let missed = 0
  const announcements = await listen(pool, log, 'news', {
    hear: () => undefined,
    missed: () => {
      missed += 1
    },
  })
  const closed = new Promise<void>((resolve) => {
    pool.once('connect', () => resolve(announcements.close()))
  })

  const other = new Client(postgres.address)
  await other.connect()
  await other.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen news'`,
  )
  await closed
  await pool.end()

  expect([pool.totalCount, missed]).toEqual([0, 0])
  await other.end()
  await postgres.stop()
  rmSync(root, { recursive: true, force: true, maxRetries: 5 })
}, 30_000)
