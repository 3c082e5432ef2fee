/** The machine's clock is set back by an hour while everything runs: nothing happens twice or stops. */
import { scheduleBills } from '@countinghouse/server/billing/bill-schedule/run.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrange, type Made, runJob, use } from '../support/billing-world.ts'
import { type Json, startTestServer, type TestServer } from '../support/server.ts'

const HOUR_MS = 3_600_000

let server: TestServer
let made: Made
let token: string

beforeAll(async () => {
  server = await startTestServer({ now: '2024-11-01T00:30:00Z' })
  made = await arrange(await server.organization(), {
    configuration: { scheduledBillInterval: 1, billPrefix: 'N-' },
    pricings: [
      { name: 'qty', bands: [[0, 0, 1]] },
      { name: 'level', method: 'LATEST', bands: [[0, 0, 100]] },
    ],
  })
  token = await made.organization.token()
})
afterAll(() => server.close())

/** As the clock does every minute. */
async function strike(): Promise<void> {
  await scheduleBills.run(server.context, {}, new AbortController().signal)
  await server.context.jobs.waitUntilIdle()
}

async function all(path: string): Promise<Json[]> {
  return (await made.organization.must.get(`${path}?pageSize=100`)).data
}

const october = { lastDateInBillingPeriod: '2024-10-31' }

test('usage, bills, jobs and tokens before and after the step', async () => {
  await strike()
  await use(made, [['2024-10-20', { qty: 5, level: 1 }]])
  const sent = (uid: string, measure: object) => ({
    uid,
    meter: made.meter.code,
    account: made.account.code,
    ts: '2024-10-21T00:00:00Z',
    measure,
  })
  await made.organization.must.post('/measurements', {
    measurements: [sent('before', { qty: 1, level: 2 })],
  })
  server.clock.advance(HOUR_MS)
  await strike()
  const before = await all('/bills')
  const jobs = await all('/billjobs')
  expect(before.map(({ endDate }) => endDate)).toContain('2024-11-01')

  server.clock.advance(-HOUR_MS)
  await strike()

  // The hour that comes a second time starts no run of its own.
  expect((await all('/billjobs')).length).toBe(jobs.length)
  expect(await all('/bills')).toEqual(before)
  const withOldToken = await server.call('GET', `/organizations/${made.organization.id}/products`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(withOldToken.status).toBe(200)

  // Sent again, a uid counts once; at the same instant, what arrived later is the latest.
  await made.organization.must.post('/measurements', {
    measurements: [sent('before', { qty: 1, level: 2 }), sent('after', { qty: 1, level: 3 })],
  })
  await runJob(server, made.organization, october)
  const bills = await all('/bills')
  expect(bills.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  const [bill] = bills.filter(({ endDate }) => endDate === '2024-11-01')
  const { data: lines } = await made.organization.must.get(`/bills/${bill.id}/lineitems`)
  expect(lines.map(({ quantity }: Json) => quantity)).toEqual([7, 3])

  server.clock.advance(2 * HOUR_MS)
  await strike()
  expect((await all('/billjobs')).length).toBeGreaterThan(jobs.length + 1)
  const ids = [...(await all('/bills')), ...(await all('/billjobs')), ...(await all('/events'))]
  expect(new Set(ids.map(({ id }) => id)).size).toBe(ids.length)
  const numbers = (await all('/bills')).map(({ sequentialInvoiceNumber: number }) => number)
  expect(new Set(numbers).size).toBe(numbers.length)
})
