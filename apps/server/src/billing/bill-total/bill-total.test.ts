import {
  arrange,
  type Made,
  runJob,
  use,
  type World,
} from '@countinghouse/tests/support/billing-world.ts'
import { createProgram } from '@countinghouse/tests/support/program.ts'
import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-15T12:00:00Z' })
})
afterAll(() => server.close())

const world: World = { template: { standingCharge: 20 } }

async function billed(lastDays: string[]): Promise<Made> {
  const made = await arrange(await server.organization(), world)
  await use(made, [])
  for (const lastDateInBillingPeriod of lastDays)
    await runJob(server, made.organization, { lastDateInBillingPeriod })
  return made
}

describe('sums over bills', () => {
  test('are nothing where nothing was billed', async () => {
    const organization = await server.organization()

    expect(await organization.must.get('/console/billtotals')).toEqual({ pending: 0, months: [] })
  })

  test('stand by month, and once more for the latest bill date', async () => {
    const { organization } = await billed(['2024-05-31', '2024-06-30', '2024-07-31'])

    const totals = await organization.must.get('/console/billtotals')

    const figure = { currency: 'USD', bills: 1, total: 20, isOpen: false }
    expect(totals).toEqual({
      pending: 3,
      months: [
        { ...figure, month: '2024-05-01' },
        { ...figure, month: '2024-06-01' },
        { ...figure, month: '2024-07-01', isOpen: true },
      ],
      latest: { billDate: '2024-08-01', totals: [{ ...figure, isOpen: true }] },
    })
  })

  test('leave out what the caller may not see, and the bills of others', async () => {
    const { organization } = await billed(['2024-06-30'])
    const { data } = await organization.must.get('/bills')
    const action = ['config:retrieve']
    const reader = await createProgram(server, organization, [
      { effect: 'allow', action, resource: ['config:bill'] },
      { effect: 'deny', action, resource: [`config:bill/item/${data[0].id}`] },
    ])

    expect(await reader.get('/console/billtotals')).toMatchObject({
      body: { pending: 0, months: [] },
    })
  })
})
