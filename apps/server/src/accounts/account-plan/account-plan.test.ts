import {
  type Catalog,
  makeAccount,
  makeAccountPlan,
  makeCatalog,
  makePlan,
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
let catalog: Catalog

beforeAll(async () => {
  server = await startTestServer({ now: '2024-06-15T12:00:00Z' })
})
afterAll(() => server.close())
beforeEach(async () => {
  organization = await server.organization()
  catalog = await makeCatalog(organization)
})

const year = { startDate: '2024-01-01T00:00:00Z', endDate: '2025-01-01T00:00:00Z' }

function bodyWith(own: object = {}): Record<string, unknown> {
  const { account, plan } = catalog
  return { accountId: account.id, planId: plan.id, startDate: year.startDate, ...own }
}

async function problemsOf(own: object): Promise<{ field: string; message: string }[]> {
  const answer = await organization.post('/accountplans', bodyWith(own))
  expect(answer.status, JSON.stringify(answer.body)).toBe(400)
  return answer.body.errors
}

async function codesOf(path: string): Promise<string[]> {
  const { data } = await organization.must.get(path)
  return data.map(({ code }: { code: string }) => code)
}

describe('an account plan', () => {
  test('has the product of its plan and the documented default', async () => {
    const created = await organization.must.post('/accountplans', bodyWith())

    expect(created).toMatchObject({
      productId: catalog.product.id,
      childBillingMode: 'PARENT_BREAKDOWN',
      startDate: '2024-01-01T00:00:00Z',
    })
  })

  test.each([
    [{ planId: undefined }, 'planId', 'Send planId'],
    [
      { planId: undefined, planGroupId: '00000000-0000-4000-8000-000000000000' },
      'planGroupId',
      'not available in this version',
    ],
    [
      { contractId: '00000000-0000-4000-8000-000000000000' },
      'contractId',
      'not available in this version',
    ],
    [{ endDate: '2024-01-01T00:00:00Z' }, 'endDate', 'must lie after the start'],
    [{ startDate: 'tomorrow' }, 'startDate', ''],
    [{ billEpoch: '2024-13-01' }, 'billEpoch', ''],
    [{ accountId: '00000000-0000-4000-8000-000000000000' }, 'accountId', 'no account'],
  ])('is refused with %j', async (own, field, message) => {
    const problems = await problemsOf(own)

    expect(problems[0]?.field).toBe(field)
    expect(problems[0]?.message).toContain(message)
  })

  test('cannot have a plan with the frequency MIXED', async () => {
    const { product } = catalog
    const template = await makeTemplate(organization, {
      productId: product.id,
      billFrequency: 'MIXED',
    })
    const plan = await makePlan(organization, { planTemplateId: template.id })

    const problems = await problemsOf({ planId: plan.id })

    expect(problems[0]?.field).toBe('planId')
    expect(problems[0]?.message).toContain('MIXED')
  })

  test('can be ended after the frequency of its template became MIXED', async () => {
    const created = await organization.must.post('/accountplans', bodyWith())
    const { template } = catalog
    await organization.must.put(`/plantemplates/${template.id}`, {
      ...template,
      billFrequency: 'MIXED',
    })

    const ended = await organization.put(`/accountplans/${created.id}`, {
      ...created,
      endDate: '2024-06-01T00:00:00Z',
    })

    expect(ended).toMatchObject({ status: 200, body: { endDate: '2024-06-01T00:00:00Z' } })
  })

  test('may have a plan with the frequency AD_HOC, which has no periods', async () => {
    const { product } = catalog
    const template = await makeTemplate(organization, {
      productId: product.id,
      billFrequency: 'AD_HOC',
    })
    const plan = await makePlan(organization, { planTemplateId: template.id })

    const answer = await organization.post('/accountplans', bodyWith({ planId: plan.id }))

    expect(answer.status).toBe(200)
  })

  test('cannot have the custom plan of another account', async () => {
    const other = await makeAccount(organization)
    const plan = await makePlan(organization, {
      planTemplateId: catalog.template.id,
      accountId: other.id,
    })

    const problems = await problemsOf({ planId: plan.id })

    expect(problems[0]?.field).toBe('planId')
    expect(problems[0]?.message).toContain('custom plan of another account')
  })

  test('cannot move to another account', async () => {
    const created = await organization.must.post('/accountplans', bodyWith())
    const other = await makeAccount(organization)

    const answer = await organization.put(`/accountplans/${created.id}`, {
      ...created,
      accountId: other.id,
    })

    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].field).toBe('accountId')
  })

  test('can be deleted at any time', async () => {
    const created = await organization.must.post('/accountplans', bodyWith())

    const deleted = await organization.must.delete(`/accountplans/${created.id}`)

    expect(deleted.id).toBe(created.id)
  })
})

describe('two plans of one product', () => {
  test.each([
    ['the same time', year],
    ['an open end', { startDate: '2024-12-31T23:59:59Z' }],
    ['a time around it', { startDate: '2023-01-01T00:00:00Z', endDate: '2026-01-01T00:00:00Z' }],
  ])('are refused for %s, saying which one is in the way', async (_name, dates) => {
    const first = await organization.must.post('/accountplans', bodyWith(year))
    const plan = await makePlan(organization, { planTemplateId: catalog.template.id })

    const problems = await problemsOf({ planId: plan.id, ...dates })

    expect(problems[0]?.field).toBe('startDate')
    expect(problems[0]?.message).toContain(first.id)
    expect(problems[0]?.message).toContain('"Standard"')
  })

  test('follow each other without a gap', async () => {
    await organization.must.post('/accountplans', bodyWith(year))

    const next = await organization.post('/accountplans', bodyWith({ startDate: year.endDate }))

    expect(next.status).toBe(200)
  })

  test('may belong to two accounts, or to two products', async () => {
    await organization.must.post('/accountplans', bodyWith())
    const account = await makeAccount(organization)
    const other = await makeCatalog(organization)

    const answers = [
      await organization.post('/accountplans', bodyWith({ accountId: account.id })),
      await organization.post('/accountplans', bodyWith({ planId: other.plan.id })),
    ]

    expect(answers.map(({ status }) => status)).toEqual([200, 200])
  })

  test('are refused also when both come at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => organization.post('/accountplans', bodyWith())),
    )

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400])
  })

  test('cannot be made by moving one into the other', async () => {
    await organization.must.post('/accountplans', bodyWith(year))
    const next = await organization.must.post(
      '/accountplans',
      bodyWith({ startDate: year.endDate }),
    )

    const answer = await organization.put(`/accountplans/${next.id}`, {
      ...next,
      startDate: '2024-12-01T00:00:00Z',
    })

    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].field).toBe('startDate')
  })

  test('are allowed where the organization allows them', async () => {
    const configuration = await organization.must.get('/organizationconfig')
    await organization.must.put('/organizationconfig', {
      ...configuration,
      allowOverlappingPlans: true,
    })
    await organization.must.post('/accountplans', bodyWith(year))

    const answer = await organization.post('/accountplans', bodyWith(year))

    expect(answer.status).toBe(200)
  })
})

describe('two plans that overlap since they were allowed to', () => {
  test.each([
    ['be ended where they still overlap', { endDate: '2024-06-01T00:00:00Z' }, 200],
    ['begin later', { startDate: '2024-03-01T00:00:00Z' }, 200],
    ['change something else', { code: 'renamed' }, 200],
    ['not begin earlier', { startDate: '2023-12-01T00:00:00Z' }, 400],
    ['not end later', { endDate: '2025-02-01T00:00:00Z' }, 400],
    ['not go on without end', { endDate: undefined }, 400],
  ])('may %s', async (_name, change, status) => {
    const configuration = await organization.must.get('/organizationconfig')
    const allowed = await organization.must.put('/organizationconfig', {
      ...configuration,
      allowOverlappingPlans: true,
    })
    const first = await organization.must.post('/accountplans', bodyWith(year))
    await organization.must.post('/accountplans', bodyWith({ startDate: '2023-01-01T00:00:00Z' }))
    await organization.must.put('/organizationconfig', { ...allowed, allowOverlappingPlans: false })

    const answer = await organization.put(`/accountplans/${first.id}`, { ...first, ...change })

    expect(answer.status, JSON.stringify(answer.body)).toBe(status)
  })
})

describe('replacing a plan', () => {
  test('ends the old one where the new one starts', async () => {
    const original = await organization.must.post('/accountplans', bodyWith())
    const plan = await makePlan(organization, { planTemplateId: catalog.template.id })

    const answer = await organization.must.post(
      `/accountplans/${original.id}/replace`,
      bodyWith({ planId: plan.id, startDate: '2024-07-01T00:00:00Z' }),
    )

    expect(answer.originalAccountPlan).toMatchObject({
      id: original.id,
      version: 2,
      endDate: '2024-07-01T00:00:00Z',
    })
    expect(answer.newAccountPlan).toMatchObject({
      planId: plan.id,
      version: 1,
      startDate: '2024-07-01T00:00:00Z',
    })
  })

  test('does not prolong one that has ended before', async () => {
    const original = await organization.must.post(
      '/accountplans',
      bodyWith({ endDate: '2024-03-01T00:00:00Z' }),
    )

    const answer = await organization.must.post(
      `/accountplans/${original.id}/replace`,
      bodyWith({ startDate: '2024-07-01T00:00:00Z' }),
    )

    expect(answer.originalAccountPlan).toMatchObject({
      version: 1,
      endDate: '2024-03-01T00:00:00Z',
    })
  })

  test.each([
    ['at the same start', { startDate: '2024-01-01T00:00:00Z' }, 'startDate'],
    ['at an earlier start', { startDate: '2023-01-01T00:00:00Z' }, 'startDate'],
  ])('is refused %s', async (_name, own, field) => {
    const original = await organization.must.post('/accountplans', bodyWith())

    const answer = await organization.post(`/accountplans/${original.id}/replace`, bodyWith(own))

    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].field).toBe(field)
  })

  test('is refused for another account', async () => {
    const original = await organization.must.post('/accountplans', bodyWith())
    const other = await makeAccount(organization)

    const answer = await organization.post(
      `/accountplans/${original.id}/replace`,
      bodyWith({ accountId: other.id, startDate: '2024-07-01T00:00:00Z' }),
    )

    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].field).toBe('accountId')
  })

  test('changes nothing when the new one is refused', async () => {
    const original = await organization.must.post('/accountplans', bodyWith())

    const answer = await organization.post(
      `/accountplans/${original.id}/replace`,
      bodyWith({
        planId: '00000000-0000-4000-8000-000000000000',
        startDate: '2024-07-01T00:00:00Z',
      }),
    )

    expect(answer.status).toBe(400)
    expect(await organization.must.get(`/accountplans/${original.id}`)).toEqual(original)
  })
})

describe('the list', () => {
  beforeEach(async () => {
    const dated = (code: string, startDate: string, endDate?: string) =>
      makeAccountPlan(organization, bodyWith({ code, startDate, endDate }))
    await dated('ended', '2024-01-01T00:00:00Z', '2024-06-01T00:00:00Z')
    await dated('active', '2024-06-01T00:00:00Z', '2024-07-01T00:00:00Z')
    await dated('pending', '2024-07-01T00:00:00Z')
  })

  test('of an account or a plan alone has the active ones', async () => {
    const { account, plan } = catalog

    expect(await codesOf(`/accountplans?account=${account.id}`)).toEqual(['active'])
    expect(await codesOf(`/accountplans?plan=${plan.id}`)).toEqual(['active'])
  })

  test('has the others too when asked for all', async () => {
    const { account } = catalog

    const codes = await codesOf(`/accountplans?account=${account.id}&includeall=true`)

    expect(codes).toEqual(['pending', 'active', 'ended'])
  })

  test('without filters has all', async () => {
    expect(await codesOf('/accountplans')).toEqual(['pending', 'active', 'ended'])
  })

  test.each([
    ['2024-05-31', ['ended']],
    ['2024-06-01', ['active']],
    ['2024-05-31T23:59:59Z', ['ended']],
    ['2030-01-01', ['pending']],
    ['2023-12-31', []],
  ])('of the date %s has what was active then', async (date, expected) => {
    const { account } = catalog

    expect(await codesOf(`/accountplans?date=${date}`)).toEqual(expected)
    expect(await codesOf(`/accountplans?account=${account.id}&date=${date}`)).toEqual(expected)
  })

  test('takes days in the time zone of the organization', async () => {
    const configuration = await organization.must.get('/organizationconfig')
    await organization.must.put('/organizationconfig', {
      ...configuration,
      timezone: 'America/New_York',
    })

    // 1 June UTC begins on 31 May at 20:00 in New York, so that day had both.
    expect(await codesOf('/accountplans?date=2024-05-31')).toEqual(['active', 'ended'])
  })

  test('of a product needs the account', async () => {
    const { account, product } = catalog
    const other = await makeCatalog(organization)
    await makeAccountPlan(organization, bodyWith({ planId: other.plan.id, code: 'other' }))

    const alone = await organization.get(`/accountplans?product=${product.id}`)

    expect(alone.status).toBe(400)
    expect(alone.body.errors[0].field).toBe('product')
    expect(await codesOf(`/accountplans?account=${account.id}&product=${product.id}`)).toEqual([
      'active',
    ])
  })

  test.each([
    ['includeall=true', 'includeall'],
    ['contract=00000000-0000-4000-8000-000000000000', 'contract'],
  ])('refuses %s by name', async (query, field) => {
    const answer = await organization.get(`/accountplans?${query}`)

    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].field).toBe(field)
  })
})
