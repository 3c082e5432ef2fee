/** An organization with one of everything, for samples of what is stored. */
import { resources } from '@countinghouse/contract/operations.ts'
import { SYSTEM_PRINCIPAL } from '@countinghouse/server/kit/principal.ts'
import { addMember, createUser } from '@countinghouse/server/organization/user/service.ts'
import { arrange, type Made, price, runJob, use } from '../support/billing-world.ts'
import { makeAccount, makeAccountPlan } from '../support/catalog.ts'
import { createSample } from '../support/sample.ts'
import type { TestOrganization, TestServer } from '../support/server.ts'

/** Opens what was stored: a program's key and a person's password. */
export type Keys = {
  organizationId: string
  accessKey: { accessKeyId: string; apiSecret: string }
  person: { email: string; password: string }
}

/** When the world begins, and when it is left. */
export const BEGIN = '2024-02-05T09:00:00Z'
export const END = '2024-03-05T09:00:00Z'

export async function fillWorld(server: TestServer): Promise<[TestOrganization, Keys]> {
  const organization = await server.organization({ name: 'Of the past' })
  const made = await sell(organization)
  for (const resource of resources) await createSample(resource, organization)
  const { version } = await organization.must.get('/customfields')
  await organization.must.put('/customfields', { version, account: { region: 'north', tier: 3 } })
  await measure(made)
  const [first, second] = await bill(server, organization, '2024-01-31')
  await organization.must.post('/bills/approve', { billIds: [first, second] })
  await organization.must.put(`/bills/${first}/lock`, {})
  server.clock.set(END)
  await use(made, [['2024-02-29', { calls: 20, storage: 10, hours: 3 }, { region: 'EU' }]])
  await refuse(made)
  await bill(server, organization, '2024-02-29')
  const person = await invite(server, organization)
  const { id, accessKey } = organization
  const { accessKeyId, apiSecret } = accessKey
  return [organization, { organizationId: id, accessKey: { accessKeyId, apiSecret }, person }]
}

/** Every structure of prices, two currencies, a minimum and a standing charge. */
async function sell(organization: TestOrganization): Promise<Made> {
  const made = await arrange(organization, {
    currencies: ['EUR'],
    configuration: {
      timezone: 'Europe/Berlin',
      billPrefix: 'N-',
      currencyConversions: [{ from: 'EUR', to: 'USD', multiplier: 1.0837 }],
    },
    template: {
      currency: 'EUR',
      standingCharge: 49.99,
      standingChargeInterval: 1,
      minimumSpend: 80,
    },
    pricings: [
      {
        name: 'calls',
        bands: [
          [0, 0, 0.5],
          [100, 10, 0.25],
          [1000, 0, 0.125],
        ],
      },
      {
        name: 'storage',
        method: 'MAX',
        bands: [
          [0, 0, 1.5],
          [50, 0, 1],
        ],
        pricing: { cumulative: false },
      },
      {
        name: 'hours',
        aggregation: { segmentedFields: ['region'], segments: [{ region: 'EU' }, { region: '*' }] },
        segment: { region: 'EU' },
        bands: [[0, 0, 0.333333]],
      },
    ],
    accountPlan: { startDate: '2024-01-10T00:00:00Z' },
  })
  await price(made, { name: 'hours', segment: { region: '*' }, bands: [[0, 5, 0.1]] })
  await priceCompound(made)
  const quiet = await makeAccount(organization, { name: 'Quiet', code: 'quiet', currency: 'USD' })
  await makeAccountPlan(organization, { accountId: quiet.id, planId: made.plan.id })
  return made
}

async function priceCompound({ organization, aggregations, plan, product }: Made): Promise<void> {
  const { must } = organization
  const code = (name: string) => `aggregation.${aggregations.get(name)?.code}`
  const compound = await must.post('/compoundaggregations', {
    name: 'Calls for each gigabyte',
    code: 'calls_per_gigabyte',
    productId: product.id,
    calculation: `${code('calls')} / ${code('storage')}`,
    rounding: 'UP',
    quantityPerUnit: 1,
    unit: 'call',
  })
  await must.post('/pricings', {
    planId: plan.id,
    compoundAggregationId: compound.id,
    startDate: '2022-01-01T00:00:00Z',
    pricingBands: [{ lowerLimit: 0, fixedPrice: 0, unitPrice: 0.07 }],
  })
}

async function measure(made: Made): Promise<void> {
  await use(made, [
    ['2024-01-15', { calls: 150.5, storage: 60, hours: 0 }, { region: 'EU' }],
    ['2024-01-20', { calls: 1000, storage: 0, hours: 12 }, { region: 'EU' }],
    [
      '2024-01-31T22:30:00Z',
      { calls: 7, storage: 2, hours: 0.000000000000000001 },
      { region: 'US' },
    ],
  ])
}

/** What ingest does not count, one of them dealt with. */
async function refuse({ meter, account, organization }: Made): Promise<void> {
  const measure = { calls: 1, storage: 1, hours: 1 }
  const where = { region: 'EU' }
  const good = {
    meter: meter.code,
    account: account.code,
    ts: '2024-02-10T00:00:00Z',
    measure,
    where,
  }
  const measurements = [
    { ...good, uid: 'no-meter', meter: 'nowhere' },
    { ...good, uid: 'too-old', ts: '2023-01-01T00:00:00Z' },
    { ...good, uid: 'twice' },
    { ...good, uid: 'twice', measure: { ...measure, calls: 2 } },
    { ...good, uid: 'wörter "und" \\ mehr', account: 'made-by-ingest' },
  ]
  await organization.must.post('/measurements', { measurements })
  const { data } = await organization.must.get('/events?eventName=ingest.validation.failure')
  await organization.must.put(`/events/${data[0].id}/actioned`, { actioned: true })
}

async function bill(
  server: TestServer,
  organization: TestOrganization,
  lastDateInBillingPeriod: string,
): Promise<string[]> {
  return (await runJob(server, organization, { lastDateInBillingPeriod })).billIds
}

async function invite({ context }: TestServer, { id }: TestOrganization): Promise<Keys['person']> {
  const person = { email: 'ada@example.com', password: 'analytical engine 1843' }
  const details = { ...person, firstName: 'Ada', lastName: 'Byron' }
  const userId = await createUser(context, details, SYSTEM_PRINCIPAL.id)
  const scope = { organizationId: id, principalId: SYSTEM_PRINCIPAL.id, now: context.clock.now() }
  await context.database.transaction((writer) => addMember(writer, scope, userId, 'ADMINISTRATOR'))
  return person
}
