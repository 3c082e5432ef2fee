import {
  type Catalog,
  makeAccount,
  makeAccountPlan,
  makeCatalog,
  makePlan,
  makePricing,
  makeTemplate,
  unique,
} from '@countinghouse/tests/support/catalog.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

let server: TestServer
let organization: TestOrganization
let catalog: Catalog

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  organization = await server.organization()
  catalog = await makeCatalog(organization)
})

describe('a plan', () => {
  test('has the product of its template and answers only its own values', async () => {
    const { template, product } = catalog

    const plan = await makePlan(organization, { planTemplateId: template.id, standingCharge: 0 })

    expect(plan).toMatchObject({ productId: product.id, standingCharge: 0 })
    expect(plan).not.toHaveProperty('minimumSpend')
    expect(plan).not.toHaveProperty('currency')
  })

  test('is listed by product', async () => {
    const other = await makeCatalog(organization)

    const { data } = await organization.must.get(`/plans?productId=${other.product.id}`)

    expect(data.map(({ id }: { id: string }) => id)).toEqual([other.plan.id])
  })

  test.each([
    ['pricings', 'makePricing'],
    ['accounts', 'makeAccountPlan'],
  ])('keeps its template once it has %s', async (_name, use) => {
    const { plan, product, aggregation, account } = catalog
    if (use === 'makePricing') {
      await makePricing(organization, { planId: plan.id, aggregationId: aggregation.id })
    } else await makeAccountPlan(organization, { planId: plan.id, accountId: account.id })
    const other = await makeTemplate(organization, { productId: product.id })

    const answer = await organization.put(`/plans/${plan.id}`, {
      ...plan,
      planTemplateId: other.id,
    })

    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].field).toBe('planTemplateId')
  })

  test('may change its template while nothing uses it', async () => {
    const { plan } = catalog
    const other = await makeCatalog(organization)

    const changed = await organization.must.put(`/plans/${plan.id}`, {
      ...plan,
      planTemplateId: other.template.id,
    })

    expect(changed.productId).toBe(other.product.id)
  })

  test('cannot be deleted while an account has it', async () => {
    const { plan, account } = catalog
    const attached = await makeAccountPlan(organization, { planId: plan.id, accountId: account.id })

    const answer = await organization.delete(`/plans/${plan.id}`)

    expect(answer.status).toBe(400)
    expect(answer.body.message).toContain(attached.id)
  })

  test('takes its pricings along when it is deleted', async () => {
    const { plan, aggregation } = catalog
    const pricing = await makePricing(organization, {
      planId: plan.id,
      aggregationId: aggregation.id,
    })

    await organization.must.delete(`/plans/${plan.id}`)

    expect((await organization.get(`/pricings/${pricing.id}`)).status).toBe(404)
  })
})

describe('a custom plan', () => {
  test('is one as soon as it names an account', async () => {
    const { template, account } = catalog

    const plan = await makePlan(organization, {
      planTemplateId: template.id,
      accountId: account.id,
    })

    expect(plan).toMatchObject({ bespoke: true, accountId: account.id })
  })

  test('needs an account', async () => {
    const answer = await organization.post('/plans', {
      name: 'For you',
      code: unique('custom'),
      planTemplateId: catalog.template.id,
      bespoke: true,
    })

    expect(answer.status).toBe(400)
    expect(answer.body.errors[0]).toMatchObject({ field: 'bespoke' })
  })

  test.each([['another account'], ['no account']])('cannot move to %s', async (to) => {
    const { template, account } = catalog
    const plan = await makePlan(organization, {
      planTemplateId: template.id,
      accountId: account.id,
    })
    const other = await makeAccount(organization)
    const { accountId: _account, ...without } = plan

    const answer = await organization.put(
      `/plans/${plan.id}`,
      to === 'no account' ? { ...without, bespoke: false } : { ...plan, accountId: other.id },
    )

    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].field).toBe('accountId')
  })

  test('is listed by account', async () => {
    const { template, account } = catalog
    const other = await makeAccount(organization)
    const plan = await makePlan(organization, {
      planTemplateId: template.id,
      accountId: account.id,
    })

    const { data } = await organization.must.get(`/plans?accountId=${account.id},${other.id}`)

    expect(data.map(({ id }: { id: string }) => id)).toEqual([plan.id])
  })

  test('cannot be made for an account that is not there', async () => {
    const answer = await organization.post('/plans', {
      name: 'For you',
      code: unique('custom'),
      planTemplateId: catalog.template.id,
      accountId: '00000000-0000-4000-8000-000000000000',
    })

    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].field).toBe('accountId')
  })
})

describe('what counts for a plan', () => {
  test('comes from the plan, else the template, else the organization, else is the default', async () => {
    const { product } = catalog
    const template = await makeTemplate(organization, {
      productId: product.id,
      standingCharge: 62.5,
      minimumSpend: 100,
      minimumSpendDescription: 'At least',
      billFrequencyInterval: 3,
    })
    const plan = await makePlan(organization, {
      planTemplateId: template.id,
      standingCharge: 0,
      minimumSpendBillInAdvance: false,
    })
    const configuration = await organization.must.get('/organizationconfig')
    await organization.must.put('/organizationconfig', {
      ...configuration,
      standingChargeBillInAdvance: true,
      minimumSpendBillInAdvance: true,
    })

    const effective = await organization.must.get(`/plans/${plan.id}/effective`)

    expect(effective).toEqual({
      planId: plan.id,
      planTemplateId: template.id,
      productId: product.id,
      currency: { value: 'USD', origin: 'TEMPLATE' },
      billFrequency: { value: 'MONTHLY', origin: 'TEMPLATE' },
      billFrequencyInterval: { value: 3, origin: 'TEMPLATE' },
      standingCharge: { value: 0, origin: 'PLAN' },
      standingChargeInterval: { value: 1, origin: 'DEFAULT' },
      standingChargeOffset: { value: 0, origin: 'DEFAULT' },
      standingChargeBillInAdvance: { value: true, origin: 'ORGANIZATION' },
      minimumSpend: { value: 100, origin: 'TEMPLATE' },
      minimumSpendDescription: { value: 'At least', origin: 'TEMPLATE' },
      minimumSpendBillInAdvance: { value: false, origin: 'PLAN' },
    })
  })

  test('follows the template when that is changed', async () => {
    const { template, plan } = catalog
    await organization.must.put(`/plantemplates/${template.id}`, {
      ...template,
      standingCharge: 75,
    })

    const effective = await organization.must.get(`/plans/${plan.id}/effective`)

    expect(effective.standingCharge).toEqual({ value: 75, origin: 'TEMPLATE' })
  })

  test('of a plan that is not there is 404', async () => {
    const answer = await organization.get('/plans/not-an-id/effective')

    expect(answer.status).toBe(404)
  })
})

describe('duplicating a plan', () => {
  test('copies it under the same template, with its pricings', async () => {
    const { plan, aggregation } = catalog
    await makePricing(organization, { planId: plan.id, aggregationId: aggregation.id })

    const copy = await organization.must.post(`/plans/${plan.id}/duplicate`, {
      name: 'Standard, second',
      code: unique('copy'),
    })

    expect(copy).toMatchObject({ planTemplateId: plan.planTemplateId, name: 'Standard, second' })
    const { data } = await organization.must.get(`/pricings?planId=${copy.id}`)
    expect(data).toHaveLength(1)
    expect(data[0]).toMatchObject({ aggregationId: aggregation.id })
  })

  test('needs another name and another code', async () => {
    const { plan } = catalog

    const answer = await organization.post(`/plans/${plan.id}/duplicate`, {
      name: plan.name,
      code: plan.code,
    })

    expect(answer.body.errors.map((problem: { field: string }) => problem.field)).toEqual([
      'name',
      'code',
    ])
  })
})
