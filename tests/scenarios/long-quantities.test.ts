/** A product of exact quantities has more digits than any of them; a bill takes all (pricing 0.2). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrange, runJob } from '../support/billing-world.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now: '2024-04-02T00:00:00Z' })
})
afterAll(() => server.close())

test('the product of three quantities with 18 decimals is billed with its 54', async () => {
  const organization = await server.organization()
  const { must } = organization
  const { account, aggregations, meter, plan } = await arrange(organization, {
    pricings: [{ name: 'qty', bands: [[0, 0, 0]] }],
  })
  const value = `aggregation.${aggregations.get('qty').code}`
  const compound = await must.post('/compoundaggregations', {
    name: 'Volume',
    code: 'volume',
    calculation: `${value} * ${value} * ${value}`,
    rounding: 'NONE',
    quantityPerUnit: 1,
    unit: 'm3',
  })
  await must.post('/pricings', {
    planId: plan.id,
    compoundAggregationId: compound.id,
    startDate: '2024-01-01T00:00:00Z',
    pricingBands: [{ lowerLimit: 0, fixedPrice: 0, unitPrice: 1 }],
  })
  await must.post('/measurements', {
    measurements: [
      {
        uid: 'edge',
        meter: meter.code,
        account: account.code,
        ts: '2024-03-02T00:00:00Z',
        measure: { qty: '1234.123456789012345678' },
      },
    ],
  })

  const { billIds } = await runJob(server, organization, { lastDateInBillingPeriod: '2024-03-31' })

  const answer = await server.app.inject({
    url: `/organizations/${organization.id}/bills/${billIds[0]}/lineitems`,
    headers: { authorization: `Bearer ${await organization.token()}` },
  })
  expect(answer.body).toContain(
    '"quantity":1879644944.124834071228272188269983734181069986096684294558605752,',
  )
  const { data } = JSON.parse(answer.body)
  expect(
    data.map(({ description, subtotal }: Record<string, unknown>) => [description, subtotal]),
  ).toEqual(expect.arrayContaining([['Volume', 1_879_644_944.12]]))
})
