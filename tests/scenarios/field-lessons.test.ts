/** What billing systems of the field got wrong, as properties of bills through HTTP (lessons 3 and 4). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  arrange,
  billFor,
  linesOf,
  type Made,
  runJob,
  type Usage,
  use,
} from '../support/billing-world.ts'
import { makeAccount, makeAccountPlan } from '../support/catalog.ts'
import { chooseSeed, type Random, randomFrom } from '../support/random.ts'
import { type Json, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-15T12:00:00Z' })
})
afterAll(() => server.close())

const june = { lastDateInBillingPeriod: '2024-06-30' }

describe('the order in which measurements come in', () => {
  const methods = ['SUM', 'MIN', 'MAX', 'COUNT', 'LATEST', 'MEAN']
  const measured = (random: Random): Usage[] =>
    Array.from({ length: 200 }, (_, at) => [
      new Date(Date.UTC(2024, 5, 1) + at * 7_919_000).toISOString(),
      Object.fromEntries(methods.map((name) => [name, random.below(100_000) / 1000])),
    ])

  test('changes no bill, however it is cut, and bills made meanwhile become the same', async () => {
    const random = randomFrom(chooseSeed('order of arrival'))
    const made = await arrange(await server.organization(), {
      template: { standingCharge: 10, minimumSpend: 1_000_000 },
      pricings: methods.map((name) => ({
        name,
        method: name,
        bands: [
          [0, 0, 0.37],
          [1000, 2, 0.11],
        ],
        pricing: { cumulative: true },
      })),
    })
    const usage = measured(random)
    await use(made, usage)
    const other = await makeAccount(made.organization)
    await makeAccountPlan(made.organization, { accountId: other.id, planId: made.plan.id })
    const shuffled = random.shuffle(usage)
    for (let from = 0, size = 0; from < shuffled.length; from += size) {
      size = 1 + random.below(90)
      await use(made, shuffled.slice(from, from + size), other)
      await runJob(server, made.organization, { ...june, accountIds: [other.id] })
    }

    await runJob(server, made.organization, june)

    const { data } = await made.organization.must.get('/bills')
    const [one, two] = data.map(({ lineItems }: Json) =>
      lineItems.map(({ id: _id, ...line }: Json) => line),
    )
    expect(one).toHaveLength(methods.length + 2)
    expect(two).toEqual(one)
  })
})

describe('what came late and was taken back', () => {
  test('leaves the bill as it was before', async () => {
    const made = await arrange(await server.organization(), {
      template: { standingCharge: 10 },
      pricings: [
        {
          name: 'calls',
          bands: [
            [0, 0, 0.1],
            [1000, 0, 0.03],
          ],
          pricing: { cumulative: true },
        },
      ],
    })
    const late: Usage[] = Array.from({ length: 3_000 }, (_, at) => [
      new Date(Date.UTC(2024, 5, 1) + at * 600_000).toISOString(),
      { calls: 0.1 + at / 1000 },
    ])
    const back = late.map(([ts, { calls = 0 }]): Usage => [ts, { calls: -calls }])
    await use(made, [['2024-06-10', { calls: 1234.5 }]])
    const before = await billFor(server, made, '2024-06-30')

    await use(made, late)
    const between = await billFor(server, made, '2024-06-30')
    await use(made, back)
    const after = await billFor(server, made, '2024-06-30')

    expect(between.billTotal).toBeGreaterThan(before.billTotal)
    expect(after.lineItems).toEqual(before.lineItems)
    expect(after.billTotal).toBe(before.billTotal)
  })
})

describe('a month that a plan and its successor share', () => {
  test('costs what it costs with one of them', async () => {
    const made = await arrange(await server.organization(), {
      template: { standingCharge: 60 },
      pricings: [{ name: 'calls', bands: [[0, 0, 0.25]] }],
    })
    const other = await makeAccount(made.organization)
    const attached = await makeAccountPlan(made.organization, {
      accountId: other.id,
      planId: made.plan.id,
    })
    await made.organization.must.post(`/accountplans/${attached.id}/replace`, {
      accountId: other.id,
      planId: made.plan.id,
      startDate: '2024-06-16T00:00:00Z',
    })
    const usage: Usage[] = [
      ['2024-06-15T23:59:59.999Z', { calls: 10 }],
      ['2024-06-16T00:00:00Z', { calls: 20 }],
    ]
    await use(made, usage)
    await use(made, usage, other)

    await runJob(server, made.organization, june)

    const { data } = await made.organization.must.get('/bills?includeBillTotal=true')
    expect(data.map(linesOf)).toEqual(
      expect.arrayContaining([
        ['STANDING_CHARGE 60', 'USAGE 7.5'],
        ['STANDING_CHARGE 30', 'STANDING_CHARGE 30', 'USAGE 2.5', 'USAGE 5'],
      ]),
    )
    expect(data.map(({ billTotal }: Json) => billTotal)).toEqual([67.5, 67.5])
  })
})

describe('a plan that is paused and resumed again and again', () => {
  const HOUR_MS = 3_600_000
  const begin = Date.UTC(2024, 0, 1)
  const iso = (hour: number) => new Date(begin + hour * HOUR_MS).toISOString()

  /** Half of the rounds pause the plan for a while; the others replace it where it ends. */
  async function live(made: Made, random: Random): Promise<boolean[]> {
    const { must } = made.organization
    const plan = { accountId: made.account.id, planId: made.plan.id }
    const isActive: boolean[] = Array.from({ length: 24 * 182 }, () => false)
    let from = random.below(200)
    let attached = await must.post('/accountplans', { ...plan, startDate: iso(from) })
    for (let round = 0; round < 16; round += 1) {
      const to = from + 1 + random.below(300)
      isActive.fill(true, from, to)
      const pause = random.below(2) * (1 + random.below(60))
      from = to + pause
      if (pause === 0) {
        const path = `/accountplans/${attached.id}/replace`
        attached = (await must.post(path, { ...plan, startDate: iso(from) })).newAccountPlan
      } else {
        await must.put(`/accountplans/${attached.id}`, { ...attached, endDate: iso(to) })
        attached = await must.post('/accountplans', { ...plan, startDate: iso(from) })
      }
    }
    return isActive.fill(true, from)
  }

  test('can always be billed, and each hour of it once', async () => {
    const random = randomFrom(chooseSeed('pause and resume'))
    const made = await arrange(await server.organization(), {
      template: { standingCharge: 10 },
      pricings: [{ name: 'hours', bands: [[0, 0, 1]] }],
      accountPlan: null,
    })
    const isActive = await live(made, random)
    await use(
      made,
      isActive.map((_, hour) => [iso(hour), { hours: 1 }]),
    )

    const ends = Array.from({ length: 6 }, (_, month) =>
      new Date(Date.UTC(2024, month + 1, 1)).toISOString().slice(0, 10),
    )
    for (const billDate of random.shuffle(ends)) {
      await runJob(server, made.organization, { billDate })
    }

    const { data: bills } = await made.organization.must.get('/bills')
    const usage = bills
      .flatMap(({ lineItems }: Json) => lineItems)
      .filter(({ lineItemType }: Json) => lineItemType === 'USAGE')
    const billed = usage.reduce((total: number, { quantity }: Json) => total + quantity, 0)
    const { data: alerts } = await made.organization.must.get('/alerts?pageSize=100')
    expect(billed).toBe(isActive.filter(Boolean).length)
    expect(alerts.filter(({ severity }: Json) => severity !== 'INFO')).toEqual([])
  })
})

describe('amounts at the ends of what there is', () => {
  const priceIn = async (places: number, unitPrice: number): Promise<Made> => {
    const organization = await server.organization()
    const code = 'XTS'
    await organization.must.post('/picklists/currency', {
      name: 'Tests',
      code,
      maxDecimalPlaces: places,
    })
    return arrange(organization, {
      configuration: { currency: code },
      template: { currency: code },
      pricings: [{ name: 'qty', bands: [[0, 0, unitPrice]] }],
    })
  }

  test.each<[places: number, used: string, price: number, amount: string]>([
    [0, '999999999999', 1, '999999999999'],
    [2, '999999999999.99', 1, '999999999999.99'],
    [3, '999999999999.999', 1, '999999999999.999'],
    [5, '123456789012.34567', 1, '123456789012.34567'],
    [5, '0.000000001', 10_000, '0.00001'],
    [5, '0.000000001', 4999.999, '0'],
    [2, '0.000000001', 1_234_567_890_123, '1234.57'],
    [2, '1e12', 1.005, '1005000000000'],
  ])('with %i places, %s at %s is %s to the last digit', async (places, used, price, amount) => {
    const made = await priceIn(places, price)
    const json = `{"measurements":[{"uid":"a","meter":"${made.meter.code}","account":"${made.account.code}",
      "ts":"2024-06-10T00:00:00Z","measure":{"qty":${used}}}]}`
    const sent = await made.organization.post('/measurements', json)
    expect(sent.status).toBe(200)

    const bill = await billFor(server, made, '2024-06-30')

    const { payload } = await server.app.inject({
      method: 'GET',
      url: `/organizations/${made.organization.id}/bills/${bill.id}`,
      headers: { authorization: `Bearer ${await made.organization.token()}` },
    })
    const sentDigits = (field: string) => payload.match(`"${field}":([^,}]+)`)?.[1]
    expect([sentDigits('billTotal'), sentDigits('subtotal')]).toEqual([amount, amount])
  })

  test('of eight places are refused by name', async () => {
    const { organization } = await arrange(await server.organization())

    const { status, body } = await organization.post('/picklists/currency', {
      name: 'Fine',
      code: 'XFN',
      maxDecimalPlaces: 8,
    })

    expect(status).toBe(400)
    expect(body.errors).toEqual([
      { field: 'maxDecimalPlaces', message: expect.stringContaining('5') },
    ])
  })
})
