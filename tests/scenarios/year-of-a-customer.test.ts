/**
 * A year of one customer in Berlin: a start inside a month, a leap day, both changes of the clocks,
 * a price that changes, late usage, another plan, and bills that are locked in the end. Read the
 * story to its end before changing a number in it.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectSumOfLines } from '../support/billing-case.ts'
import {
  arrange,
  linesOf,
  type Made,
  price,
  runJob,
  type Usage,
  use,
} from '../support/billing-world.ts'
import { makePlan, makeTemplate } from '../support/catalog.ts'
import { type Json, startTestServer, type TestServer } from '../support/server.ts'

const golden = `
2024-01 744h 35.10: STANDING_CHARGE 34, USAGE 1.1
2024-02 696h 63.10: STANDING_CHARGE 62, USAGE 1.1
2024-03 743h 65.40: STANDING_CHARGE 62, USAGE 3.4
2024-04 720h 63.10: STANDING_CHARGE 62, USAGE 1.1
2024-05 744h 63.10: STANDING_CHARGE 62, USAGE 1.1
2024-06 720h 63.10: STANDING_CHARGE 62, USAGE 1.1
2024-07 744h 65.20: STANDING_CHARGE 62, USAGE 1, USAGE 2.2
2024-08 744h 64.20: STANDING_CHARGE 62, USAGE 2.2
2024-09 720h 64.20: STANDING_CHARGE 62, USAGE 2.2
2024-10 745h 150.00: STANDING_CHARGE 100, USAGE 10.8, MINIMUM_SPEND 39.2
2024-11 720h 150.00: STANDING_CHARGE 100, USAGE 3.3, MINIMUM_SPEND 46.7
2024-12 744h 150.00: STANDING_CHARGE 100, USAGE 3.3, MINIMUM_SPEND 46.7
`.trim()

let server: TestServer
let made: Made

beforeAll(async () => {
  server = await startTestServer({ now: '2024-01-01T00:00:00Z' })
})
afterAll(() => server.close())

/** Midnights that begin the months in Berlin, the one after the year included. */
const midnights = Array.from({ length: 13 }, (_, month) => {
  const isSummer = month >= 3 && month <= 9
  return new Date(Date.UTC(2024, month, 1) - (isSummer ? 2 : 1) * 3_600_000).toISOString()
})

const before = (instant: string) => new Date(Date.parse(instant) - 1).toISOString()

function hourly(from: string, hours: number): Usage[] {
  return Array.from({ length: hours }, (_, hour) => [
    new Date(Date.parse(from) + hour * 3_600_000).toISOString(),
    { calls: 1 },
  ])
}

/** Ten calls in the first instant of a month, one in the last; more on days that are odd. */
function usageOf(month: number): Usage[] {
  const [start = '', end = ''] = [midnights[month], midnights[month + 1]]
  const planStart = '2024-01-14T23:00:00.000Z'
  const usage: Usage[] = [
    [month === 0 ? planStart : start, { calls: 10 }],
    [before(end), { calls: 1 }],
  ]
  if (month === 0) usage.push([before(planStart), { calls: 5 }])
  if (month === 2) usage.push(...hourly('2024-03-30T23:00:00Z', 23))
  if (month === 6) usage.push(['2024-07-15T22:00:00Z', { calls: 10 }])
  if (month === 9) usage.push(...hourly('2024-10-26T22:00:00Z', 25))
  return usage
}

async function billMonth(month: number): Promise<void> {
  const nextDay = new Date(Date.UTC(2024, month + 1, 1)).toISOString().slice(0, 10)
  await runJob(server, made.organization, { billDate: nextDay })
}

test('a year is billed as it was lived', async () => {
  made = await arrange(await server.organization(), {
    configuration: { timezone: 'Europe/Berlin' },
    template: { standingCharge: 62 },
    pricings: [
      {
        name: 'calls',
        bands: [
          [0, 0, 0.1],
          [100, 0, 0.05],
        ],
        pricing: { cumulative: true, endDate: '2024-07-15T22:00:00Z' },
      },
      {
        name: 'calls',
        bands: [[0, 0, 0.2]],
        pricing: { startDate: '2024-07-15T22:00:00Z' },
      },
    ],
    accountPlan: { startDate: '2024-01-14T23:00:00Z' },
  })
  const { organization } = made

  for (let month = 0; month < 12; month += 1) {
    if (month === 9) await changePlan()
    server.clock.set(midnights[month + 1] ?? '')
    await use(made, usageOf(month))
    await billMonth(month)
  }

  const { data } = await organization.must.get('/bills?includeBillTotal=true')
  const bills: Json[] = data.toReversed()
  for (const bill of bills) expectSumOfLines(bill)
  expect(bills.map(describeBill).join('\n')).toBe(golden)
  // All but the five calls before the plan, each on one bill.
  expect(sum(bills.flatMap(quantities))).toBe(12 * 11 + 23 + 10 + 25)
})

test('late usage is picked up by a recalculation, and a locked bill stays for ever', async () => {
  const { organization } = made
  const { data } = await organization.must.get('/bills?billDate=2024-04-01')
  const [march] = data
  await use(made, [['2024-03-10T12:00:00Z', { calls: 6 }]])

  await runJob(server, organization, { billIds: [march.id] }, '/billjobs/recalculate')
  const recalculated = await organization.must.get(`/bills/${march.id}`)
  await organization.must.put(`/bills/${march.id}/status`, { status: 'APPROVED' })
  const locked = await organization.must.put(`/bills/${march.id}/lock`)
  await use(made, [['2024-03-11T12:00:00Z', { calls: 100 }]])
  await billMonth(2)

  expect(linesOf(recalculated)).toEqual(['STANDING_CHARGE 62', 'USAGE 4'])
  expect(await organization.must.get(`/bills/${march.id}`)).toEqual(locked)
})

async function changePlan(): Promise<void> {
  const { organization } = made
  const template = await makeTemplate(organization, {
    productId: made.product.id,
    standingCharge: 100,
    minimumSpend: 50,
  })
  const plan = await makePlan(organization, { planTemplateId: template.id })
  const larger = { ...made, plan }
  await price(larger, { name: 'calls', bands: [[0, 0, 0.3]] })
  await organization.must.post(`/accountplans/${made.accountPlan.id}/replace`, {
    accountId: made.account.id,
    planId: plan.id,
    startDate: '2024-09-30T22:00:00Z',
  })
}

function describeBill(bill: Json): string {
  const hours = (Date.parse(bill.endDateTimeUTC) - Date.parse(bill.startDateTimeUTC)) / 3_600_000
  const total = bill.billTotal.toFixed(2)
  return `${bill.startDate.slice(0, 7)} ${hours}h ${total}: ${linesOf(bill).join(', ')}`
}

function quantities(bill: Json): number[] {
  return bill.lineItems
    .filter((line: Json) => line.lineItemType === 'USAGE')
    .map((line: Json) => line.quantity)
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
