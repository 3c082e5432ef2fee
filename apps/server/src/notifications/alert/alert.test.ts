import { makeAccount } from '@countinghouse/tests/support/catalog.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type NewAlert, raiseAlert } from '../../kit/alert/alert.ts'

const NOBODY = '00000000-0000-4000-8000-000000000000'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now: '2024-06-01T10:15:00Z' })
})
afterAll(() => server.close())

function raise(organization: TestOrganization, alert: Partial<NewAlert> = {}) {
  return server.context.database.transaction((writer) =>
    raiseAlert(writer, {
      organizationId: organization.id,
      type: 'API_INGEST',
      severity: 'WARN',
      description: 'A measurement named an unknown meter.',
      at: server.clock.now(),
      ...alert,
    }),
  )
}

describe('alerts', () => {
  test('repeats within an hour are counted on one row', async () => {
    const organization = await server.organization()
    await raise(organization)
    await raise(organization)
    server.clock.advance(3_600_000)
    await raise(organization)

    const { data } = await organization.must.get('/alerts')

    expect(data.map(({ count }: { count: number }) => count)).toEqual([1, 2])
  })

  test('are counted by severity until they are resolved', async () => {
    const organization = await server.organization()
    await raise(organization)
    await raise(organization, { severity: 'ERROR', description: 'A bill failed.' })
    const { data } = await organization.must.get('/alerts?severity=ERROR,INFO')

    await organization.must.put(`/alerts/${data[0].id}/status`, {
      status: 'IN_PROGRESS',
      note: 'Asked the customer',
      version: 1,
    })
    const counts = await organization.must.get('/alerts/counts')
    const read = await organization.must.get(`/alerts/${data[0].id}`)

    expect(counts).toEqual({ total: 2, new: 1, INFO: 0, WARN: 1, ERROR: 1 })
    expect(read).toMatchObject({ status: 'IN_PROGRESS', note: 'Asked the customer', version: 2 })
  })

  test('are resolved many at once, all or none', async () => {
    const organization = await server.organization()
    await raise(organization, { description: 'One' })
    await raise(organization, { description: 'Two' })
    const { data } = await organization.must.get('/alerts')
    // In capital letters they are the same ids.
    const ids = data.map(({ id }: { id: string }) => id.toUpperCase())

    const refused = await organization.put('/alerts/status', {
      ids: [...ids, NOBODY],
      status: 'RESOLVED',
    })
    const open = await organization.must.get('/alerts?status=NEW')
    await organization.must.put('/alerts/status', { ids, status: 'RESOLVED' })

    expect(refused.body.errors).toEqual([expect.objectContaining({ field: 'ids[2]' })])
    expect(open.data).toHaveLength(2)
    expect((await organization.must.get('/alerts/counts')).total).toBe(0)
  })

  test('about an account are told among what happened to it', async () => {
    const organization = await server.organization()
    const account = await makeAccount(organization)
    await raise(organization, { entity: { type: 'account', id: account.id } })
    await raise(organization, { description: 'Another', entity: { type: 'meter', id: NOBODY } })
    const [, alert] = (await organization.must.get('/alerts')).data
    await organization.must.put(`/alerts/${alert.id}/status`, { status: 'RESOLVED', version: 1 })

    const { data } = await organization.must.get(`/events?accountId=${account.id}`)

    expect(data.map(({ eventName }: { eventName: string }) => eventName)).toEqual([
      'configuration.alert.updated',
      'configuration.alert.created',
      'configuration.account.created',
    ])
  })

  test('are deleted, and strangers never see them', async () => {
    const organization = await server.organization()
    const stranger = await server.organization()
    await raise(organization)
    const [alert] = (await organization.must.get('/alerts')).data

    const foreign = await stranger.delete(`/alerts/${alert.id}`)
    const deleted = await organization.delete(`/alerts/${alert.id}`)

    expect(foreign.status).toBe(404)
    expect(deleted).toMatchObject({ status: 200, body: { id: alert.id } })
    expect((await organization.get(`/alerts/${alert.id}`)).status).toBe(404)
  })
})
