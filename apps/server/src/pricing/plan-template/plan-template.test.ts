import {
  makeCatalog,
  makePlan,
  makePricing,
  makeProduct,
  makeTemplate,
} from '@countinghouse/tests/support/catalog.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

let server: TestServer
let organization: TestOrganization

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  organization = await server.organization()
})

describe('a plan template', () => {
  test.each([
    [{ currency: 'EURO' }, 'currency'],
    [{ currency: 'XXX' }, 'currency'],
    [{ standingCharge: -0.01 }, 'standingCharge'],
    [{ billFrequencyInterval: 366 }, 'billFrequencyInterval'],
    [{ standingChargeInterval: 0 }, 'standingChargeInterval'],
    [{ standingChargeOffset: 365 }, 'standingChargeOffset'],
    [{ billFrequency: 'HOURLY' }, 'billFrequency'],
  ])('is refused with %j', async (own, field) => {
    const { id: productId } = await makeProduct(organization)

    const answer = await organization.post('/plantemplates', {
      name: 'Monthly',
      productId,
      currency: 'USD',
      billFrequency: 'MONTHLY',
      standingCharge: 0,
      ...own,
    })

    expect(answer.status).toBe(400)
    expect(answer.body.errors.map((problem: { field: string }) => problem.field)).toEqual([field])
  })

  test.each([['AD_HOC'], ['MIXED']])('may have the frequency %s', async (billFrequency) => {
    const { id: productId } = await makeProduct(organization)

    const template = await makeTemplate(organization, { productId, billFrequency })

    expect(template.billFrequency).toBe(billFrequency)
  })

  test('is listed by product', async () => {
    const [ours, other] = [await makeProduct(organization), await makeProduct(organization)]
    const template = await makeTemplate(organization, { productId: ours.id })
    await makeTemplate(organization, { productId: other.id })

    const { data } = await organization.must.get(`/plantemplates?productId=${ours.id}`)

    expect(data.map(({ id }: { id: string }) => id)).toEqual([template.id])
  })

  test('keeps its product once it has plans, and says who uses it', async () => {
    const { template, plan } = await makeCatalog(organization)
    const other = await makeProduct(organization)

    const answer = await organization.put(`/plantemplates/${template.id}`, {
      ...template,
      productId: other.id,
    })

    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].field).toBe('productId')
    expect(answer.body.message).toContain(plan.id)
  })

  test('may change its product while nothing uses it', async () => {
    const [first, second] = [await makeProduct(organization), await makeProduct(organization)]
    const template = await makeTemplate(organization, { productId: first.id })

    const changed = await organization.must.put(`/plantemplates/${template.id}`, {
      ...template,
      productId: second.id,
    })

    expect(changed.productId).toBe(second.id)
  })
})

describe('deleting a plan template', () => {
  test('is refused while plans use it', async () => {
    const { template, plan } = await makeCatalog(organization)

    const answer = await organization.delete(`/plantemplates/${template.id}`)

    expect(answer.status).toBe(400)
    expect(answer.body.message).toContain(plan.id)
  })

  test('takes its pricings along', async () => {
    const { product, aggregation } = await makeCatalog(organization)
    const template = await makeTemplate(organization, { productId: product.id })
    const pricing = await makePricing(organization, {
      planTemplateId: template.id,
      aggregationId: aggregation.id,
    })

    await organization.must.delete(`/plantemplates/${template.id}`)

    expect((await organization.get(`/pricings/${pricing.id}`)).status).toBe(404)
  })
})

describe('duplicating a plan template', () => {
  test('copies values and pricings, but neither plans nor codes of pricings', async () => {
    const { template, segmented } = await makeCatalog(organization)
    const original = await makePricing(organization, {
      planTemplateId: template.id,
      aggregationId: segmented.id,
      segment: { region: 'EU' },
      code: 'europe',
    })

    const copy = await organization.must.post(`/plantemplates/${template.id}/duplicate`, {
      name: 'Monthly, second',
      code: 'monthly_second',
    })

    expect(copy).toMatchObject({ name: 'Monthly, second', code: 'monthly_second', version: 1 })
    expect(copy.id).not.toBe(template.id)
    const { data } = await organization.must.get(`/pricings?planTemplateId=${copy.id}`)
    expect(data).toHaveLength(1)
    expect(data[0]).toMatchObject({ segment: { region: 'EU' }, startDate: original.startDate })
    expect(data[0].code).toBeUndefined()
    expect(data[0].pricingBands[0].id).not.toBe(original.pricingBands[0].id)
    const plans = await organization.must.get('/plans')
    expect(plans.data).toHaveLength(1)
  })

  test('needs another name and another code', async () => {
    const { template } = await makeCatalog(organization)

    const answer = await organization.post(`/plantemplates/${template.id}/duplicate`, {
      name: template.name,
      code: template.code,
    })

    expect(answer.status).toBe(400)
    expect(answer.body.errors.map((problem: { field: string }) => problem.field)).toEqual([
      'name',
      'code',
    ])
  })

  test('of one that is not there is 404', async () => {
    const answer = await organization.post(
      '/plantemplates/00000000-0000-4000-8000-000000000000/duplicate',
      { name: 'Copy', code: 'copy' },
    )

    expect(answer.status).toBe(404)
  })

  test('leaves nothing behind when it fails', async () => {
    const { template, plan } = await makeCatalog(organization)
    const taken = await makePlan(organization, { planTemplateId: template.id })

    const answer = await organization.post(`/plans/${plan.id}/duplicate`, {
      name: 'Another',
      code: taken.code,
    })

    expect(answer.status).toBe(400)
    expect((await organization.must.get('/plans')).data).toHaveLength(2)
  })
})
