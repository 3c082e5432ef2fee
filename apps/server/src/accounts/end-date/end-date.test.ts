import {
  makeAccount,
  makeAccountPlan,
  makeCatalog,
  makePlan,
  makePricing,
} from '@countinghouse/tests/support/catalog.ts'
import { createProgram } from '@countinghouse/tests/support/program.ts'
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

describe('ending many accounts at once', () => {
  const ending = { endDate: end, billingEntities: ['ACCOUNTPLAN', 'PRICINGS'] }
  const path = '/accounts/enddatebillingentities'

  async function arrange(startDates: string[]) {
    const organization = await server.organization()
    const { plan } = await makeCatalog(organization)
    const attached = []
    for (const startDate of startDates) {
      const { id: accountId } = await makeAccount(organization)
      attached.push(await makeAccountPlan(organization, { accountId, planId: plan.id, startDate }))
    }
    return { organization, attached, accountIds: attached.map(({ accountId }) => accountId) }
  }

  test('says for each what ended and what did not, and why one was refused', async () => {
    const { organization, attached, accountIds } = await arrange([
      '2024-01-01T00:00:00Z',
      '2024-09-01T00:00:00Z',
    ])
    const [first, second] = attached
    const nothing = await makeAccount(organization)
    const stranger = await arrange(['2024-01-01T00:00:00Z'])
    const foreign = stranger.accountIds[0]

    const { accounts } = await organization.must.put(path, {
      accountIds: [...accountIds, foreign, nothing.id, accountIds[0]],
      ...ending,
    })

    expect(accounts).toEqual([
      {
        accountId: first.accountId,
        updatedEntities: { ACCOUNTPLAN: [first.id] },
        failedEntities: {},
      },
      {
        accountId: second.accountId,
        updatedEntities: {},
        failedEntities: { ACCOUNTPLAN: [second.id] },
      },
      {
        accountId: foreign,
        updatedEntities: {},
        failedEntities: {},
        refusal: `There is no account with the id ${foreign} in this organization.`,
      },
      { accountId: nothing.id, updatedEntities: {}, failedEntities: {} },
    ])
    expect((await organization.must.get(`/accountplans/${first.id}`)).endDate).toBe(end)
    const untouched = await stranger.organization.must.get(
      `/accountplans/${stranger.attached[0].id}`,
    )
    expect(untouched).toEqual(stranger.attached[0])
  })

  test('previews what it does, and changes nothing by that', async () => {
    const { organization, attached, accountIds } = await arrange([
      '2024-01-01T00:00:00Z',
      '2024-09-01T00:00:00Z',
    ])
    const events = async () => (await organization.must.get('/events')).data
    const before = await events()

    const preview = await organization.must.put(path, { accountIds, ...ending, preview: true })
    const [after, stored] = [
      await events(),
      await organization.must.get(`/accountplans/${attached[0].id}`),
    ]
    const done = await organization.must.put(path, { accountIds, ...ending })

    expect(stored).toEqual(attached[0])
    expect(after).toEqual(before)
    expect(preview).toEqual(done)
  })

  test('ends plans of one product that overlap since they were allowed to', async () => {
    const organization = await server.organization()
    const { account, plan } = await makeCatalog(organization)
    const configuration = await organization.must.get('/organizationconfig')
    const allowed = await organization.must.put('/organizationconfig', {
      ...configuration,
      allowOverlappingPlans: true,
    })
    const overlapping = []
    for (const startDate of ['2024-01-01T00:00:00Z', '2024-02-01T00:00:00Z']) {
      const ids = { accountId: account.id, planId: plan.id }
      overlapping.push(await makeAccountPlan(organization, { ...ids, startDate }))
    }
    await organization.must.put('/organizationconfig', {
      ...allowed,
      allowOverlappingPlans: false,
    })

    const { accounts } = await organization.must.put(path, {
      accountIds: [account.id],
      ...ending,
    })

    const ids = overlapping.map(({ id }) => id)
    expect(accounts).toEqual([
      { accountId: account.id, updatedEntities: { ACCOUNTPLAN: ids }, failedEntities: {} },
    ])
  })

  test('one that cannot be ended keeps no other from it', async () => {
    const { organization, attached, accountIds } = await arrange(['2024-01-01T00:00:00Z'])
    const gone = await makeAccount(organization)
    await organization.must.delete(`/accounts/${gone.id}`)

    const { accounts } = await organization.must.put(path, {
      accountIds: [gone.id, ...accountIds],
      ...ending,
    })

    expect(accounts[0].refusal).toContain('There is no account')
    expect(accounts[0].updatedEntities).toEqual({})
    expect(accounts[1].updatedEntities).toEqual({ ACCOUNTPLAN: [attached[0].id] })
  })

  test('takes a right to change each of them', async () => {
    const { organization, accountIds } = await arrange(['2024-01-01T00:00:00Z'])
    const other = await makeAccount(organization)
    const action = ['config:update']
    const program = await createProgram(server, organization, [
      { effect: 'allow', action, resource: ['config:account'] },
      { effect: 'deny', action, resource: [`config:account/item/${other.id}`] },
    ])

    const own = await program.call('PUT', path, { body: { accountIds, ...ending } })
    const both = await program.call('PUT', path, {
      body: { accountIds: [...accountIds, other.id], ...ending },
    })

    expect([own.status, both.status]).toEqual([200, 403])
  })

  test.each([
    [{ ...ending, accountIds: [] }, 'accountIds'],
    [{ ...ending, accountIds: Array(101).fill('a') }, 'accountIds'],
    [{ ...ending, accountIds: ['a'], endDate: '2024-07-01' }, 'endDate'],
  ])('is refused with %j', async (body, field) => {
    const organization = await server.organization()

    const answer = await organization.put(path, body)

    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].field).toBe(field)
  })
})
