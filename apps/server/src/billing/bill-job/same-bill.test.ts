/** However a run is asked for, the same period is the same bill, and what is the same stays. */
import { arrange, runJob, use } from '@countinghouse/tests/support/billing-world.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-01T00:30:00Z' })
})
afterAll(() => server.close())

test('a bill asked for by its bill date, by its last day or by neither does not change', async () => {
  server.clock.set('2024-06-30T12:00:00Z')
  const made = await arrange(await server.organization(), {
    template: { standingCharge: 10 },
    pricings: [{ name: 'qty', bands: [[0, 0, 1]] }],
  })
  const { must } = made.organization
  await use(made, [['2024-06-10', { qty: 3 }]])
  const whole = async () => {
    const { data } = await must.get('/bills?includeBillTotal=true')
    return data.map(({ billJobId: _job, lastCalculatedDate: _at, ...bill }: Json) => bill)
  }
  await runJob(server, made.organization, {})
  const first = await whole()

  for (const request of [
    { billDate: '2024-07-01' },
    { lastDateInBillingPeriod: '2024-06-30' },
    { billDate: '2024-07-01', lastDateInBillingPeriod: '2024-06-30' },
    { billingFrequency: 'MONTHLY', billFrequencyInterval: 1, billDate: '2024-07-01' },
    { accountIds: [made.account.id] },
  ]) {
    server.clock.advance(60_000)
    await runJob(server, made.organization, request)
    expect(await whole(), JSON.stringify(request)).toEqual(first)
  }
  await runJob(server, made.organization, { billIds: [first[0].id] }, '/billjobs/recalculate')
  expect(await whole()).toEqual(first)
})

test('a bill that is deleted comes back with the same amounts, and its number is not used again', async () => {
  server.clock.set('2024-07-01T12:00:00Z')
  const made = await arrange(await server.organization(), {
    configuration: { billPrefix: 'R-', sequenceStartNumber: 7 },
    template: { standingCharge: 10, standingChargeBillInAdvance: true },
  })
  const { must } = made.organization
  const run = () => runJob(server, made.organization, { billDate: '2024-07-01' })
  await run()
  const [before] = (await must.get('/bills?includeBillTotal=true')).data
  await must.delete(`/bills/${before.id}`)

  await run()

  const [after] = (await must.get('/bills?includeBillTotal=true')).data
  const amounts = (bill: Json) => [
    bill.billTotal,
    bill.lineItems.map((line: Json) => [line.subtotal, line.servicePeriodStartDate]),
  ]
  expect(amounts(after)).toEqual(amounts(before))
  expect([before.sequentialInvoiceNumber, after.sequentialInvoiceNumber]).toEqual(['R-8', 'R-9'])
})

test('the database itself refuses a second bill of one account and period', async () => {
  server.clock.set('2024-07-01T12:00:00Z')
  const made = await arrange(await server.organization(), { template: { standingCharge: 10 } })
  const { billIds } = await runJob(server, made.organization, { billDate: '2024-07-01' })

  const copied = sql`
    insert into bill overriding system value
    select (jsonb_populate_record(bill, jsonb_build_object('id', gen_random_uuid()))).*
    from bill where id = ${billIds[0]}
  `.execute(server.context.database.reader)

  await expect(copied).rejects.toThrow('bill_organization_id_account_id_natural_bill_date')
})
