import {
  makeAccount,
  makeAccountPlan,
  makeCatalog,
  makePlan,
  makePricing,
} from '@countinghouse/tests/support/catalog.ts'
import {
  type Json,
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { purgeEvents } from './service.ts'

let server: TestServer
let organization: TestOrganization

const DAY = 86_400_000
const START = '2024-06-10T12:00:00Z'

beforeAll(async () => {
  server = await startTestServer({ now: START })
})

afterAll(() => server.close())

async function prepare() {
  organization = await server.organization()
  await organization.must.post('/meters', {
    name: 'm',
    code: 'm',
    dataFields: [{ category: 'MEASURE', code: 'a', name: 'a', unit: '{a}' }],
    derivedFields: [],
  })
  await organization.must.post('/accounts', {
    name: 'Acme',
    code: 'Acme',
    emailAddress: 'acme@example.com',
  })
}

function measurement(uid: string, a = 1, meter = 'm') {
  return { uid, meter, account: 'Acme', ts: '2024-06-02T00:00:00Z', measure: { a } }
}

const send = (...measurements: unknown[]) =>
  organization.must.post('/measurements', { measurements })

const list = async (query = '') =>
  (await organization.must.get(`/events?eventType=IngestValidationFailure${query}`)).data

const newDto = (event: { m3terEvent: { eventData: { newDto: Record<string, unknown> } } }) =>
  event.m3terEvent.eventData.newDto

describe('events of refused measurements', () => {
  test('an event says what was wrong and leads to the original', async () => {
    await prepare()
    await send(measurement('u', 1, 'nothing'))

    const [event] = await list()

    expect(event).toMatchObject({
      eventName: 'ingest.validation.failure',
      eventTime: START,
      dtActioned: null,
    })
    expect(newDto(event)).toMatchObject({
      id: event.id,
      type: 'UndefinedMeter',
      meterCode: 'nothing',
      accountCode: 'Acme',
      accountId: null,
      uid: 'u',
      ts: '2024-06-02T00:00:00Z',
      receivedAt: START,
      count: 1,
    })
    expect(await organization.must.get(`/events/${event.id}`)).toEqual(event)

    const link = new URL(String(newDto(event).getDownloadUrl))
    const { url } = await organization.must.get(
      `${link.pathname}${link.search}`.replace(`/organizations/${organization.id}`, ''),
    )
    const file = await server.call('GET', new URL(url).pathname)
    expect(file.body).toEqual({
      errorType: 'UndefinedMeter',
      errorMessage: newDto(event).message,
      receivedAt: START,
      measurement: measurement('u', 1, 'nothing'),
    })
  })

  test('a link works for five minutes and cannot be forged', async () => {
    await prepare()
    await send(measurement('u', 1, 'nothing'))
    const [event] = await list()
    const { url } = await organization.must.get(
      `/measurements/failedIngest/getDownloadUrl?file=${event.id}`,
    )
    const path = new URL(url).pathname

    const forged = await server.call('GET', path.replace(/.$/, path.endsWith('A') ? 'B' : 'A'))
    server.clock.advance(5 * 60_000)
    const expired = await server.call('GET', path)

    expect([forged.status, expired.status]).toEqual([403, 403])
    expect(expired.body.code).toBe('LINK_EXPIRED')
    expect(
      (await organization.get('/measurements/failedIngest/getDownloadUrl?file=x')).status,
    ).toBe(404)
    server.clock.set(START)
  })

  test('a storm of retries is one event, however big, and says how often', async () => {
    await prepare()
    const batch = Array.from({ length: 200 }, (_, n) => measurement(`u${n}`))
    await send(...batch)
    await send(measurement('bad', 1, 'nothing'))

    for (let retry = 0; retry < 25; retry += 1) await send(...batch)

    const events = await list()
    expect(events.map((event: never) => newDto(event).type).sort()).toEqual([
      'DuplicateUid',
      'UndefinedMeter',
    ])
    const repeats = events.map(newDto).find((one: { type: string }) => one.type === 'DuplicateUid')
    expect(repeats).toMatchObject({ count: 25 * 200, contentDiffers: false, uid: 'u0' })
    expect(repeats.uids.length).toBe(200)
  })

  test('a repeated uid with other content is an event of its own that says so', async () => {
    await prepare()
    await send(measurement('u', 1), measurement('v', 1))

    await send(measurement('u', 2), measurement('v', 1))
    await send(measurement('u', 2))

    const events = (await list()).map(newDto)
    expect(events).toHaveLength(2)
    expect(events.find((one: { uid: string }) => one.uid === 'u')).toMatchObject({
      contentDiffers: true,
      count: 2,
    })
    expect(events.find((one: { uid: string }) => one.uid === 'v')).toMatchObject({
      contentDiffers: false,
      count: 1,
    })
  })

  test('what was actioned leaves the list, and comes back when it happens again', async () => {
    await prepare()
    await send(measurement('u', 1, 'nothing'))
    const [event] = await list()

    const marked = await organization.must.put(`/events/${event.id}/actioned`, { actioned: true })
    expect(marked.dtActioned).toBe(START)
    expect(await list()).toEqual([])
    expect(await list('&includeActioned=true')).toHaveLength(1)

    server.clock.advance(1000)
    await organization.must.put(`/events/${event.id}/actioned`, { actioned: false })
    expect(await list()).toHaveLength(1)

    server.clock.advance(1000)
    await organization.must.put('/events/actioned', { actioned: true, ids: [event.id] })
    expect(await list()).toEqual([])

    server.clock.advance(1000)
    await send(measurement('u', 1, 'nothing'))
    expect((await list()).map(newDto)).toMatchObject([{ uid: 'u', count: 2 }])
    server.clock.set(START)
  })

  test('events go after 28 days', async () => {
    await prepare()
    await send(measurement('u', 1, 'nothing'))

    server.clock.advance(28 * DAY)

    expect(await list()).toEqual([])
    await purgeEvents(server.context)
    const [left] = await server.context.events.query<{ total: string }>(
      'select count() as total from refusal where org = {org:UInt32}',
      { org: organization.number },
    )
    expect(left?.total).toBe('0')
    server.clock.set(START)
  })

  test('an alert is raised for each type and meter, counted up', async () => {
    await prepare()
    for (const uid of ['1', '2', '3']) await send(measurement(uid, 1, 'nothing'))

    await expect
      .poll(async () => {
        const { rows } = await server.context.database.pool.query(
          "select type, count from alert where organization_id = $1 and description like 'UndefinedMeter%'",
          [organization.id],
        )
        return rows
      })
      .toEqual([{ type: 'API_INGEST', count: '3' }])
  })
})

describe('the list of events', () => {
  test('changes and refusals stand in one order of time, page by page', async () => {
    await prepare()
    for (let n = 0; n < 5; n += 1) {
      server.clock.advance(1000)
      await send(measurement(`u${n}`, 1, 'nothing'))
      server.clock.advance(1000)
      await organization.must.post('/products', { name: `p${n}`, code: `p${n}` })
    }

    const seen: { id: string; eventTime: string; eventName: string }[] = []
    let token: string | undefined
    do {
      const next: string = token === undefined ? '' : `&nextToken=${token}`
      const page = await organization.must.get(`/events?pageSize=3${next}`)
      seen.push(...page.data)
      token = page.nextToken
    } while (token !== undefined)

    const times = seen.map(({ eventTime }) => eventTime)
    expect(times).toEqual([...times].sort().reverse())
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
    const names = seen.slice(0, 4).map(({ eventName }) => eventName)
    expect(names).toEqual([
      'configuration.product.created',
      'ingest.validation.failure',
      'configuration.product.created',
      'ingest.validation.failure',
    ])
    server.clock.set(START)
  })

  test('filters narrow it; ids stand alone', async () => {
    await prepare()
    const product = await organization.must.post('/products', { name: 'p', code: 'p' })
    await send(measurement('u', 1, 'nothing'))

    const byResource = await organization.must.get(`/events?resourceId=${product.id}`)
    const byName = await organization.must.get('/events?eventName=ingest.validation.failure')

    expect(byResource.data.map((one: { eventName: string }) => one.eventName)).toEqual([
      'configuration.product.created',
    ])
    expect(byName.data).toHaveLength(1)
    const { id } = byName.data[0]
    expect((await organization.must.get(`/events?ids=${id}`)).data).toHaveLength(1)
    expect((await organization.get(`/events?ids=${id}&eventName=x`)).status).toBe(400)
    expect((await organization.get('/events?nextToken=rubbish')).status).toBe(400)
  })

  test('says who did it, also of what is gone', async () => {
    await prepare()
    const { id } = await organization.must.post('/products', { name: 'p', code: 'p' })
    await organization.must.delete(`/products/${id}`)
    await send(measurement('u', 1, 'nothing'), { ...measurement('v'), account: 'newcomer' })

    const { data } = await organization.must.get('/events')

    const doers = data.map(({ eventName, createdBy }: Json) => [eventName, createdBy])
    expect(doers).toContainEqual(['configuration.product.deleted', organization.serviceUserId])
    expect(doers).toContainEqual(['configuration.account.created', 'system'])
    expect(doers).toContainEqual(['configuration.alert.created', 'system'])
    expect(doers).toContainEqual(['ingest.validation.failure', undefined])
    const by = async (doer: string) => {
      const { data: found } = await organization.must.get(`/events?createdBy=${doer}`)
      return found.map(({ eventName, createdBy }: Json) => [eventName, createdBy])
    }
    expect(await by(organization.serviceUserId)).toEqual(
      doers.filter(([, doer]: string[]) => doer === organization.serviceUserId),
    )
    const system = await by('system')
    expect(system).toContainEqual(['configuration.account.created', 'system'])
    expect(new Set(system.map(([, doer]: string[]) => doer))).toEqual(new Set(['system']))
    expect((await organization.must.get('/events?createdBy=nobody')).data).toEqual([])
  })

  test('of one account is about it and what it owns, of the names asked for', async () => {
    organization = await server.organization()
    const { account, aggregation, template, plan } = await makeCatalog(organization)
    const own = { accountId: account.id }
    const custom = await makePlan(organization, { planTemplateId: template.id, ...own })
    const price = await makePricing(organization, {
      planId: custom.id,
      aggregationId: aggregation.id,
    })
    await makePricing(organization, { planId: plan.id, aggregationId: aggregation.id })
    const attached = await makeAccountPlan(organization, { ...own, planId: plan.id })
    const other = await makeAccount(organization)
    await makeAccountPlan(organization, { accountId: other.id, planId: plan.id })
    const about = async (query: string) => {
      const { data } = await organization.must.get(`/events?accountId=${account.id}${query}`)
      return data.map(({ eventName, m3terEvent }: Json) => [
        eventName,
        m3terEvent.eventData.newDto.id,
      ])
    }

    const events = [
      ['configuration.accountplan.created', attached.id],
      ['configuration.pricing.created', price.id],
      ['configuration.plan.created', custom.id],
      ['configuration.account.created', account.id],
    ]
    expect(await about('')).toEqual(events)
    expect(
      await about('&eventName=configuration.account.created,configuration.plan.created'),
    ).toEqual(events.slice(2))
    const stranger = await server.organization()
    expect((await stranger.must.get(`/events?accountId=${account.id}`)).data).toEqual([])
  })

  test('another organization sees none of it', async () => {
    await prepare()
    await send(measurement('u', 1, 'nothing'))
    const [event] = await list()
    const stranger = await server.organization()

    expect((await stranger.get(`/events/${event.id}`)).status).toBe(404)
    expect((await stranger.put(`/events/${event.id}/actioned`, { actioned: true })).status).toBe(
      404,
    )
    expect(
      (await stranger.get(`/measurements/failedIngest/getDownloadUrl?file=${event.id}`)).status,
    ).toBe(404)
  })
})
