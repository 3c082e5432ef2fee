/** What most stories begin with: something sold, measured, priced and a customer. */
import type { Json, TestOrganization } from './server.ts'

let serial = 0

/** Differs on each call, so that codes never clash. */
export function unique(word: string): string {
  serial += 1
  return `${word}_${serial}`
}

export type Catalog = {
  product: Json
  meter: Json
  /** Sums `gigabytes`. */
  aggregation: Json
  /** The same, split by region: EU, US, everything else. */
  segmented: Json
  template: Json
  plan: Json
  account: Json
}

export async function makeCatalog(organization: TestOrganization): Promise<Catalog> {
  const product = await makeProduct(organization)
  const meter = await makeMeter(organization, { productId: product.id })
  const aggregation = await makeAggregation(organization, { meterId: meter.id })
  const segmented = await makeAggregation(organization, {
    meterId: meter.id,
    segmentedFields: ['region'],
    segments: [{ region: 'EU' }, { region: 'US' }, { region: '*' }],
  })
  const template = await makeTemplate(organization, { productId: product.id })
  const plan = await makePlan(organization, { planTemplateId: template.id })
  const account = await makeAccount(organization)
  return { product, meter, aggregation, segmented, template, plan, account }
}

export function makeProduct(organization: TestOrganization, own: object = {}): Promise<Json> {
  return organization.must.post('/products', {
    name: 'Vector storage',
    code: unique('product'),
    ...own,
  })
}

export function makeMeter(organization: TestOrganization, own: object = {}): Promise<Json> {
  return organization.must.post('/meters', {
    name: 'Storage',
    code: unique('meter'),
    dataFields: [
      { name: 'Gigabytes', code: 'gigabytes', category: 'MEASURE', unit: 'GB' },
      { name: 'Region', code: 'region', category: 'WHERE' },
    ],
    derivedFields: [],
    ...own,
  })
}

export function makeAggregation(organization: TestOrganization, own: object): Promise<Json> {
  return organization.must.post('/aggregations', {
    name: 'Stored gigabytes',
    code: unique('aggregation'),
    targetField: 'gigabytes',
    aggregation: 'SUM',
    rounding: 'NONE',
    quantityPerUnit: 1,
    unit: 'GB',
    ...own,
  })
}

export function makeTemplate(organization: TestOrganization, own: object): Promise<Json> {
  return organization.must.post('/plantemplates', {
    name: 'Monthly',
    code: unique('template'),
    currency: 'USD',
    billFrequency: 'MONTHLY',
    standingCharge: 0,
    ...own,
  })
}

export function makePlan(organization: TestOrganization, own: object): Promise<Json> {
  return organization.must.post('/plans', { name: 'Standard', code: unique('plan'), ...own })
}

export function makePricing(organization: TestOrganization, own: object): Promise<Json> {
  return organization.must.post('/pricings', {
    startDate: '2024-01-01T00:00:00Z',
    pricingBands: [{ lowerLimit: 0, fixedPrice: 0, unitPrice: 0.25 }],
    ...own,
  })
}

export function makeAccount(organization: TestOrganization, own: object = {}): Promise<Json> {
  return organization.must.post('/accounts', {
    name: 'Nimbus Robotics',
    code: unique('account'),
    emailAddress: 'billing@nimbus.example',
    ...own,
  })
}

export function makeAccountPlan(organization: TestOrganization, own: object): Promise<Json> {
  return organization.must.post('/accountplans', { startDate: '2024-01-01T00:00:00Z', ...own })
}
