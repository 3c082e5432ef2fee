/**
 * An update replaces the whole thing, and what it leaves out is cleared. So each form has to give
 * back all that it was given, what it does not show included.
 */
import { resources } from '@countinghouse/contract/operations.ts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Item, sampleBody } from '../support/sample.ts'
import type { Json } from '../support/server.ts'
import { enterWorld, type Visit } from './visit.ts'

const customFields = { team: 'North', seats: 12.5 }

/** The address of the form, and what is filled in beyond the sample of the resource. */
const forms: [resource: string, address: (made: Item) => string, more: Json][] = [
  ['product', ({ id }) => `/products/${id}/edit`, { customFields }],
  ['meter', ({ id }) => `/metering/meters/${id}/edit`, { customFields }],
  ['aggregation', ({ id }) => `/metering/aggregations/${id}/edit`, { customFields }],
  [
    'compound-aggregation',
    ({ id }) => `/metering/compound-aggregations/${id}/edit`,
    { customFields, evaluateNullAggregations: true },
  ],
  [
    'plan-template',
    ({ id }) => `/pricing/plan-templates/${id}/edit`,
    {
      ...{ customFields, ordinal: 7, standingChargeInterval: 2, standingChargeOffset: 1 },
      ...{ standingChargeBillInAdvance: true, minimumSpendBillInAdvance: true },
      minimumSpendDescription: 'The least of a month',
    },
  ],
  [
    'plan',
    ({ id }) => `/pricing/plans/${id}/edit`,
    {
      ...{ customFields, ordinal: 3, standingChargeDescription: 'For being there' },
      ...{ standingChargeBillInAdvance: false, minimumSpend: 12.345 },
      minimumSpendDescription: 'The least',
    },
  ],
  [
    'pricing',
    ({ id }) => `/pricing/pricings/${id}/edit`,
    {
      ...{ startDate: '2024-02-03T10:30:00Z', endDate: '2026-03-04T05:06:07Z', minimumSpend: 5 },
      ...{ minimumSpendDescription: 'The least', minimumSpendBillInAdvance: true },
    },
  ],
  [
    'account',
    ({ id }) => `/accounts/${id}/edit`,
    { customFields, creditApplicationOrder: ['PREPAYMENT', 'BALANCE'] },
  ],
  [
    'account-plan',
    ({ id, accountId }) => `/accounts/${accountId}/plans/${id}/edit`,
    { customFields, startDate: '2024-02-03T10:30:00Z', billEpoch: '2024-01-31' },
  ],
  ['permission-policy', ({ id }) => `/settings/access/policies/${id}/edit`, {}],
  ['service-user', ({ id }) => `/settings/access/service-users/${id}/edit`, {}],
  ['currency', ({ id }) => `/settings/organization/currencies/${id}/edit`, { archived: true }],
]

let visit: Visit
let page: Page

beforeAll(async () => {
  visit = await enterWorld()
  ;({ page } = visit)
}, 120_000)
afterAll(() => visit.close())

/** Without what every update changes. */
function lasting({ version: _v, dtLastModified: _at, lastModifiedBy: _by, ...rest }: Json): Json {
  return rest
}

async function saveUnchanged(address: string): Promise<void> {
  await visit.open(address)
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT')
  await page.locator('form button[type=submit]').last().click()
  const answer = await saved
  expect(answer.status(), await answer.text()).toBe(200)
}

describe('a form that is opened and saved', () => {
  it.each(forms)('gives back all of the %s', async (name, address, more) => {
    const { client } = visit.world
    const resource = resources.find((each) => each.name === name)
    if (resource === undefined) throw new Error(`${name} is not declared`)
    const body = { ...(await sampleBody(resource, { must: client })), ...more }
    const before = await client.post(resource.path, body)

    await saveUnchanged(address(before))

    expect(lasting(await client.get(`${resource.path}/${before.id}`))).toEqual(lasting(before))
  })

  it.each([
    [
      '/organizationconfig',
      '/settings/organization/configuration/edit',
      {
        ...{ timezone: 'Europe/Berlin', daysBeforeBillDue: 12, billPrefix: 'X-' },
        ...{ sequenceStartNumber: 41, scheduledBillInterval: 6, suppressedEmptyBills: true },
        ...{ autoApproveBillsGracePeriod: 2, autoApproveBillsGracePeriodUnit: 'DAYS' },
        ...{ externalInvoiceDate: 'LAST_DAY_OF_ARREARS', standingChargeBillInAdvance: false },
      },
    ],
    ['/customfields', '/settings/organization/custom-fields/edit', { account: { team: 'none' } }],
    ['/organization', '/settings/organization/details/edit', { shortName: 'HW' }],
  ])('gives back all of %s', async (path, address, more) => {
    const { client } = visit.world
    const before = await client.put(path, { ...(await client.get(path)), ...more })

    await saveUnchanged(address)

    expect(lasting(await client.get(path))).toEqual(lasting(before))
  })
})
