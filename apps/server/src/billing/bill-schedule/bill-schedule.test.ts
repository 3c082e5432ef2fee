import { arrange, configure, type Made, use } from '@countinghouse/tests/support/billing-world.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { approveDueBills, scheduleBills } from './run.ts'

let server: TestServer
let made: Made

beforeEach(async () => {
  await server?.close()
  server = await startTestServer({ now: '2024-10-31T12:00:00Z', config: { logLevel: 'silent' } })
})
afterAll(() => server.close())

/** As the clock does every minute. */
async function strike(now: string): Promise<void> {
  server.clock.set(now)
  const signal = new AbortController().signal
  await scheduleBills.run(server.context, {}, signal)
  await server.context.jobs.waitUntilIdle()
  await approveDueBills.run(server.context, {}, signal)
}

async function october(configuration: Json, endDate?: string): Promise<void> {
  made = await arrange(await server.organization(), {
    currencies: ['EUR'],
    configuration,
    pricings: [{ name: 'qty', bands: [[0, 0, 1]] }],
    accountPlan: endDate === undefined ? {} : { endDate },
  })
}

const late = async (quantity: number) => use(made, [['2024-10-10', { qty: quantity }]])

async function octoberBill(): Promise<Json> {
  const { data } = await made.organization.must.get(
    '/bills?billDate=2024-11-01&includeBillTotal=true',
  )
  return data[0] ?? null
}

test('bills the open period every six hours, and late usage until a day after its end', async () => {
  await october({ scheduledBillInterval: 6 })
  await strike('2024-10-31T12:00:30Z')
  expect(await octoberBill()).toBe(null)

  await late(1)
  await strike('2024-10-31T18:00:00Z')
  expect((await octoberBill()).billTotal).toBe(1)
  await late(2)
  await strike('2024-10-31T18:01:00Z')
  expect((await octoberBill()).billTotal).toBe(1)
  await strike('2024-11-01T23:59:00Z')
  expect((await octoberBill()).billTotal).toBe(3)
  await late(4)
  await strike('2024-11-02T00:00:00Z')
  expect((await octoberBill()).billTotal).toBe(3)
})

test('waits for late usage of an ended plan until a day after the plan', async () => {
  await october({ scheduledBillInterval: 6 }, '2024-10-14T00:00:00Z')
  await strike('2024-10-14T00:00:00Z')

  await late(1)
  await strike('2024-10-14T23:00:00Z')
  expect((await octoberBill()).billTotal).toBe(1)
  await late(2)
  await strike('2024-10-15T00:00:00Z')
  expect((await octoberBill()).billTotal).toBe(1)
})

test('approves a bill when its grace has passed, again after a recalculation', async () => {
  await october({
    scheduledBillInterval: 1,
    autoApproveBillsGracePeriod: 2,
    autoApproveBillsGracePeriodUnit: 'HOURS',
  })
  await strike('2024-10-31T12:00:00Z')
  await strike('2024-10-31T13:00:00Z')
  await strike('2024-11-01T01:59:00Z')
  const before = await octoberBill()

  await strike('2024-11-01T02:00:00Z')

  const after = await octoberBill()
  expect([before.status, after.status, after.approvedBy]).toEqual([
    'PENDING',
    'APPROVED',
    undefined,
  ])
  await configure(made.organization, {})
})

test('tells in an alert of bills that are made, not of each time they are calculated again', async () => {
  await october({ scheduledBillInterval: 0.25 })
  await strike('2024-10-31T18:00:00Z')
  for (const minute of ['15', '30', '45']) {
    await late(1)
    await strike(`2024-10-31T18:${minute}:00Z`)
  }

  const { data } = await made.organization.must.get('/alerts')
  expect(data.map(({ severity, count }: Json) => [severity, count])).toEqual([['INFO', 1]])
  expect((await octoberBill()).billTotal).toBe(3)
})

test('counts on one alert how often an account failed in an hour', async () => {
  await october({ scheduledBillInterval: 0.25, currency: 'EUR', currencyConversions: [] })
  await late(1)
  await strike('2024-10-31T18:00:00Z')
  for (const minute of ['15', '30', '45']) await strike(`2024-10-31T18:${minute}:00Z`)

  const { data } = await made.organization.must.get('/alerts')
  expect(data.map(({ severity, count }: Json) => [severity, count])).toEqual([['ERROR', 3]])
  expect(data[0].description).toContain('USD to EUR')
})

test('counts on one alert also failures that are told of with the name of their job', async () => {
  await october({ scheduledBillInterval: 0.25 })
  await late(1)
  await server.context.database.pool.query(`
    create function refuse_bill() returns trigger language plpgsql as
      $$ begin raise exception 'does not fit' using errcode = '22003'; end $$;
    create trigger refuse_bill before insert on bill for each row execute function refuse_bill()`)
  await strike('2024-10-31T18:00:00Z')
  for (const minute of ['15', '30', '45']) await strike(`2024-10-31T18:${minute}:00Z`)

  const { data } = await made.organization.must.get('/alerts')
  expect(data.map(({ severity, count }: Json) => [severity, count])).toEqual([['ERROR', 3]])
  expect(data[0].description).toContain('under the bill job')
})

test('goes on with the others when the settings of an organization cannot be read', async () => {
  const settings = {
    scheduledBillInterval: 6,
    autoApproveBillsGracePeriod: 2,
    autoApproveBillsGracePeriodUnit: 'HOURS',
  }
  await october(settings)
  const damaged = made
  await october(settings)
  await strike('2024-10-31T12:00:30Z')
  await server.context.database.pool.query(
    `update organization_configuration set body = jsonb_set(body, '{timezone}', '"nowhere"')
     where organization_id = $1`,
    [damaged.organization.id],
  )
  await late(1)

  await strike('2024-10-31T18:00:00Z')
  await strike('2024-11-01T03:00:00Z')

  expect(await octoberBill()).toMatchObject({ billTotal: 1, status: 'APPROVED' })
})

test('leaves an archived organization alone', async () => {
  await october({ scheduledBillInterval: 6 })
  await strike('2024-10-31T12:00:30Z')
  await late(1)
  const { pool } = server.context.database
  const setStatus = (status: string) =>
    pool.query('update organization set status = $1 where id = $2', [status, made.organization.id])

  await setStatus('ARCHIVED')
  await strike('2024-10-31T18:00:00Z')
  await setStatus('ACTIVE')

  expect(await octoberBill()).toBe(null)
})
