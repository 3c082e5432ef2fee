import {
  arrange,
  billFor,
  configure,
  type Made,
  runJob,
  use,
} from '@countinghouse/tests/support/billing-world.ts'
import { makeAccount, makeAccountPlan } from '@countinghouse/tests/support/catalog.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-15T12:00:00Z' })
})
afterAll(() => server.close())

const JUNE = { lastDateInBillingPeriod: '2024-06-30' }

async function withAccounts(count: number, configuration: Json = {}): Promise<Made> {
  const made = await arrange(await server.organization(), {
    configuration,
    template: { standingCharge: 10 },
    pricings: [{ name: 'qty', bands: [[0, 0, 1]] }],
  })
  for (let more = 1; more < count; more += 1) {
    const account = await makeAccount(made.organization)
    await makeAccountPlan(made.organization, { accountId: account.id, planId: made.plan.id })
    await use(made, [['2024-06-10', { qty: more }]], account)
  }
  return made
}

/** Holds the account as a calculation does, so that no job about it can end; answers how to let go. */
async function hold(made: Made): Promise<() => Promise<void>> {
  const holder = await server.context.database.pool.connect()
  await holder.query('begin')
  await holder.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [
    `${made.organization.id}${made.account.id}`,
  ])
  return async () => {
    await holder.query('commit')
    holder.release()
  }
}

describe('a bill job', () => {
  test('answers at once with its request and ends complete, counted down', async () => {
    const made = await withAccounts(3)

    const started = await made.organization.must.post('/billjobs', {
      ...JUNE,
      dueDate: '2024-08-08',
    })
    await server.context.jobs.waitUntilIdle()
    const ended = await made.organization.must.get(`/billjobs/${started.id}`)

    expect(started).toMatchObject({ type: 'CREATE', status: 'PENDING', dueDate: '2024-08-08' })
    expect(ended).toMatchObject({ status: 'COMPLETE', total: 3, pending: 0 })
    expect(ended.billIds).toHaveLength(3)
  })

  test('bills only the accounts that it names', async () => {
    const made = await withAccounts(3)

    const job = await runJob(server, made.organization, { ...JUNE, accountIds: [made.account.id] })

    const { data } = await made.organization.must.get('/bills')
    expect([job.total, data.map(({ accountId }: Json) => accountId)]).toEqual([
      1,
      [made.account.id],
    ])
  })

  test.each([
    ['no account', { accountIds: [] }],
    ['a frequency that none has', { billingFrequency: 'MIXED' }],
    ['an interval without a frequency', { billFrequencyInterval: 3 }],
    ['a day that is none', { billDate: '2024-02-30' }],
    ['a day that no store can keep', { dueDate: '0000-06-30' }],
    ['an unknown time zone', { timezone: 'Mars/Olympus' }],
    ['a currency of two letters', { targetCurrency: 'US' }],
    ['an account that is not there', { accountIds: ['2b0d7b3e-0000-4000-8000-000000000000'] }],
  ])('is refused with %s', async (_, body) => {
    const organization = await server.organization()

    const { status, body: answer } = await organization.post('/billjobs', body)

    expect(status, JSON.stringify(answer)).toBe(400)
    expect(answer.message).not.toBe('')
  })

  test('of AD_HOC bills makes none as yet', async () => {
    const made = await withAccounts(1)

    const job = await runJob(server, made.organization, { ...JUNE, billingFrequency: 'AD_HOC' })

    expect([job.status, job.billIds]).toEqual(['COMPLETE', undefined])
  })

  test('is listed by status and activity, newest first', async () => {
    const made = await withAccounts(1)
    const first = await runJob(server, made.organization, JUNE)
    const second = await runJob(server, made.organization, JUNE)

    const { data } = await made.organization.must.get('/billjobs?status=COMPLETE')
    const active = await made.organization.must.get('/billjobs?active=true')

    expect(data.map(({ id }: Json) => id)).toEqual([second.id, first.id])
    expect(active.data).toEqual([])
  })

  test('cannot be cancelled when it is over', async () => {
    const made = await withAccounts(1)
    const job = await runJob(server, made.organization, JUNE)

    const { status, body } = await made.organization.post(`/billjobs/${job.id}/cancel`)

    expect(status).toBe(400)
    expect(body.message).toContain('complete already')
  })

  test('cancelled before it runs makes no bill', async () => {
    const [made, busy] = [await withAccounts(1), await withAccounts(1)]
    const letGo = await hold(busy)
    for (let worker = 0; worker < 2; worker += 1)
      await busy.organization.must.post('/billjobs', JUNE)
    await vi.waitFor(async () => {
      const { data } = await busy.organization.must.get('/billjobs?status=RUNNING')
      expect(data).toHaveLength(2)
    }, 30_000)
    const { id } = await made.organization.must.post('/billjobs', JUNE)

    const cancelled = await made.organization.must.post(`/billjobs/${id}/cancel`)
    await letGo()
    await server.context.jobs.waitUntilIdle()

    expect(cancelled.status).toBe('CANCELLED')
    expect((await made.organization.must.get('/bills')).data).toEqual([])
    expect((await made.organization.must.get(`/billjobs/${id}`)).status).toBe('CANCELLED')
  })

  test('shows among the running tasks and says what came of it', async () => {
    const made = await withAccounts(1)
    const job = await runJob(server, made.organization, JUNE)

    const { data } = await made.organization.must.get('/console/tasks')

    expect(data[0]).toMatchObject({
      id: job.id,
      status: 'COMPLETE',
      message: `The bill of Acme (${made.account.code}) was calculated: USD 10.00.`,
    })
  })

  test('tells in an alert what all its bills come to, by currency', async () => {
    const made = await withAccounts(2)
    await made.organization.must.post('/picklists/currency', {
      name: 'Yen',
      code: 'JPY',
      maxDecimalPlaces: 0,
    })
    await configure(made.organization, {
      currencyConversions: [{ from: 'USD', to: 'JPY', multiplier: 150 }],
    })
    const yen = await makeAccount(made.organization, { currency: 'JPY' })
    await makeAccountPlan(made.organization, { accountId: yen.id, planId: made.plan.id })

    await runJob(server, made.organization, JUNE)

    const { data } = await made.organization.must.get('/alerts')
    expect(data.map(({ severity, description }: Json) => [severity, description])).toEqual([
      ['INFO', '3 bills were calculated: USD 21.00, JPY 1,500.'],
    ])
  })

  test('uses rates, currency and time zone of its own', async () => {
    const made = await withAccounts(1)

    const bill = await billFor(server, made, '2024-06-30', {
      targetCurrency: 'EUR',
      currencyConversions: [{ from: 'USD', to: 'EUR', multiplier: 0.5 }],
      timezone: 'Europe/Berlin',
    })

    expect(bill).toMatchObject({
      currency: 'EUR',
      billTotal: 5,
      timezone: 'Europe/Berlin',
      endDateTimeUTC: '2024-06-30T22:00:00Z',
    })
  })
})

describe('many jobs at once', () => {
  test('over the same accounts make one bill for each account and period, numbered without gaps', async () => {
    const made = await withAccounts(12, { billPrefix: 'N-' })

    const jobs = await Promise.all(
      Array.from({ length: 10 }, () => made.organization.must.post('/billjobs', JUNE)),
    )
    await server.context.jobs.waitUntilIdle()

    const { data } = await made.organization.must.get('/bills?includeBillTotal=true')
    const { data: ended } = await made.organization.must.get('/billjobs')
    const numbers = data.map((bill: Json) => Number(bill.sequentialInvoiceNumber.slice(2)))
    expect(ended.map(({ status }: Json) => status)).toEqual(jobs.map(() => 'COMPLETE'))
    expect(new Set(data.map((bill: Json) => bill.accountId)).size).toBe(12)
    expect(data).toHaveLength(12)
    expect(data.every((bill: Json) => bill.version === 1)).toBe(true)
    expect(numbers.sort((a: number, b: number) => a - b)).toEqual(
      data.map((_: Json, at: number) => at + 1),
    )
  })

  test('are ten at most; one more is told to wait', async () => {
    const made = await withAccounts(1)
    const letGo = await hold(made)

    for (let count = 0; count < 10; count += 1) await made.organization.must.post('/billjobs', JUNE)
    const eleventh = await made.organization.post('/billjobs', JUNE)
    await letGo()
    await server.context.jobs.waitUntilIdle()

    const { data } = await made.organization.must.get('/billjobs?status=COMPLETE')
    expect([eleventh.status, data.length]).toEqual([429, 10])
    expect(eleventh.headers['retry-after']).toBeDefined()
  })

  test('charge in advance once, whichever of two periods comes first', async () => {
    const made = await arrange(await server.organization(), {
      template: { standingCharge: 62, standingChargeBillInAdvance: true },
    })
    await configure(made.organization, {})

    await Promise.all(
      ['2024-01-31', '2024-02-29', '2024-03-31'].map((lastDateInBillingPeriod) =>
        made.organization.must.post('/billjobs', { lastDateInBillingPeriod }),
      ),
    )
    await server.context.jobs.waitUntilIdle()

    const { data } = await made.organization.must.get('/lineitems')
    const months = data.map((line: Json) => line.servicePeriodStartDate.slice(0, 7)).sort()
    expect(months).toEqual(['2024-01', '2024-02', '2024-03', '2024-04'])
  })
})
