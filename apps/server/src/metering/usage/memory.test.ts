import { randomUUID } from 'node:crypto'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listen } from '../../kit/postgres/announcements.ts'
import { directoriesOf } from '../measurement/service.ts'
import { UsageMemory } from './service/usage-memory.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-06-12T15:20:00Z' })
})
afterAll(() => server.close())

async function withUsage(organization: TestOrganization) {
  const meter = await organization.must.post('/meters', {
    name: 'uploads',
    code: 'uploads',
    dataFields: [{ category: 'MEASURE', code: 'gb', name: 'gb', unit: 'GiBy' }],
    derivedFields: [],
  })
  await send(organization, { gb: 5 })
  const [account] = (await organization.must.get('/accounts')).data
  return { meter, account }
}

function send(organization: TestOrganization, measure: Record<string, number>) {
  const measurement = { meter: 'uploads', account: 'acme', ts: '2024-06-02T00:00:00Z', measure }
  const measurements = [{ uid: randomUUID(), ...measurement }]
  return organization.must.post('/measurements', { measurements })
}

const ask = (organization: TestOrganization, meterId: string, more: object = {}) =>
  organization.post('/usage/query', {
    startDate: '2024-06-01T00:00:00Z',
    endDate: '2024-06-10T00:00:00Z',
    aggregations: [{ meterId, fieldCode: 'gb', fieldType: 'MEASURE', function: 'SUM' }],
    groups: [{ groupType: 'ACCOUNT' }],
    ...more,
  })

describe('a usage query right after a change', () => {
  test('names the account by its new name, every time', async () => {
    const organization = await server.organization()
    const { meter, account } = await withUsage(organization)
    let stored = account

    for (const name of ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']) {
      const path = `/accounts/${account.id}`
      stored = await organization.must.put(path, { ...stored, name })
      const all = await ask(organization, meter.id)
      const named = await ask(organization, meter.id, { accountIds: [account.id] })

      expect(all.body.data).toMatchObject([{ accountName: name, 'uploads.gb.SUM': 5 }])
      expect(named.body.data).toEqual(all.body.data)
    }
  })

  test('knows a field that the meter has just been given, and not one it has lost', async () => {
    const organization = await server.organization()
    const { meter } = await withUsage(organization)
    await ask(organization, meter.id)
    const field = { category: 'MEASURE', code: 'files', name: 'files', unit: '1' }
    const changed = await organization.must.put(`/meters/${meter.id}`, {
      ...meter,
      dataFields: [...meter.dataFields, field],
    })
    await send(organization, { gb: 1, files: 3 })
    const aggregations = [
      { meterId: meter.id, fieldCode: 'files', fieldType: 'MEASURE', function: 'SUM' },
    ]

    const known = await ask(organization, meter.id, { aggregations })
    await organization.must.put(`/meters/${meter.id}`, {
      ...changed,
      dataFields: meter.dataFields,
    })
    const lost = await ask(organization, meter.id, { aggregations })

    expect(known.body.data).toMatchObject([{ 'uploads.files.SUM': 3 }])
    expect(lost.status).toBe(400)
  })

  test('refuses an account that has just been deleted', async () => {
    const organization = await server.organization()
    const { meter } = await withUsage(organization)
    const empty = await organization.must.post('/accounts', {
      name: 'empty',
      code: 'empty',
      emailAddress: 'empty@example.com',
    })
    const accountIds = [empty.id]
    expect((await ask(organization, meter.id, { accountIds })).status).toBe(200)

    await organization.must.delete(`/accounts/${empty.id}`)

    expect((await ask(organization, meter.id, { accountIds })).status).toBe(400)
  })

  test('never names accounts of another organization', async () => {
    const [ours, theirs] = [await server.organization(), await server.organization()]
    const { meter, account } = await withUsage(ours)
    const other = await withUsage(theirs)
    await ask(ours, meter.id, { accountIds: [account.id] })
    await ask(theirs, other.meter.id, { accountIds: [other.account.id] })

    const foreign = await ask(theirs, other.meter.id, { accountIds: [account.id] })

    expect(foreign.status).toBe(400)
    expect((await ask(theirs, meter.id)).status).toBe(400)
  })
})

describe('the memory of usage queries', () => {
  test('gives back what was read, until a change is announced', async () => {
    const organization = await server.organization()
    const { account } = await withUsage(organization)
    const { database, log } = server.context
    const memory = new UsageMemory(directoriesOf(server.context))
    const { fence, close } = await listen(database.pool, log, 'configuration_changed', {
      hear: (payload) => memory.forget(JSON.parse(payload)),
      missed: () => memory.forgetAll(),
    })
    const recall = (ids: string[] = [account.id]) => memory.recall(organization.id, ids, fence)

    expect(recall()).toBeNull()
    const read = await memory.read(organization.id, [account.id])
    const recalled = recall()
    expect(recalled?.meters).toBe(read.meters)
    expect(recalled?.named).toEqual(read.named)
    expect(await recalled?.isCurrent()).toBe(true)
    expect(recall([account.id, randomUUID()])).toBeNull()

    const path = `/accounts/${account.id}`
    await organization.must.put(path, { ...account, name: 'renamed' })
    expect(await recalled?.isCurrent()).toBe(false)
    expect(recall()).toBeNull()
    expect(recall([])?.meters).toBe(read.meters)
    await close()
    expect(await recall([])?.isCurrent()).toBe(false)
  })
})
