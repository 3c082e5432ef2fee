import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const PATH = '/picklists/creditreasons'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ config: { logLevel: 'silent' } })
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

test('a secret is told once and stored nowhere', async () => {
  const organization = await server.organization()
  const path = `/serviceusers/${organization.serviceUserId}/accesskeys`

  const first = await organization.call('POST', path, keyed('secret', {}))
  const second = await organization.call('POST', path, keyed('secret', {}))

  expect(first.body.apiSecret).toEqual(expect.any(String))
  expect(second).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_ANSWER_LOST' } })
  expect((await organization.must.get(path)).data).toHaveLength(2)
  const { rows } = await server.context.database.pool.query('select answer from idempotency_key')
  expect(JSON.stringify(rows)).not.toContain(first.body.apiSecret)
})

test('without a key a repeat is a new request', async () => {
  const organization = await server.organization()
  await organization.must.post(PATH, { name: 'Twice' })
  await organization.must.post(PATH, { name: 'Twice' })

  expect((await organization.must.get(PATH)).data).toHaveLength(2)
})

describe('when the answer cannot be kept', () => {
  /** From now on nothing that was answered is written down. */
  const loseAnswers = () =>
    server.context.database.pool.query(`
      create function lose() returns trigger language plpgsql as
        $$ begin raise exception 'the answer is lost'; end $$;
      create trigger lose before update on idempotency_key
        for each row when (new.answer is not null) execute function lose()`)
  const keepAnswers = () => server.context.database.pool.query('drop function lose cascade')
  const makeOlder = (organization: TestOrganization) =>
    server.context.database.pool.query(
      `update idempotency_key set created_at = created_at - interval '2 minutes'
       where organization_id = $1`,
      [organization.id],
    )

  test('the caller gets it all the same, and a repeat does nothing again', async () => {
    const organization = await server.organization()
    await loseAnswers()

    const first = await organization.call('POST', PATH, keyed('lost', { name: 'Once' }))
    await keepAnswers()
    await makeOlder(organization)
    const second = await organization.call('POST', PATH, keyed('lost', { name: 'Once' }))

    expect(first).toMatchObject({ status: 200, body: { name: 'Once' } })
    expect(second).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_ANSWER_LOST' } })
    expect((await organization.must.get(PATH)).data).toHaveLength(1)
  })

  test('a refusal is told all the same, and a repeat is looked at anew', async () => {
    const organization = await server.organization()
    await loseAnswers()

    const first = await organization.call('POST', PATH, keyed('lost', {}))
    await keepAnswers()
    await makeOlder(organization)
    const second = await organization.call('POST', PATH, keyed('lost', {}))

    expect([first.status, second.status]).toEqual([400, 400])
    expect(second.body.code).toBe(first.body.code)
  })
})

test('a request that was cut off before it was carried out is carried out by its repeat', async () => {
  const organization = await server.organization()
  await organization.call('POST', PATH, keyed('cut', { name: 'Once' }))
  const { pool } = server.context.database
  await pool.query(
    `update idempotency_key set status = null, answer = null, created_at = now() - interval '2 minutes'
     where organization_id = $1`,
    [organization.id],
  )

  const repeat = await organization.call('POST', PATH, keyed('cut', { name: 'Once' }))

  expect(repeat.status).toBe(200)
  expect(repeat.headers['idempotent-replayed']).toBeUndefined()
})

test('one that takes so long that its repeat is carried out leaves nothing of its own', async () => {
  const organization = await server.organization()
  const { pool } = server.context.database
  const other = await pool.connect()
  await other.query('begin')
  await other.query('lock table credit_reason in exclusive mode')
  const first = organization.call('POST', PATH, keyed('slow', { name: 'Once' }))
  const isWaiting = async () =>
    (
      await pool.query(
        `select from pg_locks where not granted and relation = 'credit_reason'::regclass`,
      )
    ).rowCount
  await expect.poll(isWaiting).toBe(1)
  await pool.query(
    `update idempotency_key set created_at = created_at - interval '2 minutes' where organization_id = $1`,
    [organization.id],
  )
  const repeat = organization.call('POST', PATH, keyed('slow', { name: 'Once' }))
  await expect.poll(isWaiting).toBe(2)

  await other.query('commit')
  other.release()
  const answers = await Promise.all([first, repeat])

  expect(answers.map(({ status }) => status)).toEqual([503, 200])
  expect((await organization.must.get(PATH)).data).toHaveLength(1)
})
