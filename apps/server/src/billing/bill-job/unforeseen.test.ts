/** An error that nobody foresaw costs one account its bill, not the accounts beside it (billing 14). */
import { arrange, type Made, runJob, use } from '@countinghouse/tests/support/billing-world.ts'
import {
  makeAccount,
  makeAccountPlan,
  makePlan,
  unique,
} from '@countinghouse/tests/support/catalog.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-15T12:00:00Z', config: { logLevel: 'silent' } })
})
afterAll(() => server.close())

type Second = {
  account: Json
  accountPlan: Json
  pricing: Json
  aggregation: Json
  compound: Json
}

/** A second account with a plan, an aggregation and a compound aggregation of its own. */
async function addSecond(made: Made): Promise<Second> {
  const { organization, template } = made
  const { must } = organization
  const plan = await makePlan(organization, { planTemplateId: template.id })
  const quantity = { name: 'Own', rounding: 'NONE', quantityPerUnit: 1, unit: 'unit' }
  const aggregation = await must.post('/aggregations', {
    ...quantity,
    code: unique('own'),
    meterId: made.meter.id,
    targetField: 'qty',
    aggregation: 'SUM',
  })
  const compound = await must.post('/compoundaggregations', {
    ...quantity,
    code: unique('own_compound'),
    productId: made.product.id,
    calculation: `aggregation.${aggregation.code} * 0`,
  })
  const priced = {
    planId: plan.id,
    startDate: '2022-01-01T00:00:00Z',
    pricingBands: [{ lowerLimit: 0, fixedPrice: 0, unitPrice: 1 }],
  }
  const pricing = await must.post('/pricings', { ...priced, aggregationId: aggregation.id })
  await must.post('/pricings', { ...priced, compoundAggregationId: compound.id })
  const account = await makeAccount(organization, { name: 'Second', code: unique('second') })
  const accountPlan = await makeAccountPlan(organization, {
    accountId: account.id,
    planId: plan.id,
  })
  return { account, accountPlan, pricing, aggregation, compound }
}

type Statement = (second: Second) => RawBuilder<unknown>
type Case = [what: string, damage: Statement, repair: Statement]

/** One field of what is stored of a thing gets another value, and gets it back. */
function damaged(table: string, of: keyof Second, field: string, value: unknown): Case {
  const set = (second: Second, to: unknown) => sql`
    update ${sql.table(table)} set body = jsonb_set(body, ${`{${field}}`}, ${JSON.stringify(to)})
    where id = ${second[of].id}`
  const stored = (second: Second) => second[of][field]
  return [
    `${field} of ${table}`,
    (second) => set(second, value),
    (second) => set(second, stored(second)),
  ]
}

test.each<Case>([
  [
    'pricing',
    ({ pricing }) => sql`
      update pricing set body = jsonb_set(body, '{pricingBands}', '7') where id = ${pricing.id}`,
    ({ pricing }) => sql`
      update pricing set body = jsonb_set(body, '{pricingBands}',
        '[{"lowerLimit": "0", "fixedPrice": "0", "unitPrice": "1"}]') where id = ${pricing.id}`,
  ],
  damaged('account_plan', 'accountPlan', 'startDate', '2024-01-01'),
  damaged('aggregation', 'aggregation', 'quantityPerUnit', 'many'),
  damaged('aggregation', 'aggregation', 'targetField', 'gone'),
  damaged('compound_aggregation', 'compound', 'calculation', '('),
  [
    'account',
    ({ account }) => sql`
      update account set body = jsonb_set(body, '{billEpoch}', '7') where id = ${account.id}`,
    ({ account }) => sql`
      update account set body = body - 'billEpoch' where id = ${account.id}`,
  ],
])(
  'a damaged %s in the store fails its account alone, until it is repaired',
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
