/** The catalogue of events against the events that really happen (integrations 8.3, 8.4). */
import { resources } from '@countinghouse/contract/operations.ts'
import { arrange, type Made, runJob, use } from '@countinghouse/tests/support/billing-world.ts'
import { sampleBody } from '@countinghouse/tests/support/sample.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { raiseAlert } from '../../kit/alert/alert.ts'

let server: TestServer
let made: Made
let events: Json[]

beforeAll(async () => {
  server = await startTestServer({ now: '2024-04-05T00:00:00Z' })
  made = await arrange(await server.organization(), {
    currencies: ['EUR'],
    pricings: [{ name: 'qty', bands: [[0, 0, 1]] }],
  })
  await changeResources()
  await changeSettings()
  await changeBills()
  await changeAlert()
  await made.organization.must.post('/measurements', {
    measurements: [
      { uid: 'u', meter: 'nope', account: made.account.code, ts: '2024-04-01T00:00:00Z' },
    ],
  })
  events = await allEvents()
})
afterAll(() => server.close())

async function changeResources() {
  const { organization } = made
  for (const resource of resources) {
    const body = await sampleBody(resource, organization)
    const { id, version } = await organization.must.post(resource.path, body)
    await organization.must.put(`${resource.path}/${id}`, { ...body, version })
    await organization.must.delete(`${resource.path}/${id}`)
  }
}

async function changeSettings() {
  const { must } = made.organization
  for (const path of ['/organizationconfig', '/customfields', '/billconfig', '/organization']) {
    const stored = await must.get(path)
    const conversions = [{ from: 'EUR', to: 'USD', multiplier: 1.25 }]
    const own = path === '/organizationconfig' ? { currencyConversions: conversions } : {}
    await must.put(path, { ...stored, ...own })
  }
}

async function changeBills() {
  const { must } = made.organization
  await use(made, [['2024-03-02', { qty: 5 }]])
  const period = { lastDateInBillingPeriod: '2024-03-31' }
  const { billIds } = await runJob(server, made.organization, period)
  await must.put(`/bills/${billIds[0]}/status`, { status: 'APPROVED' })
  await must.delete(`/bills/${billIds[0]}`)
  const { id } = await must.post('/billjobs', period)
  await made.organization.post(`/billjobs/${id}/cancel`)
  await server.context.jobs.waitUntilIdle()
}

async function changeAlert() {
  const { organization } = made
  await server.context.database.transaction((writer) =>
    raiseAlert(writer, {
      ...{ organizationId: organization.id, type: 'BILLING', severity: 'INFO' },
      ...{ description: 'Bills were made.', at: server.clock.now() },
    }),
  )
  const { data } = await organization.must.get('/alerts')
  await organization.must.put(`/alerts/${data[0].id}/status`, { status: 'RESOLVED' })
  await organization.must.delete(`/alerts/${data[0].id}`)
}

async function allEvents(): Promise<Json[]> {
  const found: Json[] = []
  let next = ''
  do {
    const page = await made.organization.must.get(`/events?pageSize=100${next}`)
    found.push(...page.data)
    next = page.nextToken === undefined ? '' : `&nextToken=${page.nextToken}`
  } while (next !== '')
  return found
}

/** What the catalogue says of a value. */
function wordsFor(value: unknown): string[] {
  if (Array.isArray(value)) return ['array']
  if (typeof value === 'number') return ['double', 'int', 'long']
  if (value === null || typeof value === 'string') return ['string']
  return [typeof value === 'object' ? 'map' : typeof value]
}

describe('the catalogue of events', () => {
  test('names every kind of event that happens, and no other', async () => {
    const { events: names } = await made.organization.must.get('/events/types')

    expect(names).toEqual([...new Set(events.map(({ eventName }) => eventName))].sort())
  })

  test('has every field that an event holds, with its type', async () => {
    const { events: catalogue } = await made.organization.must.get('/events/fields')

    const wrong = events.flatMap(({ eventName, m3terEvent }) =>
      Object.entries<Json>(m3terEvent.eventData).flatMap(([dto, entity]) =>
        Object.entries(entity)
          .map(([name, value]) => ({ field: `${dto.slice(0, 3)}.${name}`, value }))
          .filter(({ field, value }) => !wordsFor(value).includes(catalogue[eventName]?.[field]))
          .map(({ field, value }) => `${eventName} ${field}: ${JSON.stringify(value)}`),
      ),
    )
    expect([...new Set(wrong)]).toEqual([])
  })

  test('tells the code of the account that something belongs to, before and after', async () => {
    const belonging = ['configuration.accountplan.', 'billing.bill.']
    const found = events.filter(({ eventName }) =>
      belonging.some((entity) => eventName.startsWith(entity)),
    )
    const dtos = found.flatMap(({ m3terEvent }) => Object.values<Json>(m3terEvent.eventData))
    const { data: accounts } = await made.organization.must.get('/accounts')
    const codes = new Map(accounts.map(({ id, code }: Json) => [id, code]))

    expect(found.length).toBeGreaterThanOrEqual(6)
    for (const { accountId, accountCode } of dtos) expect(accountCode).toBe(codes.get(accountId))
  })

  test('speaks of what was and of what is as the change has them', async () => {
    const path = '/events/fields?eventName=configuration.plan.'
    const sides = async (verb: string) => {
      const { events: found } = await made.organization.must.get(`${path}${verb}`)
      const fields = Object.keys(found[`configuration.plan.${verb}`])
      return [...new Set(fields.map((field) => field.split('.')[0]))]
    }

    expect(await sides('created')).toEqual(['new'])
    expect(await sides('updated')).toEqual(['old', 'new'])
    expect(await sides('deleted')).toEqual(['old'])
  })

  test('knows one event alone, and nothing of an unknown one', async () => {
    const { get } = made.organization.must

    const one = await get('/events/fields?eventName=configuration.aggregation.created')
    const none = await get('/events/fields?eventName=configuration.dragon.created')

    expect(one.events['configuration.aggregation.created']).toMatchObject({
      'new.name': 'string',
      'new.quantityPerUnit': 'double',
      'new.version': 'long',
      'new.segmentedFields': 'array',
      'new.customFields': 'map',
      'new.orgId': 'string',
    })
    expect(none).toEqual({ events: {} })
  })
})

test('an amount in an event of settings is a number, as in the answer', () => {
  const change = events.find(
    ({ eventName }) => eventName === 'configuration.organizationconfig.updated',
  )

  const { newDto } = change.m3terEvent.eventData
  expect(newDto.currencyConversions).toEqual([{ from: 'EUR', to: 'USD', multiplier: 1.25 }])
  expect(newDto.orgId).toBe(made.organization.id)
})

test('an amount in an event keeps all its digits', async () => {
  const { organization, template } = made
  const body = `{"name":"Long","code":"long","planTemplateId":"${template.id}","standingCharge":0.1234567890123456789012}`
  const plan = await organization.must.post('/plans', body)

  const answer = await server.app.inject({
    url: `/organizations/${organization.id}/events?resourceId=${plan.id}`,
    headers: { authorization: `Bearer ${await organization.token()}` },
  })

  expect(answer.body).toContain('"standingCharge":0.1234567890123456789012')
})

test('events of an account are those of what it owns and of the account itself', async () => {
  const { account, accountPlan, organization } = made

  const { data } = await organization.must.get(`/events?accountId=${account.id}`)

  const ids = data.map(({ m3terEvent }: Json) => m3terEvent.eventData.newDto?.id)
  expect(ids).toEqual(expect.arrayContaining([account.id, accountPlan.id]))
})

test('a filter that holds nothing filters nothing', async () => {
  const { get } = made.organization.must

  const empty = await get('/events?eventName=&resourceId=&eventType=&accountId=')

  expect(empty).toEqual(await get('/events'))
})
