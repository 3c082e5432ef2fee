/** The whole path on a PostgreSQL server of the operator's own (DATABASE_URL), over restarts of both. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runBills } from '../support/bill-run.ts'
import { arrange, type Made, use } from '../support/billing-world.ts'
import { makePostgresServer, type PostgresServer } from '../support/postgres-server.ts'
import { makeWorld, type World } from './world.ts'

let postgres: PostgresServer
let world: World
let made: Made

beforeAll(async () => {
  postgres = await makePostgresServer()
  // An ordinary user that owns its database, as hosters give one.
  await postgres.run(`create role house login password 'p@ss/word'`)
  await postgres.run('create database house owner house')
  world = await makeWorld({
    environment: { DATABASE_URL: postgres.url('house', 'house', 'p@ss/word') },
  })
  made = await arrange(world.organization, {
    pricings: [{ name: 'calls', bands: [[0, 0, 0.25]] }],
    accountPlan: { startDate: '2024-01-01T00:00:00Z' },
  })
}, 120_000)
afterAll(async () => {
  await world.close()
  await postgres.remove()
})

const january = { lastDateInBillingPeriod: '2024-01-31' }

test('everything of PostgreSQL is on that server, and nothing is started inside', async () => {
  const [counted] = await postgres.run('select count(*)::int as n from organization', 'house')

  expect(counted).toEqual({ n: 1 })
  expect(existsSync(join(world.dataDir, 'postgres'))).toBe(false)
})

test('measurements become a bill, and both are there after a restart', async () => {
  await use(made, [
    ['2024-01-10', { calls: 100 }],
    ['2024-01-20', { calls: 20 }],
  ])

  const job = await runBills(world.organization, january)
  await world.server.end('SIGTERM')
  await world.restart()

  const [billId] = job.billIds
  const bill = await world.organization.must.get(`/bills/${billId}`)
  expect(bill.billTotal).toBe(30)
  const again = await runBills(world.organization, january)
  expect(again.billIds).toEqual([billId])
})

test('while that server is away calls are answered with 503, and go on when it is back', async () => {
  await postgres.stop()

  const away = await world.organization.post('/products', { name: 'Late', code: 'late' })
  expect(away).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } })
  expect(away.headers['retry-after']).toBeDefined()
  expect((await fetch(`${world.server.url}/readyz`)).status).toBe(503)
  expect((await fetch(`${world.server.url}/healthz`)).status).toBe(200)

  await postgres.start()
  await expect
    .poll(() => world.organization.post('/products', { name: 'Late', code: 'late' }))
    .toMatchObject({ status: 200 })
})
