/** A world for stories about bills: one product, one meter, prices, usage, runs and what came out. */
import {
  makeAccount,
  makeAccountPlan,
  makePlan,
  makeProduct,
  makeTemplate,
  unique,
} from './catalog.ts'
import type { Json, TestOrganization, TestServer } from './server.ts'

export type Bands = [lowerLimit: number, fixedPrice: number, unitPrice: number][]

export type Priced = {
  /** Field of the meter, and name of the aggregation. */
  name: string
  method?: string
  aggregation?: Json
  /** Values of text fields when the aggregation is segmented. */
  segment?: Record<string, string>
  bands: Bands
  pricing?: Json
}

export type World = {
  configuration?: Json
  currencies?: string[]
  template?: Json
  plan?: Json
  pricings?: Priced[]
  account?: Json
  /** Null: the plan is attached by the test itself. */
  accountPlan?: Json | null
}

/** What is true for all examples unless they say otherwise. */
const baseline = {
  timezone: 'UTC',
  currency: 'USD',
  yearEpoch: '2022-01-01',
  monthEpoch: '2022-01-01',
  weekEpoch: '2022-01-04',
  dayEpoch: '2022-01-01',
  daysBeforeBillDue: 30,
}

export type Made = {
  organization: TestOrganization
  product: Json
  meter: Json
  template: Json
  plan: Json
  account: Json
  accountPlan: Json
  aggregations: Map<string, Json>
  pricings: Json[]
}

export async function arrange(organization: TestOrganization, world: World = {}): Promise<Made> {
  const { must } = organization
  for (const code of world.currencies ?? [])
    await must.post('/picklists/currency', { name: code, code })
  await configure(organization, world.configuration ?? {})
  const product = await makeProduct(organization, { name: 'Product' })
  const pricings = world.pricings ?? []
  const meter = await makeMeter(organization, product.id, pricings)
  const template = await makeTemplate(organization, { productId: product.id, ...world.template })
  const plan = await makePlan(organization, { planTemplateId: template.id, ...world.plan })
  const account = await makeAccount(organization, { name: 'Acme', ...world.account })
  const made: Made = {
    organization,
    product,
    meter,
    template,
    plan,
    account,
    accountPlan: null,
    aggregations: new Map(),
    pricings: [],
  }
  for (const priced of pricings) await price(made, priced)
  if (world.accountPlan !== null) {
    made.accountPlan = await makeAccountPlan(organization, {
      accountId: account.id,
      planId: plan.id,
      ...world.accountPlan,
    })
  }
  return made
}

export async function configure(organization: TestOrganization, changes: Json): Promise<Json> {
  const { version } = await organization.must.get('/organizationconfig')
  return organization.must.put('/organizationconfig', { ...baseline, ...changes, version })
}

/** One aggregation for each name, however many pricings it has. */
export async function price(made: Made, priced: Priced): Promise<Json> {
  const { must } = made.organization
  const known = made.aggregations.get(priced.name)
  const aggregation =
    known ??
    (await must.post('/aggregations', {
      name: priced.name,
      code: unique('aggregation'),
      meterId: made.meter.id,
      targetField: priced.name,
      aggregation: priced.method ?? 'SUM',
      rounding: 'NONE',
      quantityPerUnit: 1,
      unit: 'unit',
      ...priced.aggregation,
    }))
  made.aggregations.set(priced.name, aggregation)
  const pricing = await must.post('/pricings', {
    planId: made.plan.id,
    aggregationId: aggregation.id,
    startDate: '2022-01-01T00:00:00Z',
    pricingBands: priced.bands.map(([lowerLimit, fixedPrice, unitPrice]) => ({
      lowerLimit,
      fixedPrice,
      unitPrice,
    })),
    ...(priced.segment && { segment: priced.segment }),
    ...priced.pricing,
  })
  made.pricings.push(pricing)
  return pricing
}

export type Usage = [ts: string, measure: Record<string, number>, where?: Record<string, string>]

let uids = 0

export async function use(made: Made, usage: Usage[], account = made.account): Promise<void> {
  const measurements = usage.map(([ts, measure, where]) => {
    uids += 1
    return {
      uid: `use-${uids}`,
      meter: made.meter.code,
      account: account.code,
      ts: ts.includes('T') ? ts : `${ts}T12:00:00Z`,
      measure,
      ...(where && { where }),
    }
  })
  for (let from = 0; from < measurements.length; from += 1000) {
    await made.organization.must.post('/measurements', {
      measurements: measurements.slice(from, from + 1000),
    })
  }
}

/** Starts a job and waits for its end. */
export async function runJob(
  server: TestServer,
  organization: TestOrganization,
  body: Json,
  path = '/billjobs',
): Promise<Json> {
  const job = await organization.must.post(path, body)
  await server.context.jobs.waitUntilIdle()
  const ended = await organization.must.get(`/billjobs/${job.id}`)
  if (ended.status !== 'COMPLETE') throw new Error(`The job is ${ended.status}`)
  return ended
}

/** The bill of the account for the period that ends with that day, calculated now. */
export async function billFor(
  server: TestServer,
  made: Made,
  lastDateInBillingPeriod: string,
  more: Json = {},
): Promise<Json> {
  const job = await runJob(server, made.organization, {
    accountIds: [made.account.id],
    lastDateInBillingPeriod,
    ...more,
  })
  const [billId] = job.billIds ?? []
  return billId === undefined ? null : made.organization.must.get(`/bills/${billId}`)
}

/** `TYPE subtotal`, as examples state lines. USAGE lines of 0 are left out unless asked for. */
export function linesOf(bill: Json, withEmpty = false): string[] {
  return (bill?.lineItems ?? [])
    .filter((line: Json) => withEmpty || line.lineItemType !== 'USAGE' || line.subtotal !== 0)
    .map((line: Json) => `${line.lineItemType} ${line.subtotal}`)
}

async function makeMeter(
  organization: TestOrganization,
  productId: string,
  pricings: Priced[],
): Promise<Json> {
  const names = [...new Set(pricings.map(({ name }) => name))]
  const measures = names.length === 0 ? ['qty'] : names
  const texts = [...new Set(pricings.flatMap(({ segment }) => Object.keys(segment ?? {})))]
  return organization.must.post('/meters', {
    name: 'Meter',
    code: unique('meter'),
    productId,
    dataFields: [
      ...measures.map((code) => ({ name: code, code, category: 'MEASURE', unit: '1' })),
      ...texts.map((code) => ({ name: code, code, category: 'WHERE' })),
    ],
    derivedFields: [],
  })
}
