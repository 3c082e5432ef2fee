/** The worked examples of pricing, each from measurements to a bill. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playBillingCase } from '../support/billing-case.ts'
import { arrange, runJob, use } from '../support/billing-world.ts'
import { makeAccount, makeAccountPlan } from '../support/catalog.ts'
import { type Json, startTestServer, type TestServer } from '../support/server.ts'
import { chargeCases, pricingCases } from './cases/billing.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-15T12:00:00Z' })
})
afterAll(() => server.close())

describe('a price', () => {
  it.each(chargeCases.map((example) => [example.id, example] as const))(
    'charges what the example says: %s',
    async (_id, { bands, cumulative, charges }) => {
      const made = await arrange(await server.organization(), {
        pricings: [{ name: 'qty', bands, pricing: { cumulative } }],
        accountPlan: null,
      })
      const accounts = new Map<string, number>()
      for (const [units] of charges) {
        const account = await makeAccount(made.organization)
        await makeAccountPlan(made.organization, { accountId: account.id, planId: made.plan.id })
        await use(made, [['2024-06-10', { qty: units }]], account)
        accounts.set(account.id, units)
      }

      const job = await runJob(server, made.organization, { lastDateInBillingPeriod: '2024-06-30' })
      const { data } = await made.organization.must.get(`/bills?billJobId=${job.id}`)

      const charged = data.map((bill: Json) => [
        accounts.get(bill.accountId),
        bill.lineItems[0].subtotal,
      ])
      expect(charged.sort((a: number[], b: number[]) => Number(a[0]) - Number(b[0]))).toEqual(
        charges,
      )
    },
  )
})

describe('a bill', () => {
  it.each(pricingCases.map((example) => [example.id, example] as const))(
    'is what the example says: %s',
    (_id, example) => playBillingCase(server, example),
  )
})

it('is not made without a rate for its currency, and says which is missing (S28)', async () => {
  const made = await arrange(await server.organization(), {
    currencies: ['GBP'],
    template: { currency: 'GBP' },
    pricings: [{ name: 'calls', bands: [[0, 0, 0.07]] }],
  })
  await use(made, [['2024-06-10', { calls: 333 }]])

  const job = await runJob(server, made.organization, { lastDateInBillingPeriod: '2024-06-30' })

  const { data: alerts } = await made.organization.must.get('/alerts')
  expect(job.billIds).toBeUndefined()
  expect((await made.organization.must.get('/bills')).data).toEqual([])
  expect(alerts.map(({ description }: Json) => description)).toContainEqual(
    expect.stringContaining('There is no conversion rate from GBP to USD'),
  )
})
