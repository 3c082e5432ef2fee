/** The worked examples of billing, each from measurements to a bill. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playBillingCase } from '../support/billing-case.ts'
import { arrange, billFor, configure, linesOf, runJob, use } from '../support/billing-world.ts'
import { makeAccount, makeAccountPlan, makePlan, makeTemplate } from '../support/catalog.ts'
import { type Json, startTestServer, type TestServer } from '../support/server.ts'
import { billingCases } from './cases/billing.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-15T12:00:00Z' })
})
afterAll(() => server.close())

describe('a bill', () => {
  it.each(billingCases.map((example) => [example.id, example] as const))(
    'is what the example says: %s',
    (_id, example) => playBillingCase(server, example),
  )
})

describe('periods (A1 to A4)', () => {
  it.each([
    [
      'years',
      'ANNUALLY',
      1,
      { yearEpoch: '2023-01-01' },
      '2022-01-01',
      '2028-01-15',
      ['2022-12-31', '2023-12-31', '2024-12-31'],
    ],
    [
      'months',
      'MONTHLY',
      1,
      { monthEpoch: '2022-01-15' },
      '2022-01-01',
      '2022-06-30',
      [
        '2022-01-14',
        '2022-02-14',
        '2022-03-14',
        '2022-04-14',
        '2022-05-14',
        '2022-06-14',
        '2022-07-14',
      ],
    ],
    [
      'weeks',
      'WEEKLY',
      1,
      { weekEpoch: '2022-01-15' },
      '2022-01-01',
      '2022-06-30',
      ['2022-01-14', '2022-01-21', '2022-01-28'],
    ],
    [
      'days',
      'DAILY',
      1,
      { dayEpoch: '2022-01-02' },
      '2022-01-01',
      '2022-06-30',
      ['2022-01-01', '2022-01-02', '2022-01-03'],
    ],
    [
      'quarters',
      'MONTHLY',
      3,
      {},
      '2023-01-01',
      '2024-01-01',
      ['2023-03-31', '2023-06-30', '2023-09-30', '2023-12-31'],
    ],
  ])(
    'end where the epoch says: %s',
    async (_, billFrequency, billFrequencyInterval, epochs, from, to, lastDays) => {
      const made = await arrange(await server.organization(), {
        configuration: epochs,
        template: { billFrequency, billFrequencyInterval },
        accountPlan: { startDate: `${from}T00:00:00Z`, endDate: `${to}T00:00:00Z` },
      })

      const first = await billFor(server, made, lastDays[0] ?? '')
      for (const lastDay of lastDays.slice(1)) await billFor(server, made, lastDay)
      const none = await billFor(server, made, '2022-07-20')

      const { data } = await made.organization.must.get(`/bills/accountid/${made.account.id}`)
      const dayAfter = (day: string) =>
        new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
      expect(first.startDate).toBe(from)
      expect(data.map((bill: Json) => bill.billDate).reverse()).toEqual(lastDays.map(dayAfter))
      expect(none).toBe(null)
    },
  )

  it('keep the 31st where the month has one (A3)', async () => {
    const made = await arrange(await server.organization(), {
      account: { billEpoch: '2023-01-31' },
      accountPlan: { startDate: '2023-01-31T00:00:00Z' },
    })

    const ends: string[] = []
    for (const lastDay of [
      ...['2023-02-27', '2023-03-30', '2023-04-29'],
      ...['2023-05-30', '2023-06-29', '2023-07-30'],
    ]) {
      ends.push((await billFor(server, made, lastDay)).endDate)
    }

    expect(ends).toEqual([
      ...['2023-02-28', '2023-03-31', '2023-04-30'],
      ...['2023-05-31', '2023-06-30', '2023-07-31'],
    ])
  })

  it('are the same by last day and by bill date (A4)', async () => {
    const made = await arrange(await server.organization(), {
      accountPlan: { startDate: '2023-01-01T00:00:00Z' },
    })

    const byLastDay = await billFor(server, made, '2023-09-30')
    await runJob(server, made.organization, { billDate: '2023-10-01' })
    const found = await made.organization.must.get('/bills/billingperiod/2023-09-30/monthly')

    expect(found.data.map(({ id }: Json) => id)).toEqual([byLastDay.id])
  })
})

it('numbers bills after the last number used, and keeps a number (A5)', async () => {
  const made = await arrange(await server.organization(), {
    configuration: { billPrefix: 'INVOICE-', sequenceStartNumber: 100 },
  })

  const first = await billFor(server, made, '2024-01-31')
  const second = await billFor(server, made, '2024-02-29')
  await configure(made.organization, {
    billPrefix: 'INVOICE-',
    sequenceStartNumber: 100,
    daysBeforeBillDue: 10,
  })
  const again = await billFor(server, made, '2024-01-31')

  expect([first, second, again].map((bill) => bill.sequentialInvoiceNumber)).toEqual([
    'INVOICE-101',
    'INVOICE-102',
    'INVOICE-101',
  ])
  expect([again.version, again.dueDate]).toEqual([2, '2024-02-11'])
})

it('shrinks a charge in advance when the plan is end-dated (B4)', async () => {
  const made = await arrange(await server.organization(), {
    template: { standingCharge: 62, standingChargeBillInAdvance: true },
    accountPlan: { startDate: '2024-01-15T00:00:00Z' },
  })
  await billFor(server, made, '2024-01-31')
  const february = await billFor(server, made, '2024-02-29')
  await made.organization.must.put(`/accountplans/${made.accountPlan.id}`, {
    ...made.accountPlan,
    endDate: '2024-03-11T00:00:00Z',
  })

  await runJob(server, made.organization, { billIds: [february.id] }, '/billjobs/recalculate')

  const after = await made.organization.must.get(`/bills/${february.id}`)
  expect([linesOf(february), linesOf(after)]).toEqual([
    ['STANDING_CHARGE 62'],
    ['STANDING_CHARGE 20'],
  ])
  expect(after.lineItems[0].id).toBe(february.lineItems[0].id)
})

it('fails an account without a rate and bills the others (F2)', async () => {
  const made = await arrange(await server.organization(), {
    currencies: ['usd'],
    pricings: [{ name: 'qty', bands: [[0, 0, 1]] }],
    template: { standingCharge: 10 },
  })
  const { organization } = made
  const template = await makeTemplate(organization, {
    productId: made.product.id,
    currency: 'usd',
    standingCharge: 10,
  })
  const plan = await makePlan(organization, { planTemplateId: template.id })
  const other = await makeAccount(organization, { name: 'Lower case' })
  await makeAccountPlan(organization, { accountId: other.id, planId: plan.id })
  await use(made, [['2024-06-10', { qty: 5 }]])

  const job = await runJob(server, organization, { lastDateInBillingPeriod: '2024-06-30' })

  const { data } = await organization.must.get('/bills')
  expect(data.map((bill: Json) => bill.accountId)).toEqual([made.account.id])
  expect(job).toMatchObject({ status: 'COMPLETE', total: 2, pending: 0 })
  const alerts = await alertsOf(organization.id)
  expect(alerts).toEqual([
    [
      'ERROR',
      `No bill for Lower case (${other.code}): There is no conversion rate from usd to USD. Add it to the currency conversions of the organization, or bill the account in usd.`,
    ],
    [
      'INFO',
      `The bill of Acme (${made.account.code}) was calculated: USD 15.00; 1 account could not be billed.`,
    ],
  ])
})

async function alertsOf(organizationId: string): Promise<[string, string][]> {
  const { rows } = await server.context.database.pool.query(
    'select severity, description from alert where organization_id = $1 order by severity, description',
    [organizationId],
  )
  return rows.map(({ severity, description }) => [severity, description])
}
