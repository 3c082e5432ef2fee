/** Organizations are walls: of the database and of every call (organization 11, S1). */
import type { Operation } from '@countinghouse/contract/kit/operation.ts'
import { operations, resources } from '@countinghouse/contract/operations.ts'
import { createSample } from '@countinghouse/tests/support/sample.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const NOBODY = '00000000-0000-4000-8000-000000000000'

/** What belongs to the whole instance, with the reason. */
const WITHOUT_ORGANIZATION = new Map([
  ['migration', 'which steps of the schema were taken'],
  ['organization', 'the organizations themselves'],
  ['person', 'people exist once and may enter several organizations'],
  ['instance_secret', 'one for the instance'],
  ['signing_key', 'tokens of all organizations are signed with it'],
])

let server: TestServer
let ours: TestOrganization
let theirs: TestOrganization
const theirIds = new Map<string, string>()

beforeAll(async () => {
  server = await startTestServer()
  ours = await server.organization()
  theirs = await server.organization()
  for (const resource of resources) {
    const { id } = await createSample(resource, theirs)
    theirIds.set(resource.name, id)
  }
})
afterAll(() => server.close())

test('every table of ours has the column organization_id', async () => {
  const { rows } = await sql<{ name: string; has: boolean }>`
    select table_name as name, bool_or(column_name = 'organization_id') as has
    from information_schema.columns
    where table_schema = 'public' group by table_name
  `.execute(server.context.database.reader)

  const without = rows.filter(({ has }) => !has).map(({ name }) => name)

  expect(without.sort()).toEqual([...WITHOUT_ORGANIZATION.keys()].sort())
})

const inOrganization = operations
  .filter(({ scope }) => scope === 'organization')
  .map((operation) => [`${operation.method} ${operation.path}`, operation] as const)

describe('with the token of another organization', () => {
  test.each(inOrganization)('%s is refused at the door', async (_name, operation) => {
    const path = `/organizations/${theirs.id}${pathWith(operation)}`
    const headers = { authorization: `Bearer ${await ours.token()}` }

    const answer = await server.call(operation.method, path, {
      headers,
      ...(operation.method === 'POST' || operation.method === 'PUT' ? { body: {} } : {}),
    })

    expect(answer.status).toBe(403)
  })
})

describe('with ids of another organization', () => {
  const withIds = inOrganization.filter(([, { path }]) => path.includes('{'))

  test.each(withIds)('%s finds nothing', async (_name, operation) => {
    const answer = await ours.call(operation.method, pathWith(operation), {
      ...(operation.method === 'POST' || operation.method === 'PUT' ? { body: {} } : {}),
    })

    const isEmptyList = answer.status === 200 && answer.body.data?.length === 0
    expect(isEmptyList || answer.status === 400 || answer.status === 404).toBe(true)
  })
})

/** The path with their ids: of the resource that the parameter is named for, or at that path. */
function pathWith({ path }: Operation): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, parameter: string, offset: number) => {
    const kebab = parameter.replace(/Id$/, '').replaceAll(/[A-Z]/g, (it) => `-${it.toLowerCase()}`)
    const collection = path.slice(0, offset - 1)
    const resource = resources.find(({ name, path: at }) => name === kebab || at === collection)
    return theirIds.get(resource?.name ?? '') ?? NOBODY
  })
}
