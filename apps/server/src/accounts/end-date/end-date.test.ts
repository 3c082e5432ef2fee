import {
  makeAccount,
  makeAccountPlan,
  makeCatalog,
  makePlan,
  makePricing,
} from '@countinghouse/tests/support/catalog.ts'
import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const end = '2024-07-01T00:00:00Z'

describe('ending what an account is billed for', () => {
  test('ends what runs, leaves what has ended and reports what starts later (S31)', async () => {
    const organization = await server.organization()
    const { account, plan } = await makeCatalog(organization)
    const products = [await makeCatalog(organization), await makeCatalog(organization)]
    const attach = (planId: string, startDate: string, endDate?: string) =>
      makeAccountPlan(organization, { accountId: account.id, planId, startDate, endDate })
    const first = await attach(plan.id, '2024-01-01T00:00:00Z')
    const second = await attach(
      products[0]?.plan.id,
      '2024-01-01T00:00:00Z',
      '2024-05-01T00:00:00Z',
    )
    const third = await attach(products[1]?.plan.id, '2024-09-01T00:00:00Z')

    const answer = await organization.must.put(`/accounts/${account.id}/enddatebillingentities`, {
      endDate: end,
      billingEntities: ['ACCOUNTPLAN', 'PREPAYMENT'],
    })

    expect(answer.updatedEntities).toEqual({ ACCOUNTPLAN: [first.id] })
    expect(answer.failedEntities).toEqual({ ACCOUNTPLAN: [third.id] })
    expect(await organization.must.get(`/accountplans/${first.id}`)).toMatchObject({
      endDate: end,
      version: 2,
    })
    expect(await organization.must.get(`/accountplans/${second.id}`)).toEqual(second)
  })

  test('ends prices of the custom plans of the account only', async () => {
    const organization = await server.organization()
    const { account, template, plan, aggregation } = await makeCatalog(organization)
    const custom = await makePlan(organization, {
      planTemplateId: template.id,
      accountId: account.id,
    })
    const shared = await makePricing(organization, {
      planId: plan.id,
      aggregationId: aggregation.id,
    })
    const own = await makePricing(organization, {
      planId: custom.id,
      aggregationId: aggregation.id,
    })

    const answer = await organization.must.put(`/accounts/${account.id}/enddatebillingentities`, {
      endDate: end,
      billingEntities: ['PRICINGS'],
    })

    expect(answer.updatedEntities).toEqual({ PRICINGS: [own.id] })
    expect(await organization.must.get(`/pricings/${own.id}`)).toMatchObject({ endDate: end })
    expect(await organization.must.get(`/pricings/${shared.id}`)).toEqual(shared)
  })

  test.each([
    [{ billingEntities: ['ACCOUNTPLAN'] }, 'endDate'],
    [{ endDate: end, billingEntities: [] }, 'billingEntities'],
    [{ endDate: end, billingEntities: ['BALANCE'] }, 'billingEntities[0]'],
    [{ endDate: '2024-07-01', billingEntities: ['ACCOUNTPLAN'] }, 'endDate'],
  ])('is refused with %j', async (body, field) => {
    const organization = await server.organization()
    const account = await makeAccount(organization)

    const answer = await organization.put(`/accounts/${account.id}/enddatebillingentities`, body)

    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].field).toBe(field)
  })

  test('of an account that is not there is 404', async () => {
    const organization = await server.organization()

    const answer = await organization.put('/accounts/not-an-id/enddatebillingentities', {
      endDate: end,
      billingEntities: ['ACCOUNTPLAN'],
    })

    expect(answer.status).toBe(404)
  })
})
