/** A plan may be attached before it is priced, and then bills what needs no price (pricing 5.2). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrange, runJob, use } from '../support/billing-world.ts'
import { type Json, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now: '2024-04-02T00:00:00Z' })
})
afterAll(() => server.close())

const lastDateInBillingPeriod = '2024-03-31'

test('without a price only standing charge and minimum spend are billed; a price makes up for it', async () => {
  const organization = await server.organization()
  const made = await arrange(organization, {
    template: { standingCharge: 25, minimumSpend: 10 },
    pricings: [{ name: 'qty', bands: [[0, 0, 2]], pricing: { startDate: '2025-01-01T00:00:00Z' } }],
  })
  await use(made, [['2024-03-02', { qty: 7 }]])
  const billed = async () => {
    const { billIds } = await runJob(server, organization, { lastDateInBillingPeriod })
    const { data } = await organization.must.get(`/bills/${billIds[0]}/lineitems`)
    return data.map(({ lineItemType, subtotal }: Json) => `${lineItemType} ${subtotal}`).sort()
  }

  const unpriced = await billed()
  const [{ id, version, pricingBands, ...rest }] = made.pricings
  await organization.must.put(`/pricings/${id}`, {
    ...rest,
    ...{ pricingBands, version, startDate: '2024-01-01T00:00:00Z' },
  })
  const priced = await billed()

  expect(unpriced).toEqual(['MINIMUM_SPEND 10', 'STANDING_CHARGE 25'])
  expect(priced).toEqual(['STANDING_CHARGE 25', 'USAGE 14'])
})
