import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { UnavailableError } from '../errors.ts'
import { createLog } from '../log.ts'
import { openPool } from './database.ts'
import { type EmbeddedPostgres, startPostgres } from './launcher.ts'
import { type Seat, takeSeat } from './seat.ts'
import { PostgresStartError } from './start-error.ts'

const log = createLog('silent')
const root = mkdtempSync(join(tmpdir(), 'ch-seat-'))
const KEY = 42
let postgres: EmbeddedPostgres
let pool: Pool
let seats: Seat[]

beforeAll(async () => {
  postgres = await startPostgres(join(root, 'postgres'), log)
})
beforeEach(() => {
  pool = openPool(postgres.address, log)
  seats = []
})
afterEach(async () => {
  for (const seat of seats) await seat.leave()
  await pool.end()
})
afterAll(async () => {
  await postgres.stop()
  rmSync(root, { recursive: true, force: true, maxRetries: 5 })
})

async function sit(
  patienceMs: number,
  prepare: () => Promise<void> = async () => undefined,
): Promise<Seat> {
  const seat = await takeSeat(pool, log, { key: KEY, taken: 'It is taken.', patienceMs, prepare })
  seats.push(seat)
  return seat
}

/** What a restart of the database does to the connection of the one who sits. */
async function cutConnection(): Promise<void> {
  await pool.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = ${KEY} and granted`,
  )
}

test('a second one is told why it cannot sit', async () => {
  await sit(0)

  await expect(sit(0)).rejects.toThrow(new PostgresStartError('It is taken.'))
})

test('a second one waits for the first to leave', async () => {
  const first = await sit(0)
  const second = sit(10_000)

  await first.leave()

  await (await second).check()
})

test('whoever has lost the connection does not sit, and sits again when it is back', async () => {
  let preparations = 0
  const seat = await sit(0, async () => {
    preparations += 1
  })
  await seat.check()

  await cutConnection()

  await expect(seat.check()).rejects.toBeInstanceOf(UnavailableError)
  await expect.poll(() => isSitting(seat)).toBe(true)
  expect(preparations).toBe(2)
})

test('whoever has sat down again has not sat all the time', async () => {
  const seat = await sit(0)
  const stillSits = await seat.check()
  await stillSits()

  await cutConnection()

  await expect.poll(() => isSitting(seat)).toBe(true)
  await expect(stillSits()).rejects.toBeInstanceOf(UnavailableError)
})

test('whoever has lost it to another one does not sit until that one has left', async () => {
  const first = await sit(0)
  const other = await pool.connect()
  // In the queue for the lock, so it comes before whoever only tries.
  const otherSits = other.query(`select pg_advisory_lock(${KEY})`)
  await expect.poll(isWaitedFor).toBe(true)

  await cutConnection()
  await otherSits

  await expect(first.check()).rejects.toBeInstanceOf(UnavailableError)
  other.release(true)
  await expect.poll(() => isSitting(first)).toBe(true)
})

test('a seat that cannot be prepared is not taken, and is free for the next', async () => {
  await expect(sit(0, () => Promise.reject(new Error('not yet')))).rejects.toThrow('not yet')

  await (await sit(10_000)).check()
})

function isSitting(seat: Seat): Promise<boolean> {
  return seat.check().then(
    () => true,
    () => false,
  )
}

async function isWaitedFor(): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from pg_locks where locktype = 'advisory' and objid = ${KEY} and not granted`,
  )
  return rowCount === 1
}
