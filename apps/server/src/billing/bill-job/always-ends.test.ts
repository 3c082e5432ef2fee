/** Whatever a job meets, it ends: it reports, and keeps no place among the unfinished (billing 2.3). */
import {
  arrange,
  billFor,
  configure,
  linesOf,
  runJob,
  use,
} from '@countinghouse/tests/support/billing-world.ts'
import { makeAccount, makeAccountPlan, unique } from '@countinghouse/tests/support/catalog.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-15T12:00:00Z' })
})
afterAll(() => server.close())

test('a recalculation whose only bill is deleted before its turn completes without bills', async () => {
  const made = await arrange(await server.organization(), { template: { standingCharge: 10 } })
  const bill = await billFor(server, made, '2024-06-30')
  const { must, id } = made.organization
  let job: Json
  await server.context.database.transaction(async (writer) => {
    // The runner waits for the account, which is held here.
    await sql`select pg_advisory_xact_lock(hashtextextended(${id + made.account.id}, 1))`.execute(
      writer,
    )
    job = await must.post('/billjobs/recalculate', { billIds: [bill.id] })
    await must.delete(`/bills/${bill.id}`)
  })
  await server.context.jobs.waitUntilIdle()

  expect(await must.get(`/billjobs/${job.id}`)).toMatchObject({ status: 'COMPLETE', pending: 0 })
})

test('a custom field that no calculation can hold leaves its account without a value, not the job without an end', async () => {
  const made = await arrange(await server.organization(), {
    pricings: [{ name: 'qty', bands: [[0, 0, 1]] }],
    account: { customFields: { factor: 1e100 } },
  })
  const { must } = made.organization
  await must.put('/customfields', { version: 1, account: { factor: 1 } })
  const compound = await must.post('/compoundaggregations', {
    name: 'Weighted',
    code: unique('compound'),
    calculation: 'account.factor * 2',
    rounding: 'NONE',
    quantityPerUnit: 1,
    unit: 'unit',
  })
  await must.post('/pricings', {
    planId: made.plan.id,
    compoundAggregationId: compound.id,
    startDate: '2022-01-01T00:00:00Z',
    pricingBands: [{ lowerLimit: 0, fixedPrice: 0, unitPrice: 1 }],
  })
  await use(made, [['2024-06-10', { qty: 3 }]])

  const bill = await billFor(server, made, '2024-06-30')

  expect(linesOf(bill)).toEqual(['USAGE 3'])
  const { data: alerts } = await must.get('/alerts?pageSize=100')
  expect(JSON.stringify(alerts)).toContain('Weighted')
})

test('a calculation that fails has no value, also when it is read without a bill', async () => {
  const made = await arrange(await server.organization(), {
    pricings: [{ name: 'qty', bands: [[0, 0, 1]] }],
  })
  const { must } = made.organization
  const code = made.aggregations.get('qty').code
  const compound = await must.post('/compoundaggregations', {
    name: 'Inverse',
    code: unique('compound'),
    calculation: `1 / (aggregation.${code} - 3)`,
    rounding: 'NONE',
    quantityPerUnit: 1,
    unit: 'unit',
  })
  await use(made, [['2024-06-10', { qty: 3 }]])

  const range = 'startDate=2024-06-01T00:00:00Z&endDate=2024-07-01T00:00:00Z'
  const { values } = await must.get(
    `/measurements/compoundaggregations/${compound.id}?${range}&accountCode=${made.account.code}`,
  )

  expect(values).toEqual([{ quantity: null, units: null }])
})

test('of very many accounts that fail for one reason none is passed over in silence, and all can be billed again', async () => {
  const made = await arrange(await server.organization(), {
    currencies: ['EUR'],
    template: { currency: 'EUR', standingCharge: 10 },
  })
  const { must } = made.organization
  for (let at = 0; at < 102; at += 1) {
    const account = await makeAccount(made.organization)
    await makeAccountPlan(made.organization, { accountId: account.id, planId: made.plan.id })
  }
  await runJob(server, made.organization, { lastDateInBillingPeriod: '2024-06-30' })
  const alerts: Json[] = []
  for (let token = ''; ; ) {
    const page = await must.get(`/alerts?pageSize=100${token}`)
    alerts.push(...page.data)
    if (page.nextToken === undefined) break
    token = `&nextToken=${page.nextToken}`
  }
  const failures = alerts
    .map(({ description }) => description)
    .filter((text) => text.startsWith('No'))

  await configure(made.organization, {
    currencyConversions: [{ from: 'EUR', to: 'USD', multiplier: 1.1 }],
  })
  await runJob(server, made.organization, { lastDateInBillingPeriod: '2024-06-30' })

  expect(failures).toHaveLength(101)
  expect(failures).toContainEqual(
    expect.stringMatching(/^No bill for 3 more accounts: .*EUR to USD/),
  )
  const { data } = await must.get('/bills?pageSize=100&includeBillTotal=true')
  expect(data).toHaveLength(100)
  expect(data.every((bill: Json) => bill.billTotal === 11)).toBe(true)
})

test('an account whose bill the database never takes costs no other account its bill', async () => {
  const made = await arrange(await server.organization(), { template: { standingCharge: 10 } })
  const { organization, plan } = made
  for (const name of ['second', 'third', 'fourth', 'fifth']) {
    const account = await makeAccount(organization, { name, code: unique(name) })
    await makeAccountPlan(organization, { accountId: account.id, planId: plan.id })
  }
  const refuse = refusingBillsOf(made.account.id)
  await refuse.begin()

  const job = await runJob(server, organization, { lastDateInBillingPeriod: '2024-06-30' })

  const { data: alerts } = await organization.must.get('/alerts?pageSize=100')
  const failed = alerts.filter(({ severity }: Json) => severity === 'ERROR')
  expect(job).toMatchObject({ status: 'COMPLETE', total: 5, pending: 0 })
  expect(job.billIds).toHaveLength(4)
  expect(failed.map((alert: Json) => alert.description)).toEqual([
    expect.stringMatching(`^No bill for ${made.account.name} .*under the bill job ${job.id}`),
  ])

  await refuse.end()
  const again = await runJob(server, organization, { lastDateInBillingPeriod: '2024-06-30' })
  expect(again.billIds).toHaveLength(5)
})

/** As if a value of its bill did not fit. */
function refusingBillsOf(accountId: string) {
  const { reader } = server.context.database
  return {
    async begin(): Promise<void> {
      await sql`
        create function refuse_bill() returns trigger language plpgsql as
        'begin raise exception ''does not fit'' using errcode = ''22003''; end'
      `.execute(reader)
      await sql`
        create trigger refuse_bill before insert on bill for each row
        when (new.account_id = ${sql.lit(accountId)}) execute function refuse_bill()
      `.execute(reader)
    },
    async end(): Promise<void> {
      await sql`drop function refuse_bill cascade`.execute(reader)
    },
  }
}
