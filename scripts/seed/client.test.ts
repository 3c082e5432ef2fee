import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { ApiError, clientOf } from './client.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A server that gives a token to anybody and leaves everything else to the test. */
async function serverWith(answer: RequestListener) {
  const server = createServer((request, response) => {
    if (request.url === '/oauth/token') response.end('{"access_token":"the-token"}')
    else answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  return clientOf({
    baseUrl: `http://127.0.0.1:${port}/`,
    organizationId: 'org',
    accessKeyId: 'key',
    apiSecret: 'secret',
  })
}

it('brings its token and the organization', async () => {
  const client = await serverWith((request, response) =>
    response.end(JSON.stringify({ url: request.url, by: request.headers.authorization })),
  )

  expect(await client.get('/meters?pageSize=5')).toEqual({
    url: '/organizations/org/meters?pageSize=5',
    by: 'Bearer the-token',
  })
})

it('sends again what met a limit or an absent store, after the time asked for', async () => {
  let calls = 0
  const client = await serverWith((_request, response) => {
    calls += 1
    response.statusCode = [429, 503, 200][calls - 1] ?? 500
    response.setHeader('retry-after', '0')
    response.end('{}')
  })

  await client.post('/measurements', {})

  expect(calls).toBe(3)
})

it('tells what a refusal says, and does not repeat it', async () => {
  let calls = 0
  const client = await serverWith((_request, response) => {
    calls += 1
    response.statusCode = 400
    response.end('{"message":"code is taken"}')
  })

  await expect(client.post('/meters', {})).rejects.toThrow(ApiError)
  await expect(client.post('/meters', {})).rejects.toThrow(/400 .*\/meters.*code is taken/)
  expect(calls).toBe(2)
})
