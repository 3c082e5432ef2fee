/** Ways of writing a request that the public SDKs have, and that hardly any other program shares. */
import type { AddressInfo } from 'node:net'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

let server: TestServer
let organization: TestOrganization
let base = ''
beforeAll(async () => {
  server = await startTestServer()
  organization = await server.organization()
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  base = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

/** The headers of the Python SDK, which names a content type also where it sends nothing. */
async function send(method: string, path: string, body?: object) {
  const response = await fetch(`${base}/organizations/${organization.id}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${await organization.token()}`,
      'content-type': 'application/json',
      'user-agent': 'M3ter/Python 0.9.0',
      'x-stainless-async': 'false',
      'x-stainless-lang': 'python',
      'x-stainless-read-timeout': '60',
      'x-stainless-retry-count': '0',
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

test('a content type without a body is read as no body', async () => {
  const { body: product } = await send('POST', '/products', { name: 'Images', code: 'images' })

  const read = await send('GET', `/products/${product.id}`)
  const deleted = await send('DELETE', `/products/${product.id}`)
  const locked = await send('PUT', `/bills/${product.id}/lock`)

  expect(read.body).toEqual(product)
  expect(deleted.body).toEqual(product)
  expect(locked).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
})

test('instants with microseconds and an offset are the instants they mean', async () => {
  const { body: account } = await send('POST', '/accounts', {
    name: 'First',
    code: 'first',
    emailAddress: 'billing@first.example',
  })
  const { body: meter } = await send('POST', '/meters', {
    name: 'Renderings',
    code: 'renderings',
    dataFields: [{ category: 'MEASURE', code: 'count', name: 'Count', unit: '1' }],
    derivedFields: [],
  })
  const ts = '2024-06-01T02:00:00.123456+02:00'
  const measurement = { uid: 'one', meter: 'renderings', account: 'first', ts }

  await send('POST', '/measurements', { measurements: [{ ...measurement, measure: { count: 1 } }] })
  const found = await send('POST', '/usage/query', {
    startDate: '2024-06-01T05:30:00+05:30',
    endDate: '2024-06-01T00:00:01.000000+00:00',
    meterIds: [meter.id],
    accountIds: [account.id],
  })

  expect(found.body.data).toMatchObject([{ uid: 'one', timestamp: '2024-06-01T00:00:00.123Z' }])
})

test('lists of a query come as one parameter with commas, and an empty token begins anew', async () => {
  const ids: string[] = []
  for (const code of ['a', 'b', 'c']) {
    ids.push((await send('POST', '/products', { name: code, code })).body.id)
  }

  const some = await send('GET', `/products?ids=${ids[0]}%2C${ids[1]}&nextToken=`)

  const codes = some.body.data.map(({ code }: { code: string }) => code)
  expect(codes.sort()).toEqual(['a', 'b'])
  expect(some.body).not.toHaveProperty('nextToken')
})

test('a new token before every call is given, and the older ones go on', async () => {
  const { accessKeyId, apiSecret } = organization.accessKey
  const basic = Buffer.from(`${accessKeyId}:${apiSecret}`).toString('base64')
  const tokens: string[] = []
  for (let call = 0; call < 3; call += 1) {
    const answer = await fetch(`${base}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
      body: '{"grant_type":"client_credentials"}',
    })
    tokens.push((await answer.json()).access_token)
  }

  const statuses = await Promise.all(
    tokens.map(async (token) => {
      const headers = { authorization: `Bearer ${token}` }
      return (await fetch(`${base}/organizations/${organization.id}/products`, { headers })).status
    }),
  )

  expect(new Set(tokens).size).toBe(3)
  expect(statuses).toEqual([200, 200, 200])
})
