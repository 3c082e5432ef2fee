import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../config/config.ts'

const currencies = '/picklists/currency'

describe('limits on the number of requests', () => {
  let limited: TestServer
  beforeAll(async () => {
    const { limits } = readConfig({})
    limited = await startTestServer({
      now: '2024-06-01T00:00:00Z',
      config: {
        rateLimits: true,
        limits: {
          ...limits,
          configPerOrganization: 3,
          configPerAddress: 10,
          ingestPerOrganization: 2,
          ingestPerAddress: 4,
          explorerPerSecond: 1,
          explorerBurst: 2,
        },
      },
    })
  })
  afterAll(() => limited.close())

  it('let an organization go on in the next second', async () => {
    const organization = await limited.organization()
    const statuses: number[] = []
    for (let call = 0; call < 4; call += 1) {
      statuses.push((await organization.get(currencies)).status)
    }
    expect(statuses).toEqual([200, 200, 200, 429])

    limited.clock.advance(1000)

    const next = await organization.get(currencies)
    expect(next.status).toBe(200)
  })

  it('hold an address up until its five minutes are over, and say how long to wait', async () => {
    limited.clock.advance(600_000)
    for (let call = 0; call < 10; call += 1)
      await limited.call('POST', '/oauth/token', { body: {} })

    const refused = await limited.call('POST', '/oauth/token', { body: {} })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)

    limited.clock.advance(305_000)
    const later = await limited.call('POST', '/oauth/token', { body: {} })
    expect(later.status).not.toBe(429)
  })

  it('count measurements apart from other calls, of an organization and of an address', async () => {
    limited.clock.advance(600_000)
    const organization = await limited.organization()
    const send = async () => (await organization.post('/measurements', { measurements: [] })).status

    const inOneSecond = [await send(), await send(), await send()]
    const otherCall = (await organization.get(currencies)).status
    limited.clock.advance(1000)
    const inTheNext = [await send(), await send()]
    const otherCallLater = (await organization.get(currencies)).status

    expect([inOneSecond, otherCall]).toEqual([[400, 400, 429], 200])
    expect([inTheNext, otherCallLater]).toEqual([[400, 429], 200])
  })

  it('hold nobody up for longer because the clock was set back', async () => {
    limited.clock.advance(600_000)
    const organization = await limited.organization()
    const body = { startDate: '2024-05-01T00:00:00Z', endDate: '2024-05-02T00:00:00Z' }
    const query = async () => (await organization.post('/usage/query', body)).status
    expect([await query(), await query(), await query()]).toEqual([200, 200, 429])
    for (let call = 0; call < 10; call += 1)
      await limited.call('POST', '/oauth/token', { body: {} })

    limited.clock.advance(-3_600_000)
    expect((await limited.call('POST', '/oauth/token', { body: {} })).status).not.toBe(429)
    await query()
    limited.clock.advance(1_000)
    expect(await query()).toBe(200)
  })
})
