import { arrange, billFor, type Made, use } from '@countinghouse/tests/support/billing-world.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let server: TestServer
let made: Made
let bill: Json

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-15T12:00:00Z' })
  made = await arrange(await server.organization(), {
    template: { standingCharge: 62, minimumSpend: 200 },
    pricings: [
      {
        name: 'qty',
        bands: [
          [0, 0, 0.15],
          [500, 0, 0.1],
        ],
        pricing: { cumulative: true },
      },
    ],
    accountPlan: { startDate: '2024-06-16T00:00:00Z' },
  })
  await use(made, [
    ['2024-06-10', { qty: 9999 }],
    ['2024-06-16T00:00:00Z', { qty: 600 }],
    ['2024-06-30T23:59:59Z', { qty: 20 }],
    ['2024-07-01T00:00:00Z', { qty: 5 }],
  ])
  bill = await billFor(server, made, '2024-06-30')
})
afterAll(() => server.close())

const explain = (position: number) =>
  made.organization.must.get(
    `/bills/${bill.id}/lineitems/${bill.lineItems[position].id}/explanation`,
  )

describe('lines of a bill', () => {
  test('are listed in their order, page by page', async () => {
    const path = `/bills/${bill.id}/lineitems`

    const first = await made.organization.must.get(`${path}?pageSize=2`)
    const second = await made.organization.must.get(
      `${path}?pageSize=2&nextToken=${first.nextToken}`,
    )

    const types = [...first.data, ...second.data].map(({ lineItemType }: Json) => lineItemType)
    expect(types).toEqual(['STANDING_CHARGE', 'USAGE', 'MINIMUM_SPEND'])
    expect(first.data[1].bandUsage).toHaveLength(2)
  })

  test('are found over all bills by type and bill', async () => {
    const usage = await made.organization.must.get('/lineitems?lineItemType=USAGE')
    const none = await made.organization.must.get(
      '/lineitems?billId=00000000-0000-4000-8000-000000000000',
    )

    expect(usage.data.map(({ id }: Json) => id)).toEqual([bill.lineItems[1].id])
    expect(none.data).toEqual([])
  })

  test('of another bill or none are not found', async () => {
    const { status } = await made.organization.get(
      `/bills/00000000-0000-4000-8000-000000000000/lineitems/${bill.lineItems[0].id}`,
    )

    expect(status).toBe(404)
  })
})

describe('an explanation', () => {
  test('of usage names quantity, units, bands, windows and rounding', async () => {
    expect(await explain(1)).toMatchObject({
      kind: 'USAGE',
      accountName: 'Acme',
      planName: 'Standard',
      aggregationName: 'qty',
      quantity: 620,
      units: 620,
      bands: [
        { lowerLimit: 0, upperLimit: 500, bandUnits: 500, unitPrice: 0.15, bandSubtotal: 75 },
        { lowerLimit: 500, upperLimit: null, bandUnits: 120, unitPrice: 0.1, bandSubtotal: 12 },
      ],
      question: { from: '2024-06-16T00:00:00Z', to: '2024-07-01T00:00:00Z' },
      amount: { exact: 87, rounded: 87, currency: 'USD', mode: 'HALF_UP' },
    })
  })

  test('of a standing charge names the days', async () => {
    expect(await explain(0)).toMatchObject({
      kind: 'STANDING_CHARGE',
      charge: 62,
      billNumber: 0,
      factor: { parts: [{ activeDays: 15, days: 30 }] },
      amount: { exact: 31 },
    })
  })

  test('of a minimum spend names what counted toward it', async () => {
    expect(await explain(2)).toMatchObject({
      kind: 'MINIMUM_SPEND',
      scope: 'PLAN',
      minimum: 200,
      due: 100,
      base: [{ type: 'USAGE', description: 'qty', subtotal: 87 }],
      baseTotal: 87,
      amount: { rounded: 13 },
    })
  })
})

describe('the measurements behind a line', () => {
  const path = (position: number) =>
    `/bills/${bill.id}/lineitems/${bill.lineItems[position].id}/measurements`

  test('are those of its window and no others, and add up to its quantity', async () => {
    const answer = await made.organization.must.get(path(1))

    expect(answer).toMatchObject({ aggregationName: 'qty', targetField: 'qty', total: 2 })
    expect(answer.data.map(({ ts, value }: Json) => [ts, value])).toEqual([
      ['2024-06-30T23:59:59Z', '20'],
      ['2024-06-16T00:00:00Z', '600'],
    ])
  })

  test('come page by page', async () => {
    const first = await made.organization.must.get(`${path(1)}?pageSize=1`)
    const second = await made.organization.must.get(
      `${path(1)}?pageSize=1&nextToken=${encodeURIComponent(first.nextToken)}`,
    )

    expect([first.data[0].value, second.data[0].value]).toEqual(['20', '600'])
    expect(second.nextToken).toBeUndefined()
  })

  test('do not exist for a fixed charge', async () => {
    const { status, body } = await made.organization.get(path(0))

    expect(status).toBe(400)
    expect(body.message).toContain('no usage')
  })
})
