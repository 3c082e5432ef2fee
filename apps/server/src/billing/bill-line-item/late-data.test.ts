/** What came in since a bill was calculated is neither counted nor shown as counted (billing 2.5). */
import {
  arrange,
  billFor,
  type Made,
  runJob,
  use,
} from '@countinghouse/tests/support/billing-world.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

let server: TestServer
let made: Made
let bill: Json

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-01T06:00:00Z' })
  made = await arrange(await server.organization(), {
    pricings: [
      { name: 'qty', bands: [[0, 0, 1]] },
      { name: 'last', method: 'LATEST', bands: [[0, 0, 1]] },
    ],
  })
  await use(made, [
    ['2024-06-10', { qty: 3, last: 5 }],
    ['2024-06-20', { qty: 4, last: 6 }],
  ])
  bill = await billFor(server, made, '2024-06-30')
  server.clock.advance(1_000)
  await use(made, [['2024-06-25', { qty: 100, last: 100 }]])
})
afterAll(() => server.close())

const behind = (position: number, page = '') =>
  made.organization.must.get(
    `/bills/${bill.id}/lineitems/${bill.lineItems[position].id}/measurements?pageSize=100${page}`,
  )
const valuesOf = ({ data }: Json) => data.map(({ value }: Json) => value)

test('the measurements behind a line stay those that it counts', async () => {
  const [sum, latest] = [await behind(0), await behind(1)]

  expect([valuesOf(sum), sum.total, sum.since]).toEqual([['4', '3'], 2, 1])
  expect([valuesOf(latest)[0], latest.since]).toEqual([String(bill.lineItems[1].quantity), 1])
})

test('also of a locked bill, whatever runs later, and the bill stays as it was', async () => {
  const { must } = made.organization
  await must.put(`/bills/${bill.id}/status`, { status: 'APPROVED' })
  const locked = await must.put(`/bills/${bill.id}/lock`)
  server.clock.advance(1_000)

  await runJob(server, made.organization, { lastDateInBillingPeriod: '2024-06-30' })

  expect(await must.get(`/bills/${bill.id}`)).toEqual(locked)
  expect(valuesOf(await behind(0))).toEqual(['4', '3'])
})

test('and are all of them once the bill is calculated again', async () => {
  const again = await arrange(await server.organization(), {
    pricings: [{ name: 'qty', bands: [[0, 0, 1]] }],
  })
  await use(again, [['2024-06-10', { qty: 3 }]])
  const first = await billFor(server, again, '2024-06-30')
  server.clock.advance(1_000)
  await use(again, [['2024-06-25', { qty: 100 }]])
  server.clock.advance(1_000)

  const second = await billFor(server, again, '2024-06-30')

  const found = await again.organization.must.get(
    `/bills/${second.id}/lineitems/${second.lineItems[0].id}/measurements`,
  )
  expect([first.id, first.billTotal, second.billTotal]).toEqual([second.id, 3, 103])
  expect([valuesOf(found), found.since]).toEqual([['100', '3'], 0])
})
