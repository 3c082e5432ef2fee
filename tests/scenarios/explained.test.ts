/** What stands behind a line adds up to it: every figure of random bills, digit by digit. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runJob } from '../support/billing-world.ts'
import {
  type Json,
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '../support/server.ts'
import { rhythmOf } from './oracle/bill.ts'
import { border } from './oracle/days.ts'
import type { Aggregation } from './oracle/model.ts'
import {
  kept,
  larger,
  minus,
  over,
  plus,
  type Q,
  q,
  round,
  smaller,
  times,
  total,
  zero,
} from './oracle/numbers.ts'
import { makeRandomWorld } from './oracle/world.ts'

const SEED = Number(process.env.ORACLE_SEED ?? 1)
const ACCOUNTS = Number(process.env.ORACLE_ACCOUNTS ?? 6)

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2025-06-15T00:00:00Z' })
})
afterAll(() => server.close())

test.each([
  ['Asia/Kathmandu', SEED * 1000 + 71],
  ['America/St_Johns', SEED * 1000 + 72],
])(
  'every amount of bills in %s is what its explanation and its measurements say, seed %i',
  async (zone, seed) => {
    const { settings, aggregations, organization, made } = await makeRandomWorld(server, zone, {
      seed,
      accounts: ACCOUNTS,
    })
    for (const { account, id } of made) {
      for (const attached of account.attached) {
        const rhythm = rhythmOf(settings, account, attached)
        let k = 0
        while (border(rhythm, k) < new Date(attached.from).toISOString().slice(0, 10)) k += 1
        for (const step of [1, 2]) {
          await runJob(server, organization, {
            accountIds: [id],
            billDate: border(rhythm, k + step),
          })
        }
      }
    }
    const rules = new Map(aggregations.map((each) => [each.key, each]))
    const bills = await exactly(organization, '/bills?pageSize=100&includeBillTotal=true')
    const seen = new Set<string>()
    for (const bill of bills.data) {
      const { places, mode } = settings.currencies.get(bill.currency) ?? {
        places: 2,
        mode: 'HALF_UP',
      }
      for (const line of bill.lineItems) {
        const path = `/bills/${bill.id}/lineitems/${line.id}`
        const found = await exactly(organization, `${path}/explanation`)
        seen.add(found.kind).add(found.rating?.method).add(found.cap?.scope)
        const where = `${bill.accountCode} ${bill.endDate} ${line.lineItemType} ${line.description}`
        expectAmount(found, { line, where, places, mode })
        if (found.kind === 'STANDING_CHARGE') expectStanding(found, where)
        else if (found.kind === 'MINIMUM_SPEND') expectMinimum(found, line, where)
        else {
          expectUsage(found, line, where)
          const rule = rules.get(found.aggregationName)
          if (rule !== undefined) {
            const values = await measurementsOf(organization, path)
            same(where, aggregated(rule, values), found.quantity)
          }
        }
      }
      await expectSameEverywhere(organization, bill)
      same(
        bill.id,
        total(bill.lineItems.map((line: Json) => q(line.convertedSubtotal))),
        bill.billTotal,
      )
    }
    const all = ['USAGE', 'STANDING_CHARGE', 'GRADUATED', 'WHOLE']
    expect([...seen]).toEqual(expect.arrayContaining(all))
  },
)

/** The preview is the bill, and the file holds the digits of the API. */
async function expectSameEverywhere(organization: TestOrganization, bill: Json): Promise<void> {
  const preview = await exactly(organization, '/bills/preview', {
    accountIds: [bill.accountId],
    billingFrequency: bill.billingFrequency,
    billFrequencyInterval: Number(bill.billFrequencyInterval),
    billDate: bill.billDate,
  })
  const kept = ({ lineItems, ...of }: Json) => ({
    ...of,
    id: '',
    version: '',
    billJobId: '',
    lineItems: lineItems.map((line: Json) => ({ ...line, id: '' })),
  })
  expect(kept(preview)).toEqual(kept(bill))
  const days = (Date.parse(bill.endDate) - Date.parse(bill.startDate)) / 86_400_000
  if (days > 31) return
  const { downloadUrl } = await organization.must.post('/bills/download/csv/url', {
    startDate: bill.startDate,
    endDate: bill.endDate,
  })
  const file = await server.call('GET', downloadUrl.replace(/^https?:\/\/[^/]+/, ''))
  const [head = [], ...rows] = String(file.body)
    .trim()
    .split('\r\n')
    .map((row) => row.split(','))
  for (const line of bill.lineItems) {
    const row = rows.find((each) => each[head.indexOf('Line ID')] === line.id) ?? []
    expect(columns.map(([title]) => row[head.indexOf(title)])).toEqual(
      columns.map(([, field]) => line[field] ?? bill[field]),
    )
  }
}

const columns = [
  ['Bill total', 'billTotal'],
  ['Quantity', 'quantity'],
  ['Units', 'units'],
  ['Average unit price', 'averageUnitPrice'],
  ['Subtotal', 'subtotal'],
  ['Conversion rate', 'conversionRate'],
  ['Converted subtotal', 'convertedSubtotal'],
  ['Service start', 'servicePeriodStartDate'],
  ['Service end', 'servicePeriodEndDate'],
] as const

/** From the exact amount by rounding and conversion to what is billed. */
function expectAmount(
  { amount, cap }: Json,
  of: { line: Json; where: string; places: number; mode: string },
): void {
  const { line, where } = of
  const exact = q(amount.exact)
  same(where, round(exact, amount.places, amount.mode), amount.rounded)
  const converted =
    cap === undefined
      ? round(times(q(amount.rounded), q(amount.rate)), of.places, of.mode)
      : minus(zero, q(cap.available))
  same(where, converted, amount.converted)
  expect([where, amount.rounded, amount.converted]).toEqual([
    where,
    line.subtotal,
    line.convertedSubtotal,
  ])
  const average = line.units === '0' ? zero : round(over(exact, q(line.units)), 10, 'HALF_UP')
  same(where, average, line.averageUnitPrice)
}

function expectStanding({ amount, charge, factor }: Json, where: string): void {
  same(where, times(q(charge), shareOf(factor, where)), amount.exact)
}

function expectMinimum(found: Json, line: Json, where: string): void {
  const due = times(q(found.minimum), shareOf(found.factor, where))
  same(where, due, found.due)
  const base = total(found.base.map(({ subtotal }: Json) => q(subtotal)))
  same(where, base, found.baseTotal)
  const amount =
    line.lineItemType === 'MINIMUM_SPEND_REFUND'
      ? minus(zero, smaller(due, base))
      : larger(zero, minus(due, base))
  same(where, amount, found.amount.exact)
}

/** Numerator and denominator are the sum of the parts, which people see as days. */
function shareOf({ numerator, denominator, parts }: Json, where: string): Q {
  const share = over(q(numerator), q(denominator))
  const days = total(parts.map((part: Json) => over(q(part.activeDays), q(part.days))))
  same(where, share, days)
  return share
}

function expectUsage(found: Json, line: Json, where: string): void {
  const quotient = kept(over(q(found.quantity), q(found.quantityPerUnit)))
  const modes: Record<string, string> = { UP: 'UP', DOWN: 'DOWN', NEAREST: 'HALF_UP' }
  const mode = modes[found.rounding]
  same(where, mode === undefined ? quotient : round(quotient, 0, mode), found.units)
  if (found.rating.unitsBefore !== undefined) {
    const before = total(found.rating.earlier.map(({ units }: Json) => q(units)))
    same(where, larger(zero, before), found.rating.unitsBefore)
  }
  const isCredit = line.lineItemType === 'USAGE_CREDIT' && found.rating.method !== 'FIRST_BAND'
  const sign: Q = isCredit ? [-1n, 1n] : [1n, 1n]
  for (const band of found.bands) {
    same(where, times(sign, times(q(band.bandUnits), q(band.unitPrice))), band.unitSubtotal)
    same(where, plus(q(band.fixedSubtotal), q(band.unitSubtotal)), band.bandSubtotal)
    same(where, times(q(band.bandSubtotal), q(found.amount.rate)), band.convertedBandSubtotal)
  }
  const bands = total(found.bands.map(({ bandSubtotal }: Json) => q(bandSubtotal)))
  same(where, bands, found.cap?.uncapped ?? found.amount.exact)
  if (found.cap !== undefined) {
    same(where, minus(zero, over(q(found.cap.available), q(found.amount.rate))), found.amount.exact)
  }
  if (found.bands.length === 0) return
  const quantity = total(found.bands.map(({ bandQuantity }: Json) => q(bandQuantity)))
  same(where, quantity, found.quantity)
}

/** Equal as numbers; a figure without end is shown by its first 34 digits. */
function same(where: string, value: Q, shown: string | Q): void {
  const other = typeof shown === 'string' ? q(shown) : shown
  const [a, b] = minus(value, other)[0] === 0n ? [value, value] : [kept(value), other]
  expect([where, ...a].map(String)).toEqual([where, ...b].map(String))
}

function aggregated({ method, defaultValue }: Aggregation, newestFirst: string[]): Q {
  const values = newestFirst.map((value) => q(value))
  const [latest] = values
  if (latest === undefined) return q(defaultValue ?? 'no value and no default')
  switch (method) {
    case 'SUM':
      return total(values)
    case 'COUNT':
      return q(values.length)
    case 'MIN':
      return values.reduce(smaller)
    case 'MAX':
      return values.reduce(larger)
    case 'MEAN':
      return kept(over(total(values), q(values.length)))
    default:
      return latest
  }
}

async function measurementsOf(organization: TestOrganization, path: string): Promise<string[]> {
  const values: string[] = []
  for (let token = ''; ; ) {
    const page = await organization.must.get(`${path}/measurements?pageSize=7${token}`)
    values.push(...page.data.map(({ value }: Json) => value))
    if (page.nextToken === undefined) {
      expect(values).toHaveLength(page.total)
      return values
    }
    token = `&nextToken=${encodeURIComponent(page.nextToken)}`
  }
}

/** The answer with its numbers as the digits that were sent. */
async function exactly(organization: TestOrganization, path: string, body?: Json): Promise<Json> {
  const { payload } = await server.app.inject({
    method: body === undefined ? 'GET' : 'POST',
    url: `/organizations/${organization.id}${path}`,
    headers: { authorization: `Bearer ${await organization.token()}` },
    ...(body !== undefined && { payload: body }),
  })
  return JSON.parse(payload, (_key, value, context?: { source?: string }) =>
    typeof value === 'number' ? context?.source : value,
  )
}
