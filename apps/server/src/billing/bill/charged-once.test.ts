/** No charge is billed twice or lost, in whatever order and cut bills are run (billing 6.3, 4.2). */
import {
  arrange,
  billFor,
  linesOf,
  type Made,
  runJob,
} from '@countinghouse/tests/support/billing-world.ts'
import {
  makeAccountPlan,
  makePlan,
  makeProduct,
  makeTemplate,
} from '@countinghouse/tests/support/catalog.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-06-15T00:00:00Z' })
})
afterAll(() => server.close())

/** What the bills of the account charge, and for what time. */
async function chargedMonths({ organization }: Made): Promise<string[]> {
  const { data } = await organization.must.get('/lineitems?pageSize=100')
  return data
    .map((line: Json) => `${line.lineItemType} ${line.servicePeriodStartDate.slice(0, 7)}`)
    .sort()
}

describe('a charge in advance', () => {
  const inAdvance = {
    plan: {
      standingCharge: 10,
      standingChargeBillInAdvance: true,
      minimumSpend: 5,
      minimumSpendBillInAdvance: true,
    },
    accountPlan: { startDate: '2024-01-01T00:00:00Z' },
  }

  test('that the bill of its own period caught up on is not made by an earlier bill', async () => {
    const made = await arrange(await server.organization(), inAdvance)

    await billFor(server, made, '2024-03-31')
    await billFor(server, made, '2024-02-29')

    expect(await chargedMonths(made)).toEqual([
      'MINIMUM_SPEND 2024-02',
      'MINIMUM_SPEND 2024-03',
      'MINIMUM_SPEND 2024-04',
      'STANDING_CHARGE 2024-02',
      'STANDING_CHARGE 2024-03',
      'STANDING_CHARGE 2024-04',
    ])
  })

  test('is made once when two bills find it at the same time', async () => {
    const made = await arrange(await server.organization(), {
      plan: { standingCharge: 0, standingChargeBillInAdvance: true },
    })
    const february = await billFor(server, made, '2024-02-29')
    const march = await billFor(server, made, '2024-03-31')
    await made.organization.must.put(`/plans/${made.plan.id}`, { ...made.plan, standingCharge: 10 })

    const billIds = [march.id, february.id]
    await runJob(server, made.organization, { billIds }, '/billjobs/recalculate')

    const once = ['STANDING_CHARGE 2024-02', 'STANDING_CHARGE 2024-03', 'STANDING_CHARGE 2024-04']
    expect(await chargedMonths(made)).toEqual(once)
  })

  test('is not made for a period that was charged in arrears before', async () => {
    const made = await arrange(await server.organization(), { plan: { standingCharge: 10 } })
    await billFor(server, made, '2024-03-31')
    await made.organization.must.put(`/plans/${made.plan.id}`, {
      ...made.plan,
      standingChargeBillInAdvance: true,
    })

    await billFor(server, made, '2024-02-29')

    expect(await chargedMonths(made)).toEqual([
      'STANDING_CHARGE 2024-02',
      'STANDING_CHARGE 2024-03',
    ])
  })
})

describe('a consolidated bill', () => {
  test.each(['MONTHLY', 'ANNUALLY'])(
    'that is asked for by the frequency %s is made whole',
    async (billingFrequency) => {
      const made = await arrange(await server.organization(), {
        configuration: { consolidateBills: true },
        plan: { standingCharge: 10 },
      })
      await attachAnnual(made)
      const whole = await billFor(server, made, '2024-12-31')

      const again = await billFor(server, made, '2024-12-31', { billingFrequency })

      expect(linesOf(whole)).toEqual(['STANDING_CHARGE 10', 'STANDING_CHARGE 100'])
      expect(again.lineItems).toEqual(whole.lineItems)
      expect(again.version).toBe(whole.version)
    },
  )
})

describe('a plan that cannot be billed', () => {
  test('fails its own accounts, with an alert that says why, and no other', async () => {
    const { organization, ...made } = await arrange(await server.organization(), {
      plan: { standingCharge: 10 },
    })
    const product = await makeProduct(organization)
    const template = await makeTemplate(organization, { productId: product.id })
    const plan = await makePlan(organization, { planTemplateId: template.id, name: 'Sometimes' })
    const account = await organization.must.post('/accounts', {
      name: 'Second',
      code: 'second',
      emailAddress: 'second@example.com',
    })
    await makeAccountPlan(organization, { accountId: account.id, planId: plan.id })
    await organization.must.put(`/plantemplates/${template.id}`, {
      ...template,
      billFrequency: 'MIXED',
    })

    await runJob(server, organization, { lastDateInBillingPeriod: '2024-05-31' })

    const bills = await organization.must.get('/bills')
    const alerts = await organization.must.get('/alerts')
    expect(bills.data.map((bill: Json) => bill.accountId)).toEqual([made.account.id])
    expect(alerts.data.map((alert: Json) => alert.description)).toContainEqual(
      expect.stringContaining('No bill for Second (second): the plan "Sometimes"'),
    )
  })
})

async function attachAnnual({ organization, account }: Made): Promise<void> {
  const product = await makeProduct(organization)
  const template = await makeTemplate(organization, {
    productId: product.id,
    billFrequency: 'ANNUALLY',
    standingCharge: 100,
  })
  const plan = await makePlan(organization, { planTemplateId: template.id })
  await makeAccountPlan(organization, { accountId: account.id, planId: plan.id })
}
