/** Every call by everybody: who gets in and who does not, and that a refused call leaves no trace. */
import type { Operation } from '@countinghouse/contract/kit/operation.ts'
import { operations, resources } from '@countinghouse/contract/operations.ts'
import { createProgram } from '@countinghouse/tests/support/program.ts'
import { createSample } from '@countinghouse/tests/support/sample.ts'
import {
  type Answer,
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** What a member may do without any right: about oneself, and names behind ids. */
const OPEN_TO_MEMBERS = [
  'listAdministrators',
  'listOwnStatements',
  'listPrincipals',
  'markOrganizationOpened',
  'readChecklist',
  'readMe',
  'readOrganization',
  'updateChecklist',
]

/** What anybody on the network may call. */
const OPEN_TO_ALL = [
  'createToken',
  'downloadFailedIngest',
  'readSetUp',
  'readSigningKeys',
  'requestPasswordReset',
  'resetPassword',
  'setUp',
  'signInByLink',
  'signInByPassword',
  'signOut',
]

const READER = ['config:retrieve', 'measurements:retrieve', 'analytics:query']
const SENDER = ['measurements:upload', 'measurements:fileupload']

type Caller = {
  name: string
  token: () => Promise<string | null>
  /** Which calls of the organization are let in. */
  may: (operation: Operation) => boolean
  refusal: number
}

let server: TestServer
let ours: TestOrganization
let theirs: TestOrganization
const ids = new Map<string, string>()
const tokens = new Map<string, string>()

const hasRight = (actions: string[]) => (operation: Operation) =>
  operation.permission === undefined || actions.includes(operation.permission.action)
const program = (name: string) => async () => tokens.get(name) ?? null

const callers: Caller[] = [
  { name: 'nobody', token: async () => null, may: () => false, refusal: 401 },
  {
    name: 'another organization',
    token: () => theirs.token(),
    may: () => false,
    refusal: 403,
  },
  { name: 'without rights', token: program('without rights'), may: hasRight([]), refusal: 403 },
  { name: 'ReadOnly', token: program('ReadOnly'), may: hasRight(READER), refusal: 403 },
  { name: 'Ingest', token: program('Ingest'), may: hasRight(SENDER), refusal: 403 },
  { name: 'Administrator', token: () => ours.token(), may: () => true, refusal: 403 },
]

beforeAll(async () => {
  server = await startTestServer()
  ours = await server.organization()
  theirs = await server.organization()
  for (const resource of resources) {
    ids.set(resource.path, (await createSample(resource, ours)).id)
  }
  tokens.set('without rights', (await createProgram(server, ours, [])).token)
  for (const name of ['ReadOnly', 'Ingest']) {
    tokens.set(name, (await createProgram(server, ours, name)).token)
  }
})
afterAll(() => server.close())

const inOrganization = operations.filter(({ scope }) => scope === 'organization')

/** Of things that are there, as far as they are declared resources. */
function pathOf({ path }: Operation): string {
  return path.replaceAll(/\{\w+\}/g, (_parameter, offset: number) => {
    const known = ids.get(path.slice(0, offset - 1))
    return known ?? '00000000-0000-4000-8000-000000000000'
  })
}

async function callAs(caller: Caller, operation: Operation): Promise<Answer> {
  const token = await caller.token()
  const hasBody = operation.method === 'POST' || operation.method === 'PUT'
  return server.call(operation.method, `/organizations/${ours.id}${pathOf(operation)}`, {
    ...(token !== null && { headers: { authorization: `Bearer ${token}` } }),
    ...(hasBody && { body: {} }),
  })
}

/** Every row of every table, and how many measurements there are. */
async function everything(): Promise<string[]> {
  const { reader } = server.context.database
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1
  `.execute(reader)
  const prints: string[] = []
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ print: string }>`
      select md5(coalesce(string_agg(line, ',' order by line), '')) as print
      from (select it::text as line from ${sql.table(name)} it) lines
    `.execute(reader)
    prints.push(`${name} ${rows[0]?.print}`)
  }
  const [events] = await server.context.events.query<{ count: string }>(
    'select count() as count from event',
    {},
  )
  return [...prints, `measurements ${events?.count}`]
}

describe.each(callers.map((caller) => [caller.name, caller] as const))('%s', (_name, caller) => {
  const refused = inOrganization.filter((operation) => !caller.may(operation))
  const admitted = inOrganization.filter((operation) => caller.may(operation))

  if (refused.length > 0)
    test('is refused what it has no right to, and changes nothing by trying', async () => {
      const before = await everything()

      const wrong: string[] = []
      for (const operation of refused) {
        const { status } = await callAs(caller, operation)
        if (status !== caller.refusal) wrong.push(`${operation.id} answered ${status}`)
      }

      expect(wrong).toEqual([])
      expect(await everything()).toEqual(before)
    })

  if (admitted.length > 0)
    test('is let in to what it has a right to', async () => {
      const wrong: string[] = []
      // Deleting comes last, so that there is something to read.
      const inOrder = admitted.toSorted((a, b) => order(a) - order(b))
      for (const operation of inOrder) {
        const { status } = await callAs(caller, operation)
        if (![200, 400, 404].includes(status)) wrong.push(`${operation.id} answered ${status}`)
      }

      expect(wrong).toEqual([])
    })
})

const order = ({ method }: Operation) => (method === 'DELETE' ? 1 : 0)

describe('calls that ask for no right', () => {
  test('are those of members about themselves, and no other', () => {
    const open = inOrganization.filter(({ permission }) => permission === undefined)

    expect(open.map(({ id }) => id).sort()).toEqual(OPEN_TO_MEMBERS)
  })

  test('are for anybody only where nobody can have signed in yet', () => {
    const open = operations.filter(
      ({ scope, permission }) => scope === 'instance' && permission === undefined,
    )

    expect(open.map(({ id }) => id).sort()).toEqual(OPEN_TO_ALL)
  })

  test('of one’s own profile need a session', async () => {
    const own = operations.filter(
      ({ scope, permission }) => scope === 'instance' && permission !== undefined,
    )

    const answers: number[] = []
    for (const { method, path } of own) {
      const hasBody = method === 'POST' || method === 'PUT'
      const url = path.replaceAll(/\{\w+\}/g, 'any')
      answers.push((await server.call(method, url, hasBody ? { body: {} } : {})).status)
    }

    expect(new Set(answers)).toEqual(new Set([401]))
  })
})
