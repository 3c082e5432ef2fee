/** Statements on single items hold for every call that shows or changes many (organization 7.1). */
import { arrange, type Made, runJob, use } from '@countinghouse/tests/support/billing-world.ts'
import { makeAccount, makeAccountPlan, makePlan } from '@countinghouse/tests/support/catalog.ts'
import { createProgram, type Program } from '@countinghouse/tests/support/program.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { raiseAlert } from '../../kit/alert/alert.ts'
import { addMember, createUser } from '../user/service.ts'

let server: TestServer
let made: Made
let jobId: string

beforeAll(async () => {
  server = await startTestServer({ now: '2024-04-05T00:00:00Z' })
  const organization = await server.organization()
  made = await arrange(organization, { pricings: [{ name: 'qty', bands: [[0, 0, 1]] }] })
  const other = await makeAccount(organization, { name: 'Beta' })
  await makeAccountPlan(organization, { accountId: other.id, planId: made.plan.id })
  await makePlan(organization, { planTemplateId: made.template.id })
  await made.organization.must.post('/pricings', {
    planTemplateId: made.template.id,
    aggregationId: [...made.aggregations.values()][0].id,
    startDate: '2022-01-01T00:00:00Z',
    pricingBands: [{ lowerLimit: 0, fixedPrice: 1, unitPrice: 0 }],
  })
  for (const account of [made.account, other])
    await use(made, [['2024-03-02', { qty: 5 }]], account)
  await runJob(server, organization, { lastDateInBillingPeriod: '2024-02-29' })
  const job = await runJob(server, organization, { lastDateInBillingPeriod: '2024-03-31' })
  jobId = job.id
  await organization.post('/measurements', {
    measurements: ['nope', 'neither'].map((meter) => ({
      ...{ uid: meter, meter, account: made.account.code, ts: '2024-04-01T00:00:00Z' },
      measure: { qty: 1 },
    })),
  })
  await addPeople()
  for (const description of ['First.', 'Second.', 'Third.']) await raise(description)
})
afterAll(() => server.close())

async function addPeople() {
  for (const name of ['ann', 'bob']) {
    const { context, clock } = server
    const by = { principalId: 'system', now: clock.now() }
    const details = { email: `${name}@example.com`, firstName: name, lastName: 'Lee' }
    const id = await createUser(context, details, by.principalId)
    const scope = { ...by, organizationId: made.organization.id }
    await context.database.transaction((writer) => addMember(writer, scope, id))
  }
}

function raise(description: string) {
  const about = { organizationId: made.organization.id, type: 'BILLING', severity: 'INFO' } as const
  return server.context.database.transaction((writer) =>
    raiseAlert(writer, { ...about, description, at: server.clock.now() }),
  )
}

const idsOf = (body: Json): string[] => body.data.map(({ id }: Json) => id).sort()

/** What a program may see that reads everything but one item. */
async function allBut(type: string, id: string): Promise<Program> {
  return createProgram(server, made.organization, [
    { effect: 'allow', action: ['*'], resource: ['*'] },
    { effect: 'deny', action: ['*'], resource: [`${type}/item/${id.toUpperCase()}`] },
  ])
}

async function nothingBut(type: string, id: string): Promise<Program> {
  const resource = [`${type}/item/${id}`]
  return createProgram(server, made.organization, [{ effect: 'allow', action: ['*'], resource }])
}

const lists: [name: string, type: string, path: () => string][] = [
  ['a declared list', 'config:plan', () => '/plans'],
  ['pricings', 'config:pricing', () => '/pricings'],
  ['pricings of a day', 'config:pricing', () => '/pricings?date=2024-03-01'],
  ['account plans', 'config:accountPlan', () => `/accountplans?plan=${made.plan.id}`],
  ['account plans of a day', 'config:accountPlan', () => '/accountplans?date=2024-03-01'],
  ['found accounts', 'config:account', () => '/accounts/search?pageSize=50'],
  ['bills', 'config:bill', () => '/bills'],
  ['bills of an account', 'config:bill', () => `/bills/accountid/${made.account.id}`],
  ['bills of a period', 'config:bill', () => '/bills/billingperiod/2024-03-31/monthly'],
  ['found bills', 'config:bill', () => '/bills/search?pageSize=50'],
  ['lines', 'config:billLineItem', () => '/lineitems'],
  ['bill jobs', 'config:billJob', () => '/billjobs'],
  ['running tasks', 'config:billJob', () => '/console/tasks'],
  ['alerts', 'config:alert', () => '/alerts'],
  ['events of changes', 'config:event', () => '/events?eventName=configuration.account.created'],
  ['refused measurements', 'config:event', () => '/events?eventName=ingest.validation.failure'],
  ['users', 'config:user', () => '/users'],
]

describe.each(lists)('%s', (_name, type, path) => {
  test('leave out the one that is denied', async () => {
    const all = idsOf(await made.organization.must.get(path()))
    const [hidden = ''] = all
    const program = await allBut(type, hidden)

    const answer = await program.get(path())

    expect(all.length).toBeGreaterThan(1)
    expect(answer.status).toBe(200)
    expect(idsOf(answer.body)).toEqual(all.slice(1))
  })

  test('show the only one that is allowed', async () => {
    const [shown = ''] = idsOf(await made.organization.must.get(path()))
    const program = await nothingBut(type, shown)

    const answer = await program.get(path())

    expect(answer.status).toBe(200)
    expect(idsOf(answer.body)).toEqual([shown])
  })
})

describe('a denied item', () => {
  test('is denied in either case of its id', async () => {
    const program = await allBut('config:plan', made.plan.id)

    const answers = [
      await program.get(`/plans/${made.plan.id}`),
      await program.get(`/plans/${made.plan.id.toUpperCase()}`),
    ]

    expect(answers.map(({ status }) => status)).toEqual([403, 403])
  })

  test('shows no children', async () => {
    const program = await allBut('config:account', made.account.id)

    const answer = await program.get(`/accounts/${made.account.id}/children`)

    expect(answer.status).toBe(403)
  })

  test('is not the latest bill of its account', async () => {
    const path = `/bills/latest/${made.account.id}`
    const latest = await made.organization.must.get(path)
    const program = await allBut('config:bill', latest.id)

    const answer = await program.get(path)

    expect(answer.status).toBe(200)
    expect(answer.body.endDate).toBe('2024-03-01')
  })

  test('is in no file of bills', async () => {
    const { data } = await made.organization.must.get(`/bills?billJobId=${jobId}`)
    const [hidden, shown] = data
    const program = await allBut('config:bill', hidden.id)
    const body = { startDate: '2024-03-01', endDate: '2024-04-01' }

    const answer = await program.call('POST', '/bills/download/csv/url', { body })
    const link = new URL(answer.body.downloadUrl)
    const file = await server.call('GET', `${link.pathname}${link.search}`)

    expect(String(file.body)).toContain(shown.accountCode)
    expect(String(file.body)).not.toContain(hidden.accountCode)
  })

  test('is no line in the list of its bill', async () => {
    const { data } = await made.organization.must.get(`/bills?billJobId=${jobId}`)
    const path = `/bills/${data[0].id}/lineitems`
    const [hidden, ...others] = idsOf(await made.organization.must.get(path))
    const program = await allBut('config:billLineItem', hidden ?? '')

    const answer = await program.get(path)

    expect(idsOf(answer.body)).toEqual(others)
  })

  test('is not counted among the alerts', async () => {
    const [hidden = ''] = idsOf(await made.organization.must.get('/alerts'))
    const { total } = await made.organization.must.get('/alerts/counts')
    const program = await allBut('config:alert', hidden)

    const answer = await program.get('/alerts/counts')

    expect(answer.body.total).toBe(total - 1)
  })

  test('is not approved with others, nor by its id', async () => {
    const { data } = await made.organization.must.get('/bills')
    const [hidden, ...others] = data
    const program = await allBut('config:bill', hidden.id)
    const statusOf = async () => (await made.organization.must.get(`/bills/${hidden.id}`)).status

    const byId = await program.call('POST', '/bills/approve', {
      body: { billIds: [hidden.id, others[0].id] },
    })
    const byDate = await program.call('POST', '/bills/billingperiod/2024-03-31/monthly/approve')

    expect(byId).toMatchObject({ status: 403, body: { code: 'MISSING_RIGHT' } })
    expect(byDate).toMatchObject({ body: { message: `${others.length} bills approved.` } })
    expect(await statusOf()).toBe('PENDING')
  })

  test('is not changed with others in one call', async () => {
    const [alert = ''] = idsOf(await made.organization.must.get('/alerts'))
    const [event = ''] = idsOf(await made.organization.must.get('/events'))
    const calls: [type: string, id: string, path: string, body: Json][] = [
      ['config:alert', alert, '/alerts/status', { ids: [alert], status: 'RESOLVED' }],
      ['config:event', event, '/events/actioned', { ids: [event], actioned: true }],
    ]

    const answers: number[] = []
    for (const [type, id, path, body] of calls) {
      const program = await allBut(type, id)
      answers.push((await program.call('PUT', path, { body })).status)
    }

    expect(answers).toEqual([403, 403])
    expect((await made.organization.must.get(`/alerts/${alert}`)).status).toBe('NEW')
    expect((await made.organization.must.get(`/events/${event}`)).dtActioned).toBeNull()
  })

  test('is not read by a copy of it', async () => {
    const planProgram = await allBut('config:plan', made.plan.id)
    const templateProgram = await allBut('config:planTemplate', made.template.id)
    const body = { name: 'Copy', code: 'copy' }

    const answers = [
      await planProgram.call('POST', `/plans/${made.plan.id}/duplicate`, { body }),
      await templateProgram.call('POST', `/plantemplates/${made.template.id}/duplicate`, { body }),
    ]

    expect(answers.map(({ status }) => status)).toEqual([403, 403])
  })

  test('is not given to anybody, and a denied program gets no key', async () => {
    const { organization } = made
    const { data } = await organization.must.get('/permissionpolicies')
    const policy = data.find(({ name }: Json) => name === 'Administrator')
    const withoutPolicy = await allBut('config:permissionPolicy', policy.id)
    const withoutProgram = await allBut('config:serviceUser', organization.serviceUserId)
    const keys = `/serviceusers/${organization.serviceUserId}/accesskeys`

    const answers = [
      await withoutPolicy.call('POST', `/permissionpolicies/${policy.id}/addtoserviceuser`, {
        body: { principalId: withoutPolicy.id },
      }),
      await withoutProgram.get(keys),
      await withoutProgram.call('POST', keys, { body: {} }),
      await withoutProgram.call('DELETE', `${keys}/${organization.accessKey.accessKeyId}`),
    ]

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  })

  test('is no meter to try calculations on', async () => {
    const program = await allBut('config:meter', made.meter.id)
    const body = { place: 'derived-field', calculation: 'qty', meterId: made.meter.id }

    const answer = await program.call('POST', '/calculations/check', { body })

    expect(answer.status).toBe(403)
  })
})

describe('the right to single bills', () => {
  test('does not preview what is not stored', async () => {
    const [bill = ''] = idsOf(await made.organization.must.get('/bills'))
    const program = await nothingBut('config:bill', bill)
    const body = { accountIds: [made.account.id], lastDateInBillingPeriod: '2024-03-31' }

    const answer = await program.call('POST', '/bills/preview', { body })

    expect(answer).toMatchObject({ status: 403, body: { code: 'MISSING_RIGHT' } })
  })
})
