/**
 * A bill is complete or it is not issued: while the event store answers a part of what a run asks,
 * nothing is billed, and the run completes by itself once all of it is answered.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrange, linesOf, price, use } from '../support/billing-world.ts'
import { makeMeter } from '../support/catalog.ts'
import { type ClickHouseHttp, startClickHouseHttp } from '../support/clickhouse-http.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'ch-bill-usage-'))
let stand: ClickHouseHttp
let server: TestServer
let isBroken = false
let asked = 0
let unanswered = 0

beforeAll(async () => {
  stand = await startClickHouseHttp(folder, {
    trouble(statement) {
      if (!statement.includes('group by account, window')) return null
      asked += 1
      // The first of the two meters is answered, the second is not.
      if (!isBroken || asked % 2 === 1) return null
      unanswered += 1
      return { isDone: true, answer: unanswered % 2 === 1 ? 'bad gateway' : 'cut' }
    },
  })
  server = await startTestServer({
    now: '2024-07-15T12:00:00Z',
    config: { clickhouseUrl: stand.url, logLevel: 'silent' },
  })
}, 60_000)
afterAll(async () => {
  await server.close()
  await stand.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a run that gets half of its usage bills nothing, and all of it later', async () => {
  const made = await arrange(await server.organization(), {
    template: { standingCharge: 10 },
    pricings: [{ name: 'calls', bands: [[0, 0, 1]] }],
  })
  const { must } = made.organization
  const meter = await makeMeter(made.organization, { productId: made.product.id })
  const other = { ...made, meter }
  await price(other, { name: 'gigabytes', bands: [[0, 0, 1]] })
  await use(made, [['2024-06-10', { calls: 3 }]])
  await use(other, [['2024-06-10', { gigabytes: 40 }, { region: 'EU' }]])
  isBroken = true

  const job = await must.post('/billjobs', { lastDateInBillingPeriod: '2024-06-30' })
  await expect.poll(() => unanswered, { timeout: 30_000 }).toBeGreaterThanOrEqual(2)
  const meanwhile = [
    (await must.get('/bills')).data,
    (await must.get(`/billjobs/${job.id}`)).status,
  ]
  isBroken = false
  asked = 0
  const isComplete = async () => (await must.get(`/billjobs/${job.id}`)).status
  await expect.poll(isComplete, { timeout: 60_000, interval: 100 }).toBe('COMPLETE')

  const { data: bills } = await must.get('/bills?includeBillTotal=true')
  expect(meanwhile).toEqual([[], 'RUNNING'])
  expect(bills.map(linesOf)).toEqual([['STANDING_CHARGE 10', 'USAGE 3', 'USAGE 40']])
}, 120_000)
