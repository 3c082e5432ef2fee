/** Random worlds billed through the API and by an oracle that shares nothing with the engine. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runJob } from '../support/billing-world.ts'
import type { Random } from '../support/random.ts'
import {
  type Json,
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '../support/server.ts'
import { billOn, type Carried, rhythmOf } from './oracle/bill.ts'
import { border } from './oracle/days.ts'
import type { Settings } from './oracle/model.ts'
import { type MadeAccount, makeRandomWorld, ZONES } from './oracle/world.ts'

const SEED = Number(process.env.ORACLE_SEED ?? 1)
const ACCOUNTS = Number(process.env.ORACLE_ACCOUNTS ?? 16)
const DATES = 5

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2025-06-15T00:00:00Z' })
})
afterAll(() => server.close())

describe('bills are those of the oracle, line by line', () => {
  test.each(ZONES.map((zone, at) => [zone, SEED * 1000 + at] as const))(
    '%s, seed %i',
    async (zone, seed) => {
      const { random, settings, organization, made } = await makeRandomWorld(server, zone, {
        seed,
        accounts: ACCOUNTS,
      })
      const carried = new Map<MadeAccount, Carried[]>()
      let bills = 0

      for (const { end, frequency, interval } of someKeys(random, settings, made)) {
        const job = await runJob(server, organization, {
          billDate: end,
          billingFrequency: frequency,
          billFrequencyInterval: interval,
        })
        const { data } = await organization.must.get(
          `/bills?billJobId=${job.id}&includeBillTotal=true&pageSize=100`,
        )
        for (const each of made) {
          const before = carried.get(each) ?? []
          const own = billOn(settings, each.account, { end, frequency, interval }, before)
          const bill = data.find((found: Json) => found.accountId === each.id)
          const where = `${each.code} ${frequency} ${interval} ${end}`
          expect({ where, ...shown(bill) }).toEqual({
            where,
            ...(own === null || isEmpty(own) ? nothing : own && linesOf(own)),
          })
          if (own === null) continue
          bills += 1
          const self = `${frequency} ${interval} ${end}`
          carried.set(each, [...before.filter((charge) => charge.bill !== self), ...own.carried])
        }
      }
      expect(bills).toBeGreaterThan(0)
      await expectNothingNew(organization)
    },
  )
})

/** All bills calculated again, in one job: no amount, id or version may move. */
async function expectNothingNew(organization: TestOrganization): Promise<void> {
  const stable = async () => {
    const { data } = await organization.must.get('/bills?includeBillTotal=true&pageSize=100')
    return data.map(({ billJobId: _job, lastCalculatedDate: _at, ...bill }: Json) => bill)
  }
  const before = await stable()

  const billIds = before.map(({ id }: Json) => id)
  await runJob(server, organization, { billIds }, '/billjobs/recalculate')

  expect(await stable()).toEqual(before)
}

/** Borders of accounts chosen at random, in any order: bills must not depend on it unduly. */
function someKeys(random: Random, settings: Settings, made: MadeAccount[]) {
  return Array.from({ length: DATES * 2 }, () => {
    const { account } = random.one(made)
    const attached = random.one(account.attached)
    const rhythm = rhythmOf(settings, account, attached)
    let k = 0
    while (border(rhythm, k) < new Date(attached.from).toISOString().slice(0, 10)) k += 1
    const end = border(rhythm, k + random.whole(0, 3))
    return { end, frequency: rhythm.frequency, interval: rhythm.interval }
  })
}

const nothing = { total: undefined, lines: [] }

/** A plan that is not active yet makes a bill only by charging ahead. */
function isEmpty({ lines }: NonNullable<ReturnType<typeof billOn>>): boolean {
  return lines.length === 0
}

function linesOf({ lines, total }: NonNullable<ReturnType<typeof billOn>>) {
  return {
    total: Number(total),
    lines: lines.map((line) => ({
      type: line.type,
      product: line.product,
      quantity: Number(line.quantity),
      units: Number(line.units),
      subtotal: Number(line.subtotal),
      converted: Number(line.converted),
      rate: Number(line.rate),
      average: Number(line.average),
      from: line.from,
      to: line.to,
      region: line.region,
    })),
  }
}

function shown(bill: Json) {
  if (bill === undefined || bill.lineItems.length === 0) return nothing
  return {
    total: bill.billTotal,
    lines: bill.lineItems.map((line: Json) => ({
      type: line.lineItemType,
      product: line.productName,
      quantity: line.quantity,
      units: line.units,
      subtotal: line.subtotal,
      converted: line.convertedSubtotal,
      rate: line.conversionRate,
      average: line.averageUnitPrice,
      from: Date.parse(line.servicePeriodStartDate),
      to: Date.parse(line.servicePeriodEndDate),
      region: line.segment?.region ?? null,
    })),
  }
}
