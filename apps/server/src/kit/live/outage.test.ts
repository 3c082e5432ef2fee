import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { startPostgres } from '../postgres/launcher.ts'
import { openLive } from './live.ts'

const log = createLog('silent')
const ATTEMPTS = 4

test('live updates come back on one connection, however often the database refused them', async () => {
  const root = mkdtempSync(join(tmpdir(), 'ch-live-'))
  const folder = join(root, 'postgres')
  const postgres = await startPostgres(folder, log)
  const live = await openLive(postgres.address, log)
  await postgres.stop()

  await refuse(join(root, 'socket', '.s.PGSQL.5432'), ATTEMPTS)
  const back = await startPostgres(folder, log)
  const client = new Client(back.address)
  await client.connect()
  const listeners = async () => {
    const text = `select count(*)::int as n from pg_stat_activity where query = 'listen live'`
    return (await client.query(text)).rows[0].n
  }
  await expect.poll(listeners, { timeout: 10_000 }).toBeGreaterThan(0)
  // Longer than an attempt waits for the next one.
  await client.query('select pg_sleep(2)')

  expect(await listeners()).toBe(1)
  await client.end()
  await live.close()
  await back.stop()
  rmSync(root, { recursive: true, force: true, maxRetries: 5 })
}, 60_000)

/** Hangs up on so many callers. */
async function refuse(path: string, times: number): Promise<void> {
  rmSync(path, { force: true })
  let refused = 0
  const server = createServer((socket) => {
    refused += 1
    socket.destroy()
  })
  server.listen(path)
  await expect.poll(() => refused, { timeout: 20_000 }).toBeGreaterThanOrEqual(times)
  await new Promise((resolve) => server.close(resolve))
}
