/** What a job leaves alone it says nothing about, and bills that are gone stay gone (billing 2.5, 4.2). */
import {
  arrange,
  billFor,
  configure,
  type Made,
  runJob,
} from '@countinghouse/tests/support/billing-world.ts'
import {
  makeAccountPlan,
  makePlan,
  makeProduct,
  makeTemplate,
} from '@countinghouse/tests/support/catalog.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-15T12:00:00Z' })
})
afterAll(() => server.close())

const JUNE = { lastDateInBillingPeriod: '2024-06-30' }
const RATE = { currencyConversions: [{ from: 'EUR', to: 'USD', multiplier: 2 }] }

function inEuro(): Promise<Made> {
  return server.organization().then((organization) =>
    arrange(organization, {
      configuration: RATE,
      currencies: ['EUR'],
      template: { currency: 'EUR', standingCharge: 10 },
    }),
  )
}

async function lock(made: Made, billId: string): Promise<void> {
  await made.organization.must.put(`/bills/${billId}/status`, { status: 'APPROVED' })
  await made.organization.must.put(`/bills/${billId}/lock`, {})
}

async function failures(made: Made): Promise<string[]> {
  const { data } = await made.organization.must.get('/alerts?pageSize=100')
  return data
    .filter(({ severity }: Json) => severity === 'ERROR')
    .map(({ description }: Json) => description)
}

test('an account all of whose bills are locked is not told to have failed', async () => {
  const made = await inEuro()
  const bill = await billFor(server, made, '2024-06-30')
  await lock(made, bill.id)
  await configure(made.organization, {})

  await runJob(server, made.organization, JUNE)

  const { data } = await made.organization.must.get('/console/tasks')
  expect(await failures(made)).toEqual([])
  expect(data[0].message).not.toContain('could not be billed')
  await runJob(server, made.organization, { lastDateInBillingPeriod: '2024-05-31' })
  expect(await failures(made)).toEqual([expect.stringContaining('EUR to USD')])
})

test('neither is one before the lock date', async () => {
  const made = await inEuro()
  await made.organization.must.put('/billconfig', { version: 1, billLockDate: '2024-06-30' })
  await configure(made.organization, {})

  await runJob(server, made.organization, JUNE)

  expect(await failures(made)).toEqual([])
  expect((await made.organization.must.get('/bills')).data).toEqual([])
})

test('a locked bill that could not be calculated any more keeps no other from being made', async () => {
  const made = await inEuro()
  const { organization, account } = made
  const locked = await billFor(server, made, '2024-06-30')
  await lock(made, locked.id)
  const product = await makeProduct(organization)
  const template = await makeTemplate(organization, {
    productId: product.id,
    billFrequency: 'DAILY',
    standingCharge: 3,
  })
  const plan = await makePlan(organization, { planTemplateId: template.id })
  await makeAccountPlan(organization, { accountId: account.id, planId: plan.id })
  await configure(organization, {})

  await runJob(server, organization, JUNE)

  const { data } = await organization.must.get('/bills?includeBillTotal=true')
  expect(await failures(made)).toEqual([])
  expect(data.map((bill: Json) => [bill.billingFrequency, bill.billTotal])).toEqual([
    ['DAILY', 3],
    ['MONTHLY', 20],
  ])
})

test('a bill that is deleted while it is calculated again does not come back', async () => {
  const made = await inEuro()
  const bill = await billFor(server, made, '2024-06-30')
  const { must, id: organizationId } = made.organization
  const holder = await server.context.database.pool.connect()
  await holder.query('begin')
  // The job has calculated the bill when it comes to ask for the lock date.
  await holder.query('select * from bill_configuration where organization_id = $1 for update', [
    organizationId,
  ])
  const job = await must.post('/billjobs/recalculate', { billIds: [bill.id] })
  await expect
    .poll(async () => {
      const { rows } = await server.context.database.pool.query(
        `select count(*)::integer as count from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return rows[0].count
    })
    .toBe(1)
  await holder.query('delete from bill where organization_id = $1', [organizationId])
  await holder.query('commit')
  holder.release()
  await server.context.jobs.waitUntilIdle()

  expect(await must.get(`/billjobs/${job.id}`)).toMatchObject({ status: 'COMPLETE', pending: 0 })
  expect((await must.get('/bills')).data).toEqual([])
})

test('ids in capital letters are the same ids', async () => {
  const made = await inEuro()
  const { must } = made.organization
  const accountIds = [made.account.id.toUpperCase()]
  await runJob(server, made.organization, { ...JUNE, accountIds })
  const [bill] = (await must.get(`/bills?accountId=${made.account.id.toUpperCase()}`)).data
  const billIds = [bill.id.toUpperCase()]

  await runJob(server, made.organization, { billIds }, '/billjobs/recalculate')
  const approved = await must.post('/bills/approve', { billIds })
  const preview = await must.post('/bills/preview', {
    ...JUNE,
    accountIds,
    billingFrequency: 'MONTHLY',
    billFrequencyInterval: 1,
  })

  expect(approved.message).toBe('1 bill approved.')
  expect((await must.get(`/bills?ids=${billIds}`)).data).toHaveLength(1)
  expect(preview.billTotal).toBe(20)
})
