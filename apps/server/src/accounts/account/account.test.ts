import { makeAccount, makeAccountPlan, makeCatalog } from '@countinghouse/tests/support/catalog.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { sql } from 'kysely'
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

const body = { name: 'Nimbus', code: 'nimbus', emailAddress: 'billing@nimbus.example' }

describe('an account', () => {
  test('keeps everything it is given', async () => {
    const full = {
      ...body,
      address: { addressLine1: '1 Harbour Street', locality: 'Hamburg', country: 'Germany' },
      currency: 'USD',
      billEpoch: '2024-02-29',
      purchaseOrderNumber: 'PO-1',
      daysBeforeBillDue: 14,
      creditApplicationOrder: ['BALANCE', 'PREPAYMENT'],
      autoGenerateStatementMode: 'NONE',
      configData: { SendBillsToThirdParties: 'true' },
      customFields: { region: 'north', seats: 12 },
    }

    const created = await organization.must.post('/accounts', full)

    expect(created).toMatchObject(full)
  })

  test.each([
    [{ name: '' }, 'name'],
    [{ code: ' nimbus' }, 'code'],
    [{ emailAddress: 'nobody' }, 'emailAddress'],
    [{ currency: 'XYZ' }, 'currency'],
    [{ billEpoch: '2023-02-29' }, 'billEpoch'],
    [{ daysBeforeBillDue: 0 }, 'daysBeforeBillDue'],
    [{ address: { postCode: 'x'.repeat(21) } }, 'address.postCode'],
    [{ creditApplicationOrder: ['BALANCE', 'BALANCE'] }, 'creditApplicationOrder'],
  ])('is refused with %j', async (own, field) => {
    const answer = await organization.post('/accounts', { ...body, ...own })

    expect(answer.status).toBe(400)
    expect(answer.body.errors.map((problem: { field: string }) => problem.field)).toContain(field)
  })

  test.each([
    [{ parentAccountId: '00000000-0000-4000-8000-000000000000' }, 'parentAccountId'],
    [{ statementDefinitionId: 'monthly' }, 'statementDefinitionId'],
    [{ autoGenerateStatementMode: 'JSON' }, 'autoGenerateStatementMode'],
  ])('says what is not available in this version: %j', async (own, field) => {
    const answer = await organization.post('/accounts', { ...body, ...own })

    expect(answer.status).toBe(400)
    expect(answer.body.errors).toContainEqual({
      field,
      message: expect.stringContaining('not available in this version'),
    })
  })

  test('is not deleted while it has plans', async () => {
    const { account, plan } = await makeCatalog(organization)
    const attached = await makeAccountPlan(organization, {
      accountId: account.id,
      planId: plan.id,
    })

    const answer = await organization.delete(`/accounts/${account.id}`)

    expect(answer.status).toBe(400)
    expect(answer.body.code).toBe('STILL_REFERENCED')
    expect(answer.body.message).toContain(attached.id)
  })

  test('is not deleted once something was measured for it', async () => {
    const { account, meter } = await makeCatalog(organization)
    const measurement = {
      uid: 'only',
      meter: meter.code,
      account: account.code,
      ts: '2024-01-15T12:00:00Z',
      measure: { gigabytes: 1 },
      where: { region: 'EU' },
    }
    await organization.must.post('/measurements', { measurements: [measurement] })

    const answer = await organization.delete(`/accounts/${account.id}`)

    expect(answer.status).toBe(400)
    expect(answer.body.code).toBe('STILL_REFERENCED')
    expect(answer.body.message).toContain('it has measurements')
    expect((await organization.get(`/accounts/${account.id}`)).status).toBe(200)
  })

  test('has a hundred custom fields at most', async () => {
    const fields = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`field ${n}`, n]))
    const bodyOf = (count: number) => ({
      ...{ name: 'Acme', code: `with${count}`, emailAddress: 'acme@example.com' },
      customFields: fields(count),
    })

    const [most, tooMany] = [
      await organization.post('/accounts', bodyOf(100)),
      await organization.post('/accounts', bodyOf(101)),
    ]

    expect(most.status).toBe(200)
    expect(tooMany).toMatchObject({ status: 400, body: { errors: [{ field: 'customFields' }] } })
    expect(tooMany.body.message).toContain('100')
  })

  test('is deleted with thirty others at once', async () => {
    const many = await Promise.all(Array.from({ length: 30 }, () => makeAccount(organization)))

    const answers = await Promise.all(many.map(({ id }) => organization.delete(`/accounts/${id}`)))

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })

  test('is deleted while nothing was measured for it, whatever was for others', async () => {
    const [account, other] = [await makeAccount(organization), await makeAccount(organization)]
    const { meter } = await makeCatalog(organization)
    await organization.must.post('/measurements', {
      measurements: [
        {
          meter: meter.code,
          account: other.code,
          ts: '2024-01-15T12:00:00Z',
          measure: { gigabytes: 1 },
          where: { region: 'EU' },
        },
      ],
    })

    const answer = await organization.delete(`/accounts/${account.id}`)

    expect(answer.status).toBe(200)
    expect((await organization.get(`/accounts/${account.id}`)).status).toBe(404)
  })

  test('is not deleted while the database knows of something that belongs to it', async () => {
    const account = await makeAccount(organization)
    const { reader } = server.context.database
    await sql`
      create table souvenir (organization_id uuid, account_id uuid,
        foreign key (organization_id, account_id) references account (organization_id, id))
    `.execute(reader)
    await sql`insert into souvenir values (${organization.id}, ${account.id})`.execute(reader)

    const answer = await organization.delete(`/accounts/${account.id}`)
    await sql`drop table souvenir`.execute(reader)

    expect(answer.status).toBe(400)
    expect(answer.body.code).toBe('STILL_REFERENCED')
    expect(answer.body.message).toContain('souvenir')
    expect((await organization.get(`/accounts/${account.id}`)).status).toBe(200)
  })

  test('is listed by codes', async () => {
    const [first, second] = [await makeAccount(organization), await makeAccount(organization)]
    await makeAccount(organization)

    const { data } = await organization.must.get(`/accounts?codes=${first.code},${second.code}`)

    expect(data.map(({ id }: { id: string }) => id)).toEqual([second.id, first.id])
  })

  test('has no children in this version', async () => {
    const account = await makeAccount(organization)

    expect(await organization.must.get(`/accounts/${account.id}/children`)).toEqual({ data: [] })
    expect((await organization.get('/accounts/not-an-id/children')).status).toBe(404)
  })
})

describe('searching accounts', () => {
  beforeEach(async () => {
    await makeAccount(organization, { name: 'Premium One', code: 'p1', currency: 'USD' })
    await makeAccount(organization, { name: 'Premium Two', code: 'p2' })
    await makeAccount(organization, { name: 'Basic', code: 'B%1', purchaseOrderNumber: 'PO-7' })
  })

  const search = async (query: Record<string, string>) => {
    const { data } = await organization.must.get(
      `/accounts/search?${new URLSearchParams(query).toString()}`,
    )
    return data.map(({ code }: { code: string }) => code)
  }

  test.each([
    ['everything, newest first', {}, ['B%1', 'p2', 'p1']],
    ['the start of a name', { searchQuery: 'name~premium' }, ['p2', 'p1']],
    ['the documented example', { searchQuery: 'name~Premium On$currency:USD' }, ['p1']],
    ['a whole text, whatever the case', { searchQuery: 'name:BASIC' }, ['B%1']],
    ['no part from the middle', { searchQuery: 'name~mium' }, []],
    ['signs that mean something elsewhere', { searchQuery: 'code~b%' }, ['B%1']],
    ['one of several', { searchQuery: 'code:p1$code:p2', operator: 'OR' }, ['p2', 'p1']],
    ['both of several', { searchQuery: 'code:p1$code:p2', operator: 'AND' }, []],
    ['a list of codes', { searchQuery: 'codes:p1,B%1' }, ['B%1', 'p1']],
    ['words of name and code', { searchQuery: 'words~ONE$words~prem' }, ['p1']],
    ['words of the code', { searchQuery: 'words~p2' }, ['p2']],
    ['no middle of a word', { searchQuery: 'words~rem' }, []],
    ['only what is said of an account', { searchQuery: 'currency:USD' }, ['p1']],
    ['the currency it is billed in', { searchQuery: 'billingCurrency:usd' }, ['B%1', 'p2', 'p1']],
    ['no other currency', { searchQuery: 'billingCurrency:EUR' }, []],
    ['a purchase order', { searchQuery: 'purchaseOrderNumber:po-7' }, ['B%1']],
    ['what comes after', { searchQuery: 'name>=premium two' }, ['p2']],
    [
      'the time of creation',
      { searchQuery: 'dtCreated>2020-01-01T00:00:00Z' },
      ['B%1', 'p2', 'p1'],
    ],
    ['before a day', { searchQuery: 'dtCreated<2020-01-01' }, []],
    ['sorted', { sortBy: 'name', sortOrder: 'ASC' }, ['B%1', 'p1', 'p2']],
    ['sorted by what it is billed in', { sortBy: 'billingCurrency' }, ['B%1', 'p2', 'p1']],
    ['oldest first', { sortOrder: 'ASC' }, ['p1', 'p2', 'B%1']],
  ])('finds %s', async (_name, query, expected) => {
    expect(await search(query as Record<string, string>)).toEqual(expected)
  })

  test.each([
    ['an unknown field', { searchQuery: 'colour:red' }, 'Use one of name, code'],
    ['an unknown operator', { searchQuery: 'name=red' }, 'operators are'],
    ['an operator that does not fit', { searchQuery: 'dtCreated~2024' }, 'Use : > >= < <='],
    ['a moment that is none', { searchQuery: 'dtCreated>soon' }, '2024-06-01T00:00:00Z'],
    ['words that are to be equal', { searchQuery: 'words:one' }, 'Use ~'],
    ['sorting by words', { sortBy: 'words' }, 'cannot be sorted by'],
    ['sorting by a list', { sortBy: 'ids' }, 'cannot be sorted by'],
    ['a field every object has', { searchQuery: 'constructor:x' }, 'cannot be searched'],
  ])('refuses %s', async (_name, query, message) => {
    const answer = await organization.get(
      `/accounts/search?${new URLSearchParams(query as Record<string, string>).toString()}`,
    )

    expect(answer.status).toBe(400)
    expect(answer.body.message).toContain(message)
  })

  test('goes on from the token of the page before', async () => {
    const first = await organization.must.get('/accounts/search?pageSize=2')
    const second = await organization.must.get(
      `/accounts/search?pageSize=2&fromDocument=${first.nextToken}`,
    )

    expect(first.data).toHaveLength(2)
    expect(first.nextToken).toBe('2')
    expect(second.data).toHaveLength(1)
    expect(second).not.toHaveProperty('nextToken')
  })

  test('shows ten at a time unless asked for more', async () => {
    for (let index = 0; index < 9; index += 1) await makeAccount(organization)

    const { data } = await organization.must.get('/accounts/search')

    expect(data).toHaveLength(10)
  })

  test('never finds accounts of another organization', async () => {
    const other = await server.organization()

    const { data } = await other.must.get('/accounts/search?searchQuery=name~premium')

    expect(data).toEqual([])
  })
})
