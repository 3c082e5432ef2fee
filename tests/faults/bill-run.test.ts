/** A bill run that is killed half-way completes after a restart: one bill per account and period. */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chooseSeed, randomFrom } from '../support/random.ts'
import type { Json } from '../support/server.ts'
import { makeWorld, type World } from './world.ts'

const ACCOUNTS = 2_500
const MONTHS = ['2025-01-31', '2025-02-28', '2025-03-31', '2025-04-30', '2025-05-31', '2025-06-30']

let world: World
let must: World['organization']['must']

beforeAll(async () => {
  world = await makeWorld()
  must = world.organization.must
  await sell(await makeAccounts())
}, 300_000)
afterAll(() => world.close())

/** Unknown codes make accounts; each uses its own number of units every month. */
async function makeAccounts(): Promise<Json[]> {
  for (const month of MONTHS) {
    for (let from = 0; from < ACCOUNTS; from += 1_000) {
      const measurements = Array.from({ length: Math.min(1_000, ACCOUNTS - from) }, (_, index) => ({
        uid: `${month}-${from + index}`,
        meter: 'work',
        account: `account-${from + index}`,
        ts: `${month}T12:00:00Z`,
        measure: { n: from + index },
        what: { kind: 'k' },
      }))
      await must.post('/measurements', { measurements })
    }
  }
  return all('/accounts')
}

async function sell(accounts: Json[]): Promise<void> {
  const configuration = await must.get('/organizationconfig')
  await must.put('/organizationconfig', { ...configuration, billPrefix: 'N-' })
  const product = await must.post('/products', { name: 'Product', code: 'product' })
  const [meter] = (await must.get('/meters')).data
  const aggregation = await must.post('/aggregations', {
    name: 'Units',
    meterId: meter.id,
    targetField: 'n',
    aggregation: 'SUM',
    rounding: 'NONE',
    quantityPerUnit: 1,
    unit: 'unit',
  })
  const template = await must.post('/plantemplates', {
    name: 'Monthly',
    productId: product.id,
    currency: 'USD',
    billFrequency: 'MONTHLY',
    standingCharge: 10,
  })
  const plan = await must.post('/plans', {
    name: 'Plan',
    code: 'plan',
    planTemplateId: template.id,
  })
  await must.post('/pricings', {
    planId: plan.id,
    aggregationId: aggregation.id,
    startDate: '2025-01-01T00:00:00Z',
    pricingBands: [{ lowerLimit: 0, fixedPrice: 0, unitPrice: 1 }],
  })
  const waiting = accounts.map(({ id }) => id)
  const attach = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const startDate = '2025-01-01T00:00:00Z'
      await must.post('/accountplans', { accountId: id, planId: plan.id, startDate })
    }
  }
  await Promise.all(Array.from({ length: 8 }, attach))
}

async function all(path: string): Promise<Json[]> {
  const items: Json[] = []
  let next = ''
  do {
    const mark = path.includes('?') ? '&' : '?'
    const page = await must.get(`${path}${mark}pageSize=100${next}`)
    items.push(...page.data)
    next = page.nextToken === undefined ? '' : `&nextToken=${page.nextToken}`
  } while (next !== '')
  return items
}

async function untilComplete(id: string): Promise<Json> {
  for (;;) {
    const job = await must.get(`/billjobs/${id}`)
    if (job.status === 'COMPLETE') return job
    await pause(100)
  }
}

/** Kills the server once at most so many accounts are left; answers whether some were done, not all. */
async function killAt(id: string, left: number): Promise<boolean> {
  let job = await must.get(`/billjobs/${id}`)
  while (job.total === 0 || job.pending > left) job = await must.get(`/billjobs/${id}`)
  await world.kill()
  return job.pending > 0 && job.pending < job.total
}

test('a bill run is killed in each of six months, and each month is billed once', async () => {
  const random = randomFrom(chooseSeed('killing a bill run'))
  const numbers = new Set<number>()
  let halfWay = 0

  for (const lastDay of MONTHS) {
    const job = await must.post('/billjobs', { lastDateInBillingPeriod: lastDay })
    if (await killAt(job.id, random.below(ACCOUNTS))) halfWay += 1
    await world.restart()
    // Anywhere, also before the run is taken up again or while the server starts.
    await pause(random.below(1_500))
    await world.kill()
    await world.restart()
    const ended = await untilComplete(job.id)

    const endDate = new Date(Date.parse(lastDay) + 86_400_000).toISOString().slice(0, 10)
    const bills = await all(`/bills?billDate=${endDate}&includeBillTotal=true`)
    expect(ended).toMatchObject({ total: ACCOUNTS, pending: 0 })
    expect(bills).toHaveLength(ACCOUNTS)
    expect(new Set(bills.map(({ accountId }) => accountId)).size).toBe(ACCOUNTS)
    for (const bill of bills) {
      const units = Number(bill.accountCode.replace('account-', ''))
      expect([bill.accountCode, bill.billTotal, bill.lineItems.length, bill.version]).toEqual([
        bill.accountCode,
        10 + units,
        2,
        1,
      ])
      numbers.add(Number(bill.sequentialInvoiceNumber.slice('N-'.length)))
    }
  }

  expect(halfWay).toBeGreaterThan(0)
  const expected = ACCOUNTS * MONTHS.length
  expect([numbers.size, Math.min(...numbers), Math.max(...numbers)]).toEqual([
    expected,
    1,
    expected,
  ])
}, 900_000)
