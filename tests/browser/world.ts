/** An organization in use, small: something of everything that pages show. Made through the API. */
import type { Json } from '../support/server.ts'
import type { Instance } from './console.ts'

type Client = {
  get(path: string): Promise<Json>
  post(path: string, body?: unknown): Promise<Json>
  put(path: string, body: unknown): Promise<Json>
  delete(path: string): Promise<Json>
}

export type World = {
  organizationId: string
  email: string
  password: string
  userId: string
  client: Client
  made: Record<
    | 'product'
    | 'meterGroup'
    | 'meter'
    | 'aggregation'
    | 'segmented'
    | 'compound'
    | 'template'
    | 'plan'
    | 'pricing'
    | 'account'
    | 'accountPlan'
    | 'bill'
    | 'job'
    | 'program'
    | 'policy'
    | 'user'
    | 'currency'
    | 'creditReason'
    | 'debitReason'
    | 'transactionType'
    | 'groupingKey',
    string
  >
}

export const PASSWORD = 'a long and own pass phrase'

/** The person is an Administrator; so is the program that fills the world. */
export async function makePerson(
  instance: Instance,
  organization: string,
  email: string,
): Promise<{ organizationId: string; userId: string }> {
  const { organizationId = '' } = await instance.admin(
    'organization',
    'create',
    '--name',
    organization,
  )
  const { userId = '' } = await instance.admin(
    ...['user', 'create', '--organization', organizationId, '--email', email],
    ...['--first-name', 'Ada', '--last-name', 'Miller', '--password', PASSWORD],
  )
  return { organizationId, userId }
}

async function programOf(
  instance: Instance,
  organizationId: string,
): Promise<Client & { id: string }> {
  const key = await instance.admin('service-user', 'create', '--organization', organizationId)
  const answer = await fetch(`${instance.url}/oauth/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${btoa(`${key['accessKeyId']}:${key['apiSecret']}`)}`,
    },
    body: JSON.stringify({ grant_type: 'client_credentials' }),
  })
  const { access_token: token } = (await answer.json()) as Json
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${instance.url}/organizations/${organizationId}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  return {
    id: key['serviceUserId'] ?? '',
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    delete: (path) => call('DELETE', path),
  }
}

export async function makeWorld(instance: Instance): Promise<World> {
  const email = 'ada@harbour.example'
  const { organizationId, userId } = await makePerson(instance, 'Harbour Works', email)
  const client = await programOf(instance, organizationId)
  const { post } = client
  const product = await post('/products', {
    name: 'Vector storage',
    code: 'vector_storage',
    customFields: { owner: 'Storage team' },
  })
  const meterGroup = await post('/metergroups', { name: 'Storage service' })
  const meter = await post('/meters', {
    productId: product.id,
    groupId: meterGroup.id,
    name: 'Storage',
    code: 'storage',
    dataFields: [
      { name: 'Megabytes', code: 'megabytes', category: 'MEASURE', unit: 'MBy' },
      { name: 'Region', code: 'region', category: 'WHERE' },
    ],
    derivedFields: [
      {
        name: 'Gigabytes',
        code: 'gigabytes',
        category: 'MEASURE',
        unit: 'GBy',
        calculation: 'megabytes / 1000',
      },
    ],
  })
  const counted = {
    meterId: meter.id,
    targetField: 'gigabytes',
    aggregation: 'SUM',
    rounding: 'NONE',
    quantityPerUnit: 1,
    unit: 'GB',
  }
  const aggregation = await post('/aggregations', {
    ...counted,
    name: 'Stored gigabytes',
    code: 'stored_gigabytes',
    defaultValue: 0,
  })
  const segmented = await post('/aggregations', {
    ...counted,
    name: 'Gigabytes by region',
    code: 'gigabytes_by_region',
    segmentedFields: ['region'],
    segments: [{ region: 'EU' }, { region: 'US' }, { region: '*' }],
  })
  const compound = await post('/compoundaggregations', {
    productId: product.id,
    name: 'Terabytes',
    code: 'terabytes',
    calculation: 'aggregation.stored_gigabytes / 1000',
    rounding: 'NONE',
    quantityPerUnit: 1,
    unit: 'TB',
  })
  const template = await post('/plantemplates', {
    productId: product.id,
    name: 'Monthly',
    code: 'monthly',
    currency: 'USD',
    billFrequency: 'MONTHLY',
    standingCharge: 30,
    standingChargeBillInAdvance: false,
  })
  const plan = await post('/plans', {
    planTemplateId: template.id,
    name: 'Standard',
    code: 'standard',
    minimumSpend: 10,
  })
  const { first, last } = lastMonth()
  const priced = { planId: plan.id, startDate: `${first}T00:00:00Z` }
  const pricing = await post('/pricings', {
    ...priced,
    aggregationId: aggregation.id,
    pricingBands: [
      { lowerLimit: 0, fixedPrice: 0, unitPrice: 2 },
      { lowerLimit: 10, fixedPrice: 0, unitPrice: 1.5 },
    ],
  })
  for (const [region, unitPrice] of [
    ['EU', 0.3],
    ['US', 0.2],
    ['*', 0.25],
  ] as const) {
    await post('/pricings', {
      ...priced,
      aggregationId: segmented.id,
      segment: { region },
      pricingBands: [{ lowerLimit: 0, fixedPrice: 0, unitPrice }],
    })
  }
  const account = await post('/accounts', {
    name: 'Nimbus Robotics',
    code: 'nimbus_robotics',
    emailAddress: 'billing@nimbus.example',
    address: { addressLine1: '12 Quay Street', locality: 'Rotterdam', country: 'Netherlands' },
  })
  const other = await post('/accounts', {
    name: 'Alder Analytics',
    code: 'alder',
    emailAddress: 'pay@alder.example',
  })
  const attached = { planId: plan.id, startDate: `${first}T00:00:00Z` }
  const accountPlan = await post('/accountplans', { ...attached, accountId: account.id })
  await post('/accountplans', { ...attached, accountId: other.id })
  await post('/measurements', { measurements: measurementsOf(first) })
  const job = await runToItsEnd(client, { lastDateInBillingPeriod: last })
  const bills = await client.get(`/bills?accountId=${account.id}`)
  const reason = { name: 'Goodwill', code: 'goodwill' }
  const custom = await post('/permissionpolicies', {
    name: 'Readers of meters',
    permissionPolicy: [
      { effect: 'ALLOW', action: ['config:retrieve'], resource: ['config:meter'] },
    ],
  })
  const made = {
    product,
    meterGroup,
    meter,
    aggregation,
    segmented,
    compound,
    template,
    plan,
    pricing,
    account,
    accountPlan,
    job,
    bill: bills.data[0],
    policy: custom,
    currency: await post('/picklists/currency', { name: 'Euro', code: 'EUR', maxDecimalPlaces: 2 }),
    creditReason: await post('/picklists/creditreasons', reason),
    debitReason: await post('/picklists/debitreasons', reason),
    transactionType: await post('/picklists/transactiontypes', reason),
    groupingKey: await post('/picklists/billgroupingkeys', { ...reason, exclusive: false }),
  }
  const ids = Object.fromEntries(Object.entries(made).map(([name, { id }]) => [name, id]))
  return {
    organizationId,
    userId,
    email,
    password: PASSWORD,
    client,
    made: { ...ids, program: client.id, user: userId } as World['made'],
  }
}

async function runToItsEnd(client: Client, body: object): Promise<Json> {
  const job = await client.post('/billjobs', body)
  for (;;) {
    const now = await client.get(`/billjobs/${job.id}`)
    if (now.status === 'COMPLETE') return now
    if (now.status === 'CANCELLED') throw new Error('the bill run was cancelled')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** First and last day of the calendar month before the present one. */
function lastMonth(): { first: string; last: string } {
  const now = new Date()
  const day = (month: number, date: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, date))
      .toISOString()
      .slice(0, 10)
  return { first: day(-1, 1), last: day(0, 0) }
}

/** Twenty of two accounts on twenty days, and one that is refused later because its meter is unknown. */
function measurementsOf(first: string): object[] {
  const month = first.slice(0, 8)
  const good = Array.from({ length: 20 }, (_, at) => ({
    uid: `storage-${at}`,
    meter: 'storage',
    account: at % 4 === 0 ? 'alder' : 'nimbus_robotics',
    ts: `${month}${String(at + 1).padStart(2, '0')}T09:30:00Z`,
    measure: { megabytes: 500 + at * 125 },
    where: { region: ['EU', 'US', 'APAC'][at % 3] },
  }))
  return [...good, { ...good[0], uid: 'lost-1', meter: 'unheard_of' }]
}
