import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('every answer', () => {
  it('carries the id of its request', async () => {
    const answer = await server.call('GET', '/healthz')

    expect(answer.status).toBe(200)
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('tells what to do about a call that does not exist', async () => {
    const answer = await server.call('GET', '/nowhere')

    expect(answer.status).toBe(404)
    expect(answer.body).toMatchObject({ code: 'NO_SUCH_CALL', requestId: expect.any(String) })
    expect(answer.body.message).toContain('/reference')
  })
})

describe('readiness', () => {
  it('holds when both stores answer', async () => {
    const answer = await server.call('GET', '/readyz')

    expect(answer.body).toEqual({ status: 'ready', postgres: true, clickhouse: true })
  })
})
