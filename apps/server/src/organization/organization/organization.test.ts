/** An organization is archived and brought back by the operator; in between nothing changes. */
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { SYSTEM_PRINCIPAL } from '../../kit/principal.ts'
import { reportTask, startTask } from '../../kit/task/task.ts'
import { accessOf } from '../access/cache.ts'
import { changeOrganizationStatus } from './service.ts'

let server: TestServer
let organization: TestOrganization
beforeAll(async () => {
  server = await startTestServer()
})
beforeEach(async () => {
  organization = await server.organization()
})
afterAll(() => server.close())

async function become(status: 'ACTIVE' | 'ARCHIVED') {
  const { database, clock } = server.context
  const scope = {
    organizationId: organization.id,
    principalId: SYSTEM_PRINCIPAL.id,
    now: clock.now(),
  }
  const details = await database.transaction((writer) =>
    changeOrganizationStatus(writer, scope, status),
  )
  accessOf(database).forget()
  return details
}

function askForToken() {
  const { accessKeyId, apiSecret } = organization.accessKey
  return server.call('POST', '/oauth/token', {
    body: { grant_type: 'client_credentials' },
    headers: { authorization: `Basic ${btoa(`${accessKeyId}:${apiSecret}`)}` },
  })
}

const refused = { status: 403, body: { code: 'ORGANIZATION_ARCHIVED' } }

test.each<[string, 'POST' | 'PUT' | 'DELETE', string, object | undefined]>([
  ['measurements', 'POST', '/measurements', { measurements: [] }],
  ['bill jobs', 'POST', '/billjobs', { billDate: '2024-01-01' }],
  ['approvals', 'POST', '/bills/approve', { billIds: [] }],
  ['new products', 'POST', '/products', { name: 'P', code: 'p' }],
  ['its configuration', 'PUT', '/organizationconfig', {}],
  ['its rights', 'POST', '/permissionpolicies', { name: 'P', permissionPolicy: [] }],
  ['its programs', 'DELETE', '/serviceusers/x', undefined],
])('an archived organization refuses %s', async (_name, method, path, body) => {
  await become('ARCHIVED')

  const answer = await organization.call(method, path, body === undefined ? {} : { body })

  expect(answer).toMatchObject(refused)
})

test('an archived organization gives no tokens, and says why to whoever has the key', async () => {
  await become('ARCHIVED')

  const answer = await askForToken()

  expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  expect(answer.body.message).toContain('is archived')
})

test('a token from before enters no longer', async () => {
  await become('ARCHIVED')

  expect(await organization.get('/products')).toMatchObject(refused)
})

test('brought back, it is as it was', async () => {
  await organization.must.post('/products', { name: 'P', code: 'p' })

  const archived = await become('ARCHIVED')
  const reopened = await become('ACTIVE')

  expect([archived.status, reopened.status]).toEqual(['ARCHIVED', 'ACTIVE'])
  expect(reopened.version).toBe(archived.version + 1)
  expect((await askForToken()).status).toBe(200)
  await organization.must.post('/products', { name: 'Q', code: 'q' })
})

test('to archive twice is to archive once', async () => {
  const first = await become('ARCHIVED')

  expect(await become('ARCHIVED')).toEqual(first)
})

test('the change is told as any other', async () => {
  await become('ARCHIVED')
  await become('ACTIVE')

  const { data } = await organization.must.get(
    '/events?eventName=configuration.organization.updated',
  )

  expect(data[1].m3terEvent.eventData).toMatchObject({
    oldDto: { status: 'ACTIVE' },
    newDto: { status: 'ARCHIVED' },
  })
})

test('is not archived while something runs there', async () => {
  const { database, clock } = server.context
  const at = clock.now()
  const id = await database.transaction((writer) =>
    startTask(writer, {
      organizationId: organization.id,
      kind: 'billJob',
      title: 'Bills for 1 June 2024',
      startedBy: 'system',
      at,
    }),
  )

  await expect(become('ARCHIVED')).rejects.toMatchObject({
    code: 'STILL_RUNNING',
    message: expect.stringContaining('Bills for 1 June 2024'),
  })

  await reportTask(database.reader, organization.id, id, { status: 'COMPLETE', at })
  expect((await become('ARCHIVED')).status).toBe('ARCHIVED')
})
