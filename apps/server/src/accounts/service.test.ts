import { parseInstant } from '@countinghouse/engine/time/instant.ts'
import { makeAccount, makeAccountPlan, makeCatalog } from '@countinghouse/tests/support/catalog.ts'
import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readAccountPlans, readAccounts, readAccountsAfter } from './service.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('accounts for billing', () => {
  test('have null where the organization decides', async () => {
    const organization = await server.organization()
    const plain = await makeAccount(organization)
    const special = await makeAccount(organization, {
      currency: 'USD',
      billEpoch: '2024-01-31',
      daysBeforeBillDue: 14,
      purchaseOrderNumber: 'PO-1',
    })

    const accounts = await readAccounts(server.context.database.reader, organization.id, [
      special.id,
      plain.id,
    ])

    expect(accounts).toMatchObject([
      { id: plain.id, currency: null, billEpoch: null, daysBeforeBillDue: null },
      {
        id: special.id,
        currency: 'USD',
        billEpoch: '2024-01-31',
        daysBeforeBillDue: 14,
        purchaseOrderNumber: 'PO-1',
      },
    ])
  })

  test('are all read once, page by page', async () => {
    const organization = await server.organization()
    const { reader } = server.context.database
    const made = []
    for (let index = 0; index < 5; index += 1) made.push((await makeAccount(organization)).id)

    const first = await readAccountsAfter(reader, organization.id, null, 2)
    const second = await readAccountsAfter(reader, organization.id, first.next, 2)
    const third = await readAccountsAfter(reader, organization.id, second.next, 2)

    const pages = [first, second, third]
    expect(pages.flatMap(({ accounts }) => accounts.map(({ id }) => id))).toEqual(made)
    expect(third.next).toBeNull()
  })
})

describe('account plans for billing', () => {
  test('come by account, in the order in which they were attached', async () => {
    const organization = await server.organization()
    const { account, plan } = await makeCatalog(organization)
    const later = await makeAccountPlan(organization, {
      accountId: account.id,
      planId: plan.id,
      startDate: '2024-07-01T00:00:00Z',
      billEpoch: '2024-07-15',
    })
    const earlier = await makeAccountPlan(organization, {
      accountId: account.id,
      planId: plan.id,
      endDate: '2024-07-01T00:00:00Z',
    })

    const all = await readAccountPlans(server.context.database.reader, organization.id, null)
    const some = await readAccountPlans(server.context.database.reader, organization.id, [
      account.id,
    ])

    expect(all.get(account.id)?.map(({ id }) => id)).toEqual([later.id, earlier.id])
    expect(all.get(account.id)).toMatchObject([
      { startsAt: parseInstant('2024-07-01T00:00:00Z'), endsAt: null, billEpoch: '2024-07-15' },
      { endsAt: parseInstant('2024-07-01T00:00:00Z'), billEpoch: null, planId: plan.id },
    ])
    expect(some).toEqual(all)
  })
})

test('the database itself refuses two plans of one product at one time', async () => {
  const organization = await server.organization()
  const { account, plan } = await makeCatalog(organization)
  const { id } = await makeAccountPlan(organization, { accountId: account.id, planId: plan.id })

  const copied = sql`
    insert into account_plan (organization_id, id, version, created_at, created_by, modified_at,
      modified_by, account_id, plan_id, product_id, body)
    select organization_id, gen_random_uuid(), 1, created_at, created_by, modified_at,
      modified_by, account_id, plan_id, product_id, body
    from account_plan where id = ${id}
  `.execute(server.context.database.reader)

  await expect(copied).rejects.toThrow('account_plan_overlap')
})
