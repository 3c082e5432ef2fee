/** An error that nobody foresaw costs one account its bill, not the accounts beside it (billing 14). */
import { arrange, type Made, runJob, use } from '@countinghouse/tests/support/billing-world.ts'
import {
  makeAccount,
  makeAccountPlan,
  makePlan,
  unique,
} from '@countinghouse/tests/support/catalog.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-15T12:00:00Z', config: { logLevel: 'silent' } })
})
afterAll(() => server.close())

type Second = { account: Json; pricing: Json }

/** A second account with a plan of its own, priced for the same aggregation. */
async function addSecond(made: Made): Promise<Second> {
  const { organization, template } = made
  const plan = await makePlan(organization, { planTemplateId: template.id })
  const pricing = await organization.must.post('/pricings', {
    planId: plan.id,
    aggregationId: made.aggregations.get('qty').id,
    startDate: '2022-01-01T00:00:00Z',
    pricingBands: [{ lowerLimit: 0, fixedPrice: 0, unitPrice: 1 }],
  })
  const account = await makeAccount(organization, { name: 'Second', code: unique('second') })
  await makeAccountPlan(organization, { accountId: account.id, planId: plan.id })
  return { account, pricing }
}

test.each([
  [
    'pricing',
    ({ pricing }: Second) => sql`
      update pricing set body = jsonb_set(body, '{pricingBands}', '7') where id = ${pricing.id}`,
    ({ pricing }: Second) => sql`
      update pricing set body = jsonb_set(body, '{pricingBands}',
        '[{"lowerLimit": "0", "fixedPrice": "0", "unitPrice": "1"}]') where id = ${pricing.id}`,
  ],
  [
    'account',
    ({ account }: Second) => sql`
      update account set body = jsonb_set(body, '{billEpoch}', '7') where id = ${account.id}`,
    ({ account }: Second) => sql`
      update account set body = body - 'billEpoch' where id = ${account.id}`,
  ],
])(
  'a stored %s that was damaged fails its account alone, until it is repaired',
  async (_what, damage, repair) => {
    const made = await arrange(await server.organization(), {
      pricings: [{ name: 'qty', bands: [[0, 0, 1]] }],
    })
    const { reader } = server.context.database
    const { must } = made.organization
    const second = await addSecond(made)
    await use(made, [['2024-06-10', { qty: 3 }]])
    await use(made, [['2024-06-10', { qty: 4 }]], second.account)
    await damage(second).execute(reader)
    const asked = { lastDateInBillingPeriod: '2024-06-30' }

    const job = await runJob(server, made.organization, asked)

    const preview = await made.organization.post('/bills/preview', {
      accountIds: [second.account.id],
      billingFrequency: 'MONTHLY',
      billFrequencyInterval: 1,
      ...asked,
    })
    const { data: alerts } = await must.get('/alerts?pageSize=100')
    const [alert] = alerts.filter((each: Json) => each.description.startsWith('No bill for Second'))
    expect(job.billIds).toHaveLength(1)
    expect(alert.description).toContain(
      `the log of the server tells the cause under the bill job ${job.id}`,
    )
    expect(alert.description).not.toMatch(/TypeError|not a function/)
    expect(preview.status).toBe(500)

    await repair(second).execute(reader)
    await runJob(server, made.organization, asked)
    const { data: bills } = await must.get('/bills?includeBillTotal=true')
    expect(bills.map((bill: Json) => bill.billTotal).sort()).toEqual([3, 4])
  },
)
