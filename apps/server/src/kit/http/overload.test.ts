import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../config/config.ts'

let server: TestServer
let organization: TestOrganization
let port: number

beforeAll(async () => {
  const { limits } = readConfig({
    LIMIT_REQUESTS_AT_ONCE: '3',
    LIMIT_QUERIES_AT_ONCE: '1',
    LIMIT_BODY_BYTES: '60000000',
  })
  server = await startTestServer({ config: { limits } })
  organization = await server.organization()
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  port = (server.app.server.address() as AddressInfo).port
})
afterAll(() => server.close())

/** A request whose body has been begun and does not end: it is being answered until it is cut. */
async function begin(path: string, length = 'content-length: 100') {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(
    [
      `POST /organizations/${organization.id}${path} HTTP/1.1`,
      'host: localhost',
      `authorization: Bearer ${await organization.token()}`,
      'content-type: application/json',
      length,
      'expect: 100-continue',
      '',
      '',
    ].join('\r\n'),
  )
  // The server has read the head when it asks for the body.
  await once(socket, 'data')
  return { cut: () => socket.destroy() }
}

const products = () => organization.get('/products')
const queries = () =>
  organization.post('/usage/query', {
    startDate: '2024-01-01T00:00:00Z',
    endDate: '2024-02-01T00:00:00Z',
  })
const busy = { status: 503, body: { code: 'BUSY' }, headers: { 'retry-after': '1' } }

/** Statements that wait for a lock. */
async function waiting(): Promise<number> {
  const { rows } = await server.context.database.pool.query(
    `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock'`,
  )
  return rows[0].n
}

describe('more requests at one time than a process answers', () => {
  it('are told to come again, before their body is read', async () => {
    const held = [await begin('/products'), await begin('/products'), await begin('/products')]

    expect(await products()).toMatchObject(busy)
    expect((await server.call('GET', '/healthz')).status).toBe(200)
    expect((await server.call('GET', '/readyz')).status).toBe(200)

    for (const { cut } of held) cut()
    await expect.poll(products).toMatchObject({ status: 200 })
  })

  it('are counted apart for usage queries, so that these leave room for the rest', async () => {
    const held = await begin('/usage/query')

    expect(await queries()).toMatchObject(busy)
    expect(await products()).toMatchObject({ status: 200 })

    held.cut()
    await expect.poll(queries).toMatchObject({ status: 200 })
  })

  it('count until their work is done, though their callers went away', async () => {
    const client = await server.context.database.pool.connect()
    await client.query('begin; lock table product in access exclusive mode')
    const callers = Array.from({ length: 3 }, () => new AbortController())
    const token = await organization.token()
    const asked = callers.map(({ signal }) =>
      fetch(`http://127.0.0.1:${port}/organizations/${organization.id}/products`, {
        headers: { authorization: `Bearer ${token}` },
        signal,
      }).catch(() => null),
    )
    await expect.poll(waiting).toBe(3)
    for (const caller of callers) caller.abort()
    await Promise.all(asked)

    expect(await organization.get('/meters')).toMatchObject(busy)

    await client.query('rollback')
    client.release()
    await expect.poll(products).toMatchObject({ status: 200 })
  })

  it('leave no trace: any number may come one after another', async () => {
    for (let call = 0; call < 10; call += 1) {
      expect(await products()).toMatchObject({ status: 200 })
      expect(await queries()).toMatchObject({ status: 200 })
    }
  })

  it('are told so when their bodies together would take too much memory', async () => {
    // Of unknown length: it may be as long as a body may be.
    const held = await begin('/products', 'transfer-encoding: chunked')
    const large = { name: 'x'.repeat(8_000_000), code: 'large' }

    expect(await organization.post('/products', large)).toMatchObject(busy)
    expect(await products()).toMatchObject({ status: 200 })

    held.cut()
    await expect
      .poll(() => organization.post('/products', large))
      .toMatchObject({ status: 400, body: { message: expect.stringContaining('name') } })
  })
})
