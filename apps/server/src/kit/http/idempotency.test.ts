import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

const PATH = '/picklists/creditreasons'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const keyed = (key: string, body: unknown) => ({ headers: { 'idempotency-key': key }, body })

test('a repeat gets the first answer and does nothing again', async () => {
  const organization = await server.organization()

  const first = await organization.call('POST', PATH, keyed('one', { name: 'Once' }))
  const second = await organization.call('POST', PATH, keyed('one', { name: 'Once' }))

  expect(second.body).toEqual(first.body)
  expect(second.headers['idempotent-replayed']).toBe('true')
  expect(first.headers['idempotent-replayed']).toBeUndefined()
  expect((await organization.must.get(PATH)).data).toHaveLength(1)
})

test('repeats that come at the same moment wait for the first', async () => {
  const organization = await server.organization()

  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      organization.call('POST', PATH, keyed('same', { name: 'Once' })),
    ),
  )

  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  expect((await organization.must.get(PATH)).data).toHaveLength(1)
})

test('a refusal is repeated as well', async () => {
  const organization = await server.organization()

  const first = await organization.call('POST', PATH, keyed('bad', {}))
  const second = await organization.call('POST', PATH, keyed('bad', {}))

  expect(first.status).toBe(400)
  expect(second).toMatchObject({ status: 400, body: first.body })
})

test('a key belongs to one request', async () => {
  const organization = await server.organization()
  await organization.call('POST', PATH, keyed('two', { name: 'First' }))

  const answer = await organization.call('POST', PATH, keyed('two', { name: 'Second' }))

  expect(answer).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_REUSED' } })
})

test('organizations do not share keys', async () => {
  const ours = await server.organization()
  const theirs = await server.organization()
  await ours.call('POST', PATH, keyed('shared', { name: 'Ours' }))

  const answer = await theirs.call('POST', PATH, keyed('shared', { name: 'Theirs' }))

  expect(answer).toMatchObject({ status: 200, body: { name: 'Theirs' } })
})

test('without a key a repeat is a new request', async () => {
  const organization = await server.organization()
  await organization.must.post(PATH, { name: 'Twice' })
  await organization.must.post(PATH, { name: 'Twice' })

  expect((await organization.must.get(PATH)).data).toHaveLength(2)
})
