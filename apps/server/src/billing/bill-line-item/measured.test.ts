/** Lines lead to the measurements that they count, whatever becomes of what counted them (lessons 4, 20). */
import {
  arrange,
  billFor,
  type Made,
  type Usage,
  use,
} from '@countinghouse/tests/support/billing-world.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-01T06:00:00Z' })
})
afterAll(() => server.close())

const june: Required<Usage>[] = [
  ['2024-06-10', { qty: 3, other: 50 }, { region: 'EU' }],
  ['2024-06-11', { qty: 4, other: 60 }, { region: 'US' }],
  ['2024-06-12', { qty: 5, other: 70 }, { region: 'US' }],
]

async function behind({ organization }: Made, bill: Json, position = 0, query = '') {
  const line = bill.lineItems[position]
  const { status, body } = await organization.get(
    `/bills/${bill.id}/lineitems/${line.id}/measurements${query}`,
  )
  return { status, message: body.message, values: body.data?.map(({ value }: Json) => value) }
}

async function change(made: Made, name: string, changes: Json): Promise<void> {
  const { must } = made.organization
  const aggregation = await must.get(`/aggregations/${made.aggregations.get(name).id}`)
  await must.put(`/aggregations/${aggregation.id}`, { ...aggregation, ...changes })
}

async function lock({ organization }: Made, bill: Json): Promise<void> {
  await organization.must.put(`/bills/${bill.id}/status`, { status: 'APPROVED' })
  await organization.must.put(`/bills/${bill.id}/lock`)
}

/** As a bill was stored by a version of the program whose lines did not keep this yet. */
async function forget(bill: Json, ...kept: string[]): Promise<void> {
  const { reader } = server.context.database
  await sql`
    update bill_line_item set explanation = (explanation::jsonb - ${kept}::text[])::json
    where bill_id = ${bill.id}`.execute(reader)
  // Its digest was another, or nobody would look at the lines at all.
  await sql`update bill set digest = 'earlier' where id = ${bill.id}`.execute(reader)
}

const plain = async () => {
  const made = await arrange(await server.organization(), {
    pricings: [
      { name: 'qty', bands: [[0, 0, 1]] },
      { name: 'other', bands: [[0, 0, 0]] },
    ],
  })
  await use(
    made,
    june.map(([ts, measure]) => [ts, measure]),
  )
  return { made, bill: await billFor(server, made, '2024-06-30') }
}

test('of a locked bill whose aggregation counts another field now', async () => {
  const { made, bill } = await plain()
  await lock(made, bill)

  await change(made, 'qty', { targetField: 'other', aggregation: 'MAX' })

  const line = bill.lineItems[0]
  const why = await made.organization.must.get(`/bills/${bill.id}/lineitems/${line.id}/explanation`)
  expect([line.quantity, await behind(made, bill)]).toMatchObject([12, { values: ['5', '4', '3'] }])
  expect(why.measured).toEqual([{ targetField: 'qty', method: 'SUM' }])
})

test('of a line whose aggregation was deleted', async () => {
  const { made, bill } = await plain()
  const { must } = made.organization
  await must.delete(`/pricings/${made.pricings[0].id}`)

  await must.delete(`/aggregations/${made.aggregations.get('qty').id}`)

  expect(await behind(made, bill)).toMatchObject({ values: ['5', '4', '3'] })
})

test('and say so when the field is gone from the meter', async () => {
  const { made, bill } = await plain()
  await change(made, 'qty', { targetField: 'other' })
  const { must } = made.organization
  const meter = await must.get(`/meters/${made.meter.id}`)
  const dataFields = meter.dataFields.filter(({ code }: Json) => code !== 'qty')

  await must.put(`/meters/${meter.id}`, { ...meter, dataFields })

  expect(await behind(made, bill)).toMatchObject({
    status: 404,
    message: expect.stringContaining('The field qty of the meter Meter was deleted since'),
  })
})

const segmented = async () => {
  const made = await arrange(await server.organization(), {
    pricings: [
      {
        name: 'qty',
        aggregation: { segmentedFields: ['region'], segments: [{ region: 'EU' }, { region: '*' }] },
        segment: { region: '*' },
        bands: [[0, 0, 1]],
      },
    ],
  })
  await use(
    made,
    june.map(([ts, { qty = 0 }, where]) => [ts, { qty }, where]),
  )
  return { made, bill: await billFor(server, made, '2024-06-30') }
}

test('of a segment from which another one would take measurements now', async () => {
  const { made, bill } = await segmented()

  await change(made, 'qty', { segments: [{ region: 'EU' }, { region: 'US' }, { region: '*' }] })

  expect([bill.lineItems[0].quantity, await behind(made, bill)]).toMatchObject([
    9,
    { values: ['5', '4'] },
  ])
})

test('of a segment that is listed no longer', async () => {
  const { made, bill } = await segmented()
  await made.organization.must.delete(`/pricings/${made.pricings[0].id}`)

  await change(made, 'qty', { segments: [{ region: 'EU' }] })

  expect(await behind(made, bill)).toMatchObject({ values: ['5', '4'] })
})

test('of each aggregation that a compound one read', async () => {
  const { made, bill } = await compound()

  await change(made, 'other', { targetField: 'qty' })

  const read = made.aggregations.get('other').id
  const all = bill.lineItems.length - 1
  expect(bill.lineItems[all].quantity).toBe(12 + 180)
  expect(await behind(made, bill, all)).toMatchObject({ values: ['5', '4', '3'] })
  expect(await behind(made, bill, all, `?aggregationId=${read}`)).toMatchObject({
    values: ['70', '60', '50'],
  })
})

const calculated = {
  text: 'aggregation.qty + aggregation.other',
  read: [
    { reference: 'aggregation.qty', aggregation: { code: 'qty', name: 'qty' }, value: 12 },
    { reference: 'aggregation.other', aggregation: { code: 'other', name: 'other' }, value: 180 },
  ],
}

test('a line of a compound aggregation keeps its calculation and each value that went in', async () => {
  const { made, bill, compound: both } = await compound()
  const { must } = made.organization
  const path = `/bills/${bill.id}/lineitems/${bill.lineItems.at(-1).id}/explanation`

  await must.put(`/compoundaggregations/${both.id}`, {
    ...both,
    calculation: 'aggregation.qty * plan.factor + aggregation.other',
  })
  await change(made, 'other', { targetField: 'qty' })
  const before = await must.get(path)
  const again = await billFor(server, made, '2024-06-30')
  const after = await must.get(path)

  expect([before.quantity, before.calculation]).toEqual([192, calculated])
  expect(again.lineItems.at(-1).quantity).toBe(12 * 3 + 12)
  expect(after.calculation).toEqual({
    text: 'aggregation.qty * plan.factor + aggregation.other',
    read: [
      calculated.read[0],
      { ...calculated.read[1], value: 12 },
      { reference: 'plan.factor', value: 3 },
    ],
  })
})

test('a line of a simple aggregation has no calculation', async () => {
  const { made, bill } = await plain()
  const why = await made.organization.must.get(
    `/bills/${bill.id}/lineitems/${bill.lineItems[0].id}/explanation`,
  )

  expect(why).not.toHaveProperty('calculation')
})

test.each([[['calculation']], [['calculation', 'measured']]])(
  'a line that was stored without %s is explained, and stays as it is',
  async (kept) => {
    const { made, bill } = await compound()
    const path = `/bills/${bill.id}/lineitems/${bill.lineItems.at(-1).id}/explanation`
    await forget(bill, ...kept)

    const again = await billFor(server, made, '2024-06-30')
    const why = await made.organization.must.get(path)

    expect(again).toMatchObject({ version: bill.version, lineItems: bill.lineItems })
    expect(why).toMatchObject({ quantity: 192 })
    for (const field of kept) expect(why).not.toHaveProperty(field)
  },
)

async function compound() {
  const { made } = await plain()
  const { must } = made.organization
  for (const name of ['qty', 'other']) await change(made, name, { code: name })
  await must.put('/customfields', { version: 1, plan: { factor: 3 } })
  const both = await must.post('/compoundaggregations', {
    name: 'Both',
    productId: made.product.id,
    calculation: 'aggregation.qty + aggregation.other',
    quantityPerUnit: 1,
    rounding: 'NONE',
    unit: 'unit',
  })
  await must.post('/pricings', {
    planId: made.plan.id,
    compoundAggregationId: both.id,
    startDate: '2022-01-01T00:00:00Z',
    pricingBands: [{ lowerLimit: 0, fixedPrice: 0, unitPrice: 1 }],
  })
  return { made, compound: both, bill: await billFor(server, made, '2024-06-30') }
}

test('of a line that was stored without saying so are those of the aggregation as it is', async () => {
  const { made, bill } = await plain()
  await forget(bill, 'measured')

  const before = await behind(made, bill)
  const again = await billFor(server, made, '2024-06-30')
  await change(made, 'qty', { targetField: 'other' })
  const after = await behind(made, bill)

  expect([before.values, after.values]).toEqual([
    ['5', '4', '3'],
    ['70', '60', '50'],
  ])
  expect(again).toMatchObject({ version: bill.version, lineItems: bill.lineItems })
})

test('of a segment that such a line cannot tell from others are refused', async () => {
  const { made, bill } = await segmented()
  await forget(bill, 'measured')
  await made.organization.must.delete(`/pricings/${made.pricings[0].id}`)

  await change(made, 'qty', { segments: [{ region: 'EU' }] })

  expect(await behind(made, bill)).toMatchObject({
    status: 404,
    message: expect.stringContaining('segment'),
  })
})

test('none of a calculation that reads no aggregation', async () => {
  const made = await arrange(await server.organization())
  const { must } = made.organization
  const compound = await must.post('/compoundaggregations', {
    name: 'Seats in the contract',
    calculation: '5',
    rounding: 'NONE',
    quantityPerUnit: 1,
    unit: 'seat',
    productId: made.product.id,
  })
  await must.post('/pricings', {
    planId: made.plan.id,
    compoundAggregationId: compound.id,
    startDate: '2022-01-01T00:00:00Z',
    pricingBands: [{ lowerLimit: 0, fixedPrice: 0, unitPrice: 2 }],
  })
  const bill = await billFor(server, made, '2024-06-30')

  const [line] = bill.lineItems
  const answer = await must.get(`/bills/${bill.id}/lineitems/${line.id}/measurements`)

  expect([line.quantity, line.subtotal]).toEqual([5, 10])
  expect(answer).toMatchObject({ aggregationName: 'Seats in the contract', total: 0, data: [] })
})
