import { randomUUID } from 'node:crypto'
import { addMember, createUser } from '@countinghouse/server/organization/user/service.ts'
import { type Person, personAt } from '@countinghouse/tests/support/person.ts'
import { createProgram } from '@countinghouse/tests/support/program.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { raiseAlert } from '../alert/alert.ts'
import { reportTask, startTask } from '../task/task.ts'

let server: TestServer
let url: string

beforeAll(async () => {
  server = await startTestServer()
  url = await server.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => server.close())

/** Kinds of changes as an open page hears them. */
async function listen(organization: TestOrganization, as?: Record<string, string>) {
  const stop = new AbortController()
  const answer = await fetch(`${url}/organizations/${organization.id}/console/changes`, {
    headers: as ?? { authorization: `Bearer ${await organization.token()}` },
    signal: stop.signal,
  })
  const kinds: string[] = []
  const reading = (async () => {
    for await (const chunk of answer.body ?? []) {
      const text = Buffer.from(chunk).toString()
      for (const [, data] of text.matchAll(/^data: (.+)$/gm))
        kinds.push(JSON.parse(data ?? '').kind)
    }
  })().catch(() => undefined)
  return {
    status: answer.status,
    kinds,
    /** Resolves when the server ends the stream. */
    ended: reading,
    async end() {
      stop.abort()
      await reading
    },
  }
}

/** Somebody who has signed in to the organization. */
async function memberOf(organization: TestOrganization) {
  const { context, clock } = server
  const email = `${randomUUID()}@example.com`
  const password = 'correct horse battery staple'
  const details = { email, firstName: 'Ann', lastName: 'Lee', password }
  const id = await createUser(context, details, 'system')
  const scope = { organizationId: organization.id, principalId: 'system', now: clock.now() }
  await context.database.transaction((writer) => addMember(writer, scope, id, 'READ_ONLY'))
  const person = personAt(server)
  await person.call('POST', '/auth/sign-in/email', { body: { email, password } })
  return { id, person }
}

describe('an open page', () => {
  it('hears of changes of its organization, and of no other', async () => {
    const mine = await server.organization()
    const other = await server.organization()
    const page = await listen(mine)

    await other.must.post('/products', { name: 'Other', code: 'other' })
    await mine.must.post('/products', { name: 'Images', code: 'images' })

    await vi.waitFor(() => expect(page.kinds.length).toBeGreaterThan(0), 5_000)
    expect(page.kinds).toEqual(['configuration.product.created'])
    await page.end()
  })

  it('hears of tasks as they move and of alerts', async () => {
    const organization = await server.organization()
    const page = await listen(organization)
    const { database } = server.context
    const at = Date.parse('2024-06-01T00:00:00Z')

    await database.transaction(async (writer) => {
      await startTask(writer, {
        organizationId: organization.id,
        kind: 'billJob',
        title: 'Bills for 1 June 2024',
        total: 10,
        startedBy: 'somebody',
        at,
      })
      await raiseAlert(writer, {
        organizationId: organization.id,
        type: 'BILLING',
        severity: 'INFO',
        description: 'Bills are being made.',
        at,
      })
    })

    await vi.waitFor(
      () =>
        expect(new Set(page.kinds)).toEqual(
          new Set(['task', 'alert', 'configuration.alert.created']),
        ),
      5_000,
    )
    await page.end()
  })

  it('hears nothing more once its key is deactivated', async () => {
    const organization = await server.organization()
    const program = await createProgram(server, organization, 'ReadOnly')
    const page = await listen(organization, { authorization: `Bearer ${program.token}` })
    const keys = `/serviceusers/${program.id}/accesskeys`
    const { data } = await organization.must.get(keys)

    await organization.must.put(`${keys}/${data[0].accessKeyId}`, { status: 'INACTIVE' })
    await organization.must.post('/products', { name: 'Images', code: 'images' })

    await page.ended
    expect(page.kinds).not.toContain('configuration.product.created')
  })

  it.each([
    ['signs out', (person: Person) => person.call('POST', '/auth/sign-out', { body: {} })],
    [
      'may no longer enter',
      (_person: Person, userId: string, { must }: TestOrganization) =>
        must.put(`/users/${userId}/status`, { status: 'INACTIVE', version: 1 }),
    ],
  ])('hears nothing more once its person %s', async (_what, leave) => {
    const organization = await server.organization()
    const { id, person } = await memberOf(organization)
    const page = await listen(organization, { cookie: person.cookies() })

    await leave(person, id, organization)
    await organization.must.post('/products', { name: 'Images', code: 'images' })

    await page.ended
    expect(page.status).toBe(200)
    expect(page.kinds).not.toContain('configuration.product.created')
  })

  it('needs the right to be in the organization', async () => {
    const organization = await server.organization()
    const answer = await fetch(`${url}/organizations/${organization.id}/console/changes`)

    expect(answer.status).toBe(401)
  })
})

describe('tasks', () => {
  it('are listed with their progress, and a day after their end no more', async () => {
    const organization = await server.organization()
    const { database, clock } = server.context
    const organizationId = organization.id
    const start = (title: string) =>
      database.transaction((writer) =>
        startTask(writer, {
          ...{ organizationId, kind: 'billJob', title, total: 10 },
          ...{ startedBy: 'somebody', at: clock.now() },
        }),
      )
    const running = await start('running')
    const ended = await start('ended long ago')
    await reportTask(database.reader, organizationId, running, {
      status: 'RUNNING',
      done: 4,
      at: clock.now(),
    })
    await reportTask(database.reader, organizationId, ended, {
      status: 'FAILED',
      at: clock.now() - 86_400_001,
    })

    const { data } = await organization.must.get('/console/tasks')

    expect(data).toMatchObject([{ title: 'running', status: 'RUNNING', done: 4, total: 10 }])
  })
})

describe('an alert that repeats within the hour', () => {
  it('is one row that counts', async () => {
    const { id: organizationId } = await server.organization()
    const { database } = server.context
    const raise = (at: string) =>
      database.transaction((writer) =>
        raiseAlert(writer, {
          organizationId,
          type: 'API_INGEST',
          severity: 'WARN',
          description: 'Measurements lack the field cpu.',
          key: 'MissingField meter-1',
          at: Date.parse(at),
        }),
      )

    await raise('2024-06-01T10:05:00Z')
    await raise('2024-06-01T10:55:00Z')
    await raise('2024-06-01T11:00:00Z')

    const { rows } = await sql<{ count: string }>`
      select count from alert where organization_id = ${organizationId} order by sequence
    `.execute(database.reader)
    expect(rows.map(({ count }) => count)).toEqual(['2', '1'])
  })
})
