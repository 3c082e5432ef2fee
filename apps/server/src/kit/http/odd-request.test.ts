/** Requests that hardly any program sends are refused in the same shape as all others. */
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let server: TestServer
let organization: TestOrganization
let port = 0
beforeAll(async () => {
  server = await startTestServer()
  organization = await server.organization()
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  port = (server.app.server.address() as AddressInfo).port
})
afterAll(() => server.close())

const refused = (code: string) => ({
  code,
  message: expect.any(String),
  requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
})

/** Over a real connection: what a test client would mend or never write. */
async function send(
  method: string,
  path: string,
  body?: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`http://127.0.0.1:${port}/organizations/${organization.id}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await organization.token()}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  })
  const text = await response.text()
  return {
    status: response.status,
    allow: response.headers.get('allow'),
    body: text === '' ? null : JSON.parse(text),
  }
}

/** Writes the bytes, ends its half of the connection or not, reads all that comes back. */
async function converse(bytes: string, last: 'write' | 'end' = 'end'): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket[last](bytes, 'latin1')
  let answer = ''
  socket.setEncoding('utf8')
  socket.on('data', (piece) => {
    answer += piece
  })
  await once(socket, 'close')
  return answer
}

/** The same for one answer, whose request id is that of its header. */
async function exchange(bytes: string): Promise<{ status: number; body: unknown }> {
  const [head = '', text = ''] = (await converse(bytes)).split('\r\n\r\n')
  const body = JSON.parse(text)
  expect(head.toLowerCase()).toContain(`x-request-id: ${body.requestId}`)
  return { status: Number(head.split(' ')[1]), body }
}

const statusesOf = (answers: string) =>
  [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status))

const product = (name: string) => `{"name":"${name}","code":"odd"}`

describe('a body', () => {
  test.each<[string, string | Uint8Array<ArrayBuffer>, Record<string, string>, string]>([
    ['that is no UTF-8', Buffer.from(product('\xff'), 'latin1'), {}, 'MALFORMED_TEXT'],
    ['in UTF-16', Buffer.from(`\ufeff${product('x')}`, 'utf16le'), {}, 'MALFORMED_TEXT'],
    ['in gzip', gzipSync(product('x')), { 'content-encoding': 'gzip' }, 'ENCODED_BODY'],
    ['without a type', Buffer.from(product('x')), { 'content-type': '' }, 'NOT_JSON'],
    ['of a type that is none', product('x'), { 'content-type': ';;;' }, 'NOT_JSON'],
    [
      'that is a form where JSON is wanted',
      'name=x&code=odd',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'NOT_JSON',
    ],
  ])('%s is refused', async (_name, body, headers, code) => {
    const answer = await send('POST', '/products', body, headers)

    expect(answer).toMatchObject({ status: 400, body: refused(code) })
  })

  test('that begins with a byte order mark is read', async () => {
    const answer = await send('POST', '/products', `\ufeff{"name":"Marked","code":"marked"}`)

    expect(answer).toMatchObject({ status: 200, body: { name: 'Marked' } })
  })

  test('with a key twice has the last value, in its digits as well', async () => {
    const twice =
      '"currency":"USD","billFrequency":"MONTHLY","standingCharge":1,"standingCharge":2.50'
    const { id } = (await send('POST', '/products', '{"name":"P","code":"p"}')).body

    const answer = await send(
      'POST',
      '/plantemplates',
      `{"name":"T","code":"t","productId":"${id}",${twice}}`,
    )

    expect(answer).toMatchObject({ status: 200, body: { standingCharge: 2.5 } })
  })

  test.each([
    ['zero below zero', '-0', 200, { standingCharge: 0 }],
    ['a zero of any size', '0e99999999999', 200, { standingCharge: 0 }],
    ['an infinite number', '1e400', 400, refused('INVALID_INPUT')],
    ['a number too small to write out', '1e-400', 400, refused('INVALID_INPUT')],
  ])('with %s', async (name, digits, status, body) => {
    const made = await send('POST', '/products', `{"name":"${name}","code":"${status}${digits}"}`)
    const rest = `"productId":"${made.body.id}","currency":"USD","billFrequency":"MONTHLY"`

    const answer = await send(
      'POST',
      '/plantemplates',
      `{"name":"T","code":"t${digits}",${rest},"standingCharge":${digits}}`,
    )

    expect(answer).toMatchObject({ status, body })
  })
})

describe('measurements', () => {
  const measurement = (account: string, uid: string) =>
    `{"measurements":[{"uid":"${uid}","meter":"m","account":"${account}","ts":"2024-06-01T00:00:00Z"}]}`

  test.each([
    ['an account code with half a character', measurement('a\\ud800', 'u')],
    ['a uid that PostgreSQL cannot name', measurement('a', 'u\\u0000')],
  ])('with %s are refused, not put off', async (_name, body) => {
    expect(await send('POST', '/measurements', body)).toMatchObject({ status: 400 })
  })
})

describe('a method', () => {
  test.each([
    ['PATCH', '/products', 'GET, HEAD, OPTIONS, POST'],
    ['DELETE', '/products/', 'GET, HEAD, OPTIONS, POST'],
    ['POST', '/products/x', 'DELETE, GET, HEAD, OPTIONS, PUT'],
    ['GET', '/measurements', 'OPTIONS, POST'],
    ['PUT', '/users/me', 'GET, HEAD, OPTIONS, PUT'],
  ])('%s that %s does not have is told which it has', async (method, path, allow) => {
    const answer = await send(method, path)
    const isKnown = path === '/users/me'

    expect(answer.status).toBe(isKnown ? 400 : 405)
    expect(answer.allow).toBe(isKnown ? null : allow)
    expect(answer.body).toMatchObject({ requestId: expect.any(String) })
  })

  test('OPTIONS answers what an address has', async () => {
    expect(await send('OPTIONS', '/products')).toEqual({
      status: 204,
      allow: 'GET, HEAD, OPTIONS, POST',
      body: null,
    })
  })

  test('HEAD answers as GET does, without a body', async () => {
    expect(await send('HEAD', '/products')).toMatchObject({ status: 200, body: null })
    expect(await send('HEAD', '/products/x')).toMatchObject({ status: 404, body: null })
  })

  test('no address has is a call that does not exist', async () => {
    expect(await send('PATCH', '/nowhere')).toMatchObject({
      status: 404,
      allow: null,
      body: refused('NO_SUCH_CALL'),
    })
  })
})

describe('an address', () => {
  test.each([
    ['with a slash at its end', '/products/', 200],
    ['with an encoded slash in an id', '/products/a%2Fb', 404],
    ['that climbs out by encoded slashes', '/products/..%2F..%2Fx', 404],
    ['with two slashes', '//products', 404],
    ['with a % that is no character', '/products/%zz', 400],
    ['with bytes that are no UTF-8', '/products/%E0%A4', 400],
    ['with U+0000', '/products/%00', 400],
    ['with an id of 400 characters', `/products/${'a'.repeat(400)}`, 404],
    ['with a query of 15,000 characters', `/products?ids=${'a'.repeat(15_000)}`, 200],
    ['with 1,500 parameters', `/products?${'a=1&'.repeat(1_500)}`, 200],
    ['with a parameter twice', '/products?pageSize=1&pageSize=2', 400],
    ['with a list in two parts', '/products?ids=a&ids=b', 200],
    ['with the name of a prototype', '/products?__proto__=a&constructor=b', 200],
  ])('%s', async (_name, path, status) => {
    const answer = await send('GET', path)

    expect(answer.status).toBe(status)
    if (status !== 200) expect(answer.body).toMatchObject(refused(answer.body.code))
  })

  // The TypeScript SDK makes it of a base URL that ends with a slash.
  test('that begins with two slashes is read as if with one', async () => {
    const address = `http://127.0.0.1:${port}//organizations/${organization.id}/measurements`
    const headers = {
      authorization: `Bearer ${await organization.token()}`,
      'content-type': 'application/json',
    }

    const answer = await fetch(address, { method: 'POST', headers, body: '{"measurements":[]}' })

    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ errors: [{ field: 'measurements' }] })
  })

  test('that names one thing twice is told which', async () => {
    const { body } = await send('GET', '/products?pageSize=1&pageSize=2')

    expect(body.errors).toEqual([
      { field: 'pageSize', message: 'is there more than once. Send it once.' },
    ])
  })
})

describe('on the connection', () => {
  const to = 'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'

  test.each([
    ['a body cut off between two chunks', `${to}Transfer-Encoding: chunked\r\n\r\n5\r\n{"gra\r\n`],
    ['a chunk without a size', `${to}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
    ['a body shorter than it says', `${to}Content-Length: 50\r\n\r\n{`],
    ['two lengths', `${to}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a length below zero', `${to}Content-Length: -5\r\n\r\n`],
    ['a method that is no word of HTTP', 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['an address beyond ASCII', 'GET /\xe4 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['something that is no HTTP', '\x16\x03\x01\x02\x00\x01\r\n\r\n'],
  ])('%s is refused', async (_name, bytes) => {
    expect(await exchange(bytes)).toEqual({ status: 400, body: refused('MALFORMED_REQUEST') })
  })

  test('an address longer than 16 KiB is refused', async () => {
    const long = `GET /products?ids=${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`

    expect(await exchange(long)).toEqual({ status: 431, body: refused('HEADERS_TOO_LARGE') })
  })

  test.each([
    ['no Host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    ['an expectation', `${to}Expect: tea\r\n\r\n`, 417, 'EXPECTATION_FAILED'],
    ['a tunnel', 'CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n', 405, 'METHOD_NOT_ALLOWED'],
    [
      'long extensions of a chunk',
      `${to}Transfer-Encoding: chunked\r\n\r\n2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
      413,
      'EXTENSIONS_TOO_LARGE',
    ],
  ])('%s is refused in the one shape of refusals', async (_name, bytes, status, code) => {
    expect(await exchange(bytes)).toEqual({ status, body: refused(code) })
  })

  test('no Host is no fault of HTTP/1.0', async () => {
    expect(statusesOf(await converse('GET /healthz HTTP/1.0\r\n\r\n'))).toEqual([200])
  })

  test('a request after one without Host is answered', async () => {
    const next = 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'

    const answers = await converse(`GET /healthz HTTP/1.1\r\n\r\n${next}`, 'write')

    expect(statusesOf(answers)).toEqual([400, 200])
  })

  test('whole requests before one that cannot be read get their own answers', async () => {
    const whole = 'GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n'

    const answers = await converse(`${whole}${whole}BREW / HTTP/1.1\r\n\r\n`, 'write')

    expect(statusesOf(answers)).toEqual([200, 200, 400])
  })

  test('a refusal reaches whoever is still sending', async () => {
    const endless = `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'a'.repeat(8_000_000)}\r\n\r\n`

    expect(await exchange(endless)).toEqual({ status: 431, body: refused('HEADERS_TOO_LARGE') })
  })

  test('a request that does not end is told so, and gives its place back', async () => {
    expect(server.app.server.requestTimeout).toBe(60_000)
    const accepted = once(server.app.server, 'connection')
    const answer = exchange(`${to}Content-Length: 50\r\n`)
    const [socket] = await accepted

    server.app.server.emit(
      'clientError',
      Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }),
      socket,
    )

    expect(await answer).toEqual({ status: 408, body: refused('TOO_SLOW') })
  })
})

describe('at the token call', () => {
  test.each([
    ['a key id with U+0000', `Basic ${Buffer.from('a\0b:c').toString('base64')}`],
    ['a key id that is no UTF-8', `Basic ${Buffer.from('\xff:c', 'latin1').toString('base64')}`],
    ['something that is no Basic', 'Basic !!!'],
  ])('%s belongs to nobody', async (_name, authorization) => {
    const answer = await server.call('POST', '/oauth/token', {
      body: { grant_type: 'client_credentials' },
      headers: { authorization },
    })

    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })
})
