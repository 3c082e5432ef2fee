/** A worked example as data, and the calls that bring its "given" and "when" into an organization. */
import type { Json, TestOrganization } from './server.ts'

type Segment = Record<string, string>

/** Quantity and units; null for no value; a list for segments. */
export type Expected = [number, number] | null | [Segment, number | null, number | null][]

export type MeteringCase = {
  id: string
  given: {
    customFields?: Record<string, Record<string, string | number>>
    products?: { code: string }[]
    accounts: { code: string; customFields?: Record<string, string | number> }[]
    meters: { code: string; product?: string; dataFields: string[]; derivedFields?: string[] }[]
    aggregations?: Json[]
    compoundAggregations?: Json[]
    prices?: Price[]
  }
  when: Json[]
  period?: [string, string]
  standingCharge?: number
  then: {
    aggregations?: Record<string, Record<string, Expected>>
    compounds?: Record<string, Record<string, Expected>>
    derived?: Record<string, Record<string, number | string | null>>
    events?: [string, string, boolean][]
    accountsCreated?: Record<string, string>
    account?: string
    lines?: [string, Segment | null, number, number][]
    total?: number
  }
}

export type Price = {
  metric: string
  segment?: Segment
  type?: string
  bands: [number, number, number][]
  cumulative: boolean
}

/** Ids of what a case made, by code. */
export type Made = {
  products: Map<string, string>
  accounts: Map<string, string>
  meters: Map<string, string>
  aggregations: Map<string, string>
  compounds: Map<string, string>
}

export async function arrange(
  organization: TestOrganization,
  { given }: Pick<MeteringCase, 'given'>,
): Promise<Made> {
  const { must } = organization
  if (given.customFields) {
    const { version } = await must.get('/customfields')
    await must.put('/customfields', { version, ...given.customFields })
  }
  const products = await makeAll(given.products ?? [], ({ code }) =>
    must.post('/products', { name: code, code }),
  )
  const accounts = await makeAll(given.accounts, (account) =>
    must.post('/accounts', {
      name: account.code,
      emailAddress: `${account.code}@example.com`.toLowerCase(),
      ...account,
    }),
  )
  const meters = await makeAll(given.meters, (meter) =>
    must.post('/meters', meterBody(meter, products.get(meter.product ?? ''))),
  )
  const aggregations = await makeAll(given.aggregations ?? [], ({ meter, ...body }) =>
    must.post('/aggregations', {
      ...QUANTITY,
      name: body.code,
      meterId: meters.get(meter),
      ...body,
    }),
  )
  const compounds = await makeAll(given.compoundAggregations ?? [], ({ product, ...body }) =>
    must.post('/compoundaggregations', {
      ...QUANTITY,
      name: body.code,
      ...(product && { productId: products.get(product) }),
      ...body,
    }),
  )
  return { products, accounts, meters, aggregations, compounds }
}

/** Puts the prices of a case on a monthly plan in USD and gives it to the account from the period on. */
export async function price(
  { must }: TestOrganization,
  { given, then, period, standingCharge = 0 }: MeteringCase,
  made: Made,
): Promise<void> {
  const [startDate] = period ?? []
  const [first] = made.products.values()
  const productId = first ?? (await must.post('/products', { name: 'Sold', code: 'sold' })).id
  const template = await must.post('/plantemplates', {
    name: 'Monthly',
    code: 'monthly',
    productId,
    currency: 'USD',
    billFrequency: 'MONTHLY',
    standingCharge,
    standingChargeBillInAdvance: false,
  })
  const plan = await must.post('/plans', {
    name: 'Plan',
    code: 'plan',
    planTemplateId: template.id,
  })
  for (const { metric, bands, ...pricing } of given.prices ?? []) {
    const aggregationId = made.aggregations.get(metric)
    await must.post('/pricings', {
      planId: plan.id,
      startDate,
      ...(aggregationId
        ? { aggregationId }
        : { compoundAggregationId: made.compounds.get(metric) }),
      pricingBands: bands.map(([lowerLimit, fixedPrice, unitPrice]) => ({
        lowerLimit,
        fixedPrice,
        unitPrice,
      })),
      ...pricing,
    })
  }
  const accountId = made.accounts.get(then.account ?? '')
  await must.post('/accountplans', { accountId, planId: plan.id, startDate })
}

/** `MEASURE gb GiBy` */
export function dataField(text: string) {
  const [category, code, unit] = text.split(' ')
  return { category, code, name: code, ...(unit && { unit }) }
}

/** `MEASURE gbs GBy.s = ms / 1000 * gb` */
export function derivedField(text: string) {
  const [head = '', ...calculation] = text.split(' = ')
  return { ...dataField(head), calculation: calculation.join(' = ') }
}

/** What an example leaves out. */
const QUANTITY = { rounding: 'NONE', quantityPerUnit: 1, unit: 'unit' }

function meterBody(meter: MeteringCase['given']['meters'][number], productId?: string) {
  return {
    name: meter.code,
    code: meter.code,
    ...(productId && { productId }),
    dataFields: meter.dataFields.map(dataField),
    derivedFields: (meter.derivedFields ?? []).map(derivedField),
  }
}

async function makeAll<Item extends { code: string }>(
  items: Item[],
  make: (item: Item) => Promise<Json>,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const item of items) ids.set(item.code, (await make(item)).id)
  return ids
}
