import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const currencies = '/picklists/currency'
const euro = { name: 'Euro', code: 'EUR', maxDecimalPlaces: 2, roundingMode: 'HALF_UP' }

describe('every answer', () => {
  it('carries the id of its request', async () => {
    const answer = await server.call('GET', '/healthz')

    expect(answer.status).toBe(200)
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('allows no inline script and no frame', async () => {
    const answer = await server.call('GET', '/reference')

    const policy = String(answer.headers['content-security-policy'])
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  })
})

describe('a bad request', () => {
  it('to a call that does not exist is told where the calls are listed', async () => {
    const answer = await server.call('GET', '/nowhere')

    expect(answer.status).toBe(404)
    const requestId = answer.headers['x-request-id']
    expect(answer.body).toMatchObject({ code: 'NO_SUCH_CALL', requestId })
    expect(answer.body.message).toContain('/reference')
  })

  it('hears of everything that is wrong with its body at once', async () => {
    const organization = await server.organization()

    const answer = await organization.post(currencies, {
      name: '',
      code: ' X',
      maxDecimalPlaces: 'two',
      roundingMode: 'SIDEWAYS',
    })

    expect(answer.status).toBe(400)
    const fields = answer.body.errors.map(({ field }: { field: string }) => field)
    expect(fields).toEqual(
      expect.arrayContaining(['name', 'code', 'maxDecimalPlaces', 'roundingMode']),
    )
    expect(answer.body.errors).toContainEqual({
      field: 'maxDecimalPlaces',
      message: 'must be a whole number, not text.',
    })
    expect(answer.body).toMatchObject({ requestId: expect.any(String) })
  })

  it.each([
    ['that is no JSON', '{"name": ', 400, 'MALFORMED_JSON'],
    ['without a body', undefined, 400, 'BODY_MISSING'],
    ['of 512,000 bytes', `"${'x'.repeat(511_998)}"`, 403, 'BODY_TOO_LARGE'],
  ])('%s is refused', async (_name, body, status, code) => {
    const organization = await server.organization()

    const answer = await organization.call('POST', currencies, { body })

    expect(answer.status).toBe(status)
    expect(answer.body.code).toBe(code)
  })

  it('of another kind than JSON is told so', async () => {
    const organization = await server.organization()

    const answer = await organization.call('POST', currencies, {
      body: '<currency/>',
      headers: { 'content-type': 'application/xml' },
    })

    expect(answer).toMatchObject({ status: 400, body: { code: 'NOT_JSON' } })
  })

  it('with a query that does not fit names the parameter', async () => {
    const organization = await server.organization()

    const answer = await organization.get(`${currencies}?pageSize=1000`)

    expect(answer.status).toBe(400)
    expect(answer.body.errors).toEqual([{ field: 'pageSize', message: expect.any(String) }])
  })
})

describe('the gate', () => {
  it.each([
    ['no token', {}, 401],
    ['a token that is none', { authorization: 'Bearer nonsense' }, 401],
    ['another scheme', { authorization: 'Basic YTpi' }, 401],
  ])('lets nobody in with %s', async (_name, headers, status) => {
    const { id } = await server.organization()

    const answer = await server.call('GET', `/organizations/${id}${currencies}`, { headers })

    expect(answer.status).toBe(status)
    expect(answer.body.message).not.toBe('')
  })

  it.each([
    ['an organization of somebody else', async () => (await server.organization()).id],
    ['an organization that does not exist', async () => crypto.randomUUID()],
    ['an id that is none', async () => 'everything'],
  ])('answers 403 for %s', async (_name, otherId) => {
    const organization = await server.organization()
    const authorization = `Bearer ${await organization.token()}`

    const answer = await server.call('GET', `/organizations/${await otherId()}${currencies}`, {
      headers: { authorization },
    })

    expect(answer.status).toBe(403)
  })
})

describe('readiness', () => {
  it('holds when both stores answer', async () => {
    const answer = await server.call('GET', '/readyz')

    expect(answer.body).toEqual({ status: 'ready', postgres: true, clickhouse: true })
  })

  it('is told in numbers too', async () => {
    const answer = await server.call('GET', '/metrics')

    expect(answer.body).toContain('http_request_seconds_count')
    expect(answer.body).toContain('process_resident_memory_bytes')
  })
})

describe('lists', () => {
  it('take ids repeated or with commas', async () => {
    const organization = await server.organization()
    const made = await organization.must.post(currencies, euro)
    const { data } = await organization.must.get(currencies)
    const ids: string[] = data.map(({ id }: { id: string }) => id)

    const repeated = await organization.must.get(
      `${currencies}?${ids.map((id) => `ids=${id}`).join('&')}`,
    )
    const joined = await organization.must.get(`${currencies}?ids=${ids.join(',')}`)

    expect(ids).toContain(made.id)
    expect(repeated.data).toHaveLength(2)
    expect(joined.data).toHaveLength(2)
  })
})
