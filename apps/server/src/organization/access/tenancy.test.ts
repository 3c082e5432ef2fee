/** Organizations are walls: of the database and of every call (organization 11, S1). */
import type { Operation } from '@countinghouse/contract/kit/operation.ts'
import { operations, resources } from '@countinghouse/contract/operations.ts'
import { runBills } from '@countinghouse/tests/support/bill-run.ts'
import { createSample, sampleBody } from '@countinghouse/tests/support/sample.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { type Statements, watchStatements } from '@countinghouse/tests/support/statements.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { raiseAlert } from '../../kit/alert/alert.ts'
import { addMember, createUser } from '../user/service.ts'

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
let statements: Statements
let ours: TestOrganization
let theirs: TestOrganization
const theirIds = new Map<string, string>()

beforeAll(async () => {
  server = await startTestServer()
  statements = await watchStatements(server.context)
  ours = await server.organization()
  theirs = await server.organization()
  for (const resource of resources) {
    const { id } = await createSample(resource, theirs)
    theirIds.set(resource.name, id)
  }
  await addOthers()
})
afterAll(() => server.close())

/** What they have beyond declared resources. */
async function addOthers() {
  const { context, clock } = server
  const organizationId = theirs.id
  const scope = { organizationId, principalId: 'system', now: clock.now() }
  await context.database.transaction((writer) =>
    raiseAlert(writer, {
      ...{ organizationId, type: 'BILLING', severity: 'INFO', description: 'A bill was made.' },
      at: clock.now(),
    }),
  )
  const person = { email: 'they@example.com', firstName: 'They', lastName: 'Lee' }
  const userId = await createUser(context, person, 'system')
  await context.database.transaction((writer) => addMember(writer, scope, userId))
  theirIds.set('user', userId)
  const first = async (path: string) => (await theirs.must.get(path)).data[0].id
  theirIds.set('alert', await first('/alerts'))
  theirIds.set('event', await first('/events'))
  const { accountId } = await theirs.must.get(`/accountplans/${theirIds.get('account-plan')}`)
  theirIds.set('account', accountId)
  await runBills(theirs, { accountIds: [accountId], lastDateInBillingPeriod: '2024-01-31' })
  theirIds.set('bill', await first('/bills'))
}

async function ourTables(): Promise<{ name: string; has: boolean }[]> {
  const { rows } = await sql<{ name: string; has: boolean }>`
    select table_name as name, bool_or(column_name = 'organization_id') as has
    from information_schema.columns
    where table_schema = 'public' group by table_name
  `.execute(server.context.database.reader)
  return rows
}

test('every table of ours has the column organization_id', async () => {
  const without = (await ourTables()).filter(({ has }) => !has).map(({ name }) => name)

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

/** Calls beyond declared resources whose bodies or queries name things by id. */
const naming: [method: 'GET' | 'POST' | 'PUT', path: string, sent: (id: IdOf) => object][] = [
  ['POST', '/billjobs', (id) => ({ accountIds: [id('account')] })],
  ['POST', '/billjobs/recalculate', (id) => ({ billIds: [id('bill')] })],
  ['POST', '/bills/approve', (id) => ({ billIds: [id('bill')] })],
  ['POST', '/bills/preview', (id) => ({ accountIds: [id('account')] })],
  ['PUT', '/alerts/status', (id) => ({ ids: [id('alert')], status: 'RESOLVED' })],
  ['PUT', '/events/actioned', (id) => ({ ids: [id('event')], actioned: true })],
  [
    'POST',
    '/permissionpolicies/OWN/addtoserviceuser',
    (id) => ({ principalId: id('service-user') }),
  ],
  ['POST', '/permissionpolicies/OWN/addtouser', (id) => ({ principalId: id('user') })],
  [
    'POST',
    '/permissionpolicies/THEIRS/addtoserviceuser',
    () => ({ principalId: ours.serviceUserId }),
  ],
  [
    'POST',
    '/usage/query',
    (id) => ({ ...period, meterIds: [id('meter')], accountIds: [id('account')] }),
  ],
  [
    'POST',
    '/usage/query',
    (id) => ({
      ...period,
      aggregations: [
        { meterId: id('meter'), fieldCode: 'gigabytes', fieldType: 'MEASURE', function: 'SUM' },
      ],
    }),
  ],
  [
    'POST',
    '/calculations/check',
    (id) => ({ place: 'derived-field', calculation: '1', meterId: id('meter') }),
  ],
]

type IdOf = (name: string) => string
const period = { startDate: '2020-01-01T00:00:00Z', endDate: '2030-01-01T00:00:00Z' }

describe('with ids of another organization in what is sent', () => {
  const referring = resources.filter(({ references }) => references.some(({ by }) => by !== 'code'))

  test.each(referring.map((resource) => [resource.path, resource] as const))(
    '%s makes and changes nothing',
    async (path, resource) => {
      const own = await createSample(resource, ours)
      const body = await sampleBody(resource, ours)
      const before = await theirPrints()

      for (const { field, resource: target, by } of resource.references) {
        const foreign = theirIds.get(target) ?? NOBODY
        if (by === 'code' || body[field] === undefined) continue
        const sent = { ...body, [field]: Array.isArray(body[field]) ? [foreign] : foreign }

        const made = await ours.post(path, sent)
        const changed = await ours.put(`${path}/${own.id}`, { ...sent, version: own.version })

        expect([made.status, changed.status]).toEqual([400, 400])
        const fields = made.body.errors.map((it: { field: string }) => it.field.split('[')[0])
        expect(fields).toContain(field)
      }
      expect(await theirPrints()).toEqual(before)
    },
  )

  test.each(naming)('%s %s finds nothing and changes nothing', async (method, path, sent) => {
    const own = (await ours.must.get('/permissionpolicies')).data.at(-1).id
    const url = path.replace('OWN', own).replace('THEIRS', await theirPolicy())
    const before = await theirPrints()

    const answer = await ours.call(method, url, { body: sent((name) => theirIds.get(name) ?? '') })

    const found = answer.body.data?.length || answer.body.marked || answer.body.values?.length
    const nothing = answer.status === 200 && !found && !/^[1-9]/.test(answer.body.message ?? '')
    expect(nothing || answer.status === 400 || answer.status === 404).toBe(true)
    expect(await theirPrints()).toEqual(before)
  })
})

const STAMPS = {
  id: NOBODY,
  version: 77,
  sequence: 1,
  createdBy: 'somebody else',
  lastModifiedBy: 'somebody else',
  dtCreated: '2001-01-01T00:00:00Z',
  dtLastModified: '2001-01-01T00:00:00Z',
}

describe('what only the server decides', () => {
  test.each(resources.map((resource) => [resource.path, resource] as const))(
    '%s is not decided by who creates or changes it',
    async (path, resource) => {
      const { id: orgId } = theirs
      const foreign = { orgId, organizationId: orgId, organization_id: orgId, organization: orgId }
      const sent = { ...STAMPS, ...foreign, ...(await sampleBody(resource, ours)) }
      const before = await theirPrints()

      const made = await ours.must.post(path, sent)
      const changed = await ours.must.put(`${path}/${made.id}`, { ...sent, version: made.version })

      expect(made).toMatchObject({ version: 1, createdBy: ours.serviceUserId })
      expect(changed).toMatchObject({
        id: made.id,
        version: 2,
        createdBy: ours.serviceUserId,
        lastModifiedBy: ours.serviceUserId,
        dtCreated: made.dtCreated,
      })
      expect(made.id).not.toBe(NOBODY)
      expect(made.dtCreated).not.toContain('2001')
      expect(await theirPrints()).toEqual(before)
    },
  )

  test.each(['/organizationconfig', '/customfields', '/billconfig', '/organization'])(
    '%s keeps its identity and its organization',
    async (path) => {
      const stored = await ours.must.get(path)
      const sent = {
        ...{ organizationName: 'Ours', ...stored, ...STAMPS, orgId: theirs.id },
        ...{ customerId: NOBODY, type: 'SANDBOX', status: 'ARCHIVED', version: stored.version },
      }
      const before = await theirPrints()

      const changed = await ours.must.put(path, sent)

      expect(changed).toMatchObject({ id: stored.id, version: stored.version + 1 })
      expect([changed.type, changed.status]).toEqual([stored.type, stored.status])
      expect(changed.customerId).toBe(stored.customerId)
      expect(await theirPrints()).toEqual(before)
    },
  )
})

/** What is asked over all organizations, with the reason. */
const ACROSS: [statement: RegExp, reason: string][] = [
  [/from access_key where id = \$1/, 'a key says which organization it belongs to'],
  [/from membership\s.*where user_id = \$1/s, 'where a person may go'],
  [/from bill_job\s+where status in .* and touched_at/s, 'jobs whose runner died'],
  [/^delete from \w+ where \w+_at < /, 'what is too old'],
]

describe('every statement', () => {
  /** All calls once more with what exists, those that take something away last. */
  beforeAll(async () => {
    const meter = await theirs.must.get(`/meters/${theirIds.get('meter')}`)
    const ts = new Date(server.clock.now()).toISOString()
    const values = {
      measure: { gigabytes: 1 },
      where: { region: 'EU' },
      metadata: { index_name: 'a' },
    }
    const measurements = [{ uid: 'twice', meter: meter.code, account: 'theirs', ts, ...values }]
    for (const copy of [measurements, measurements]) {
      await theirs.must.post('/measurements', { measurements: copy })
    }
    await theirs.must.get(`/measurements/last?meterIds=${meter.id}`)
    await theirs.must.get(`/usage/fieldvalues?meterId=${meter.id}&fieldCode=region`)
    for (const [method, path, sent] of naming) {
      const body = sent((name) => theirIds.get(name) ?? '')
      await theirs.call(method, path.replace(/OWN|THEIRS/, NOBODY), { body })
    }
    const order = ['GET', 'POST', 'PUT', 'DELETE']
    const calls = inOrganization.map(([, operation]) => operation)
    calls.sort((one, other) => order.indexOf(one.method) - order.indexOf(other.method))
    for (const operation of calls) {
      const { method } = operation
      const body = method === 'POST' || method === 'PUT' ? { body: {} } : {}
      const { status } = await theirs.call(method, pathWith(operation), body)
      expect(status).toBeLessThan(500)
    }
  })

  test('of PostgreSQL about rows of organizations says of which one', async () => {
    const tenants = (await ourTables()).filter(({ has }) => has).map(({ name }) => name)
    const about = new RegExp(`\\b(?:from|join|update|into|copy)\\s+"?(?:${tenants.join('|')})\\b`)
    const asked = [...statements.postgres].map((text) => text.trim()).filter((it) => about.test(it))

    const wide = asked.filter(
      (text) => !saysWhose(text) && !ACROSS.some(([known]) => known.test(text)),
    )

    expect(asked.length).toBeGreaterThan(100)
    expect(wide).toEqual([])
  })

  test('of ClickHouse about measurements says of which organization', () => {
    const about = /\b(?:from|join)\s+(?:event|refusal|refusal_mark)\b/
    const asked = [...statements.clickhouse].filter((text) => about.test(text))

    expect(asked.length).toBeGreaterThan(7)
    expect(asked.filter((text) => !/\borg = \{org:UInt32\}/.test(text))).toEqual([])
  })
})

/** Rows that are added carry it, all others are looked for by it. */
function saysWhose(text: string): boolean {
  const isAdding = /^(?:insert into|copy) "?\w+"?\s*(?:as \w+ )?\(\s*"?organization_id"?/.test(text)
  return isAdding || /organization_id"? = |= (?:\w+\.)?organization_id/.test(text)
}

async function theirPolicy(): Promise<string> {
  return (await theirs.must.get('/permissionpolicies')).data.at(-1).id
}

/** Every row that carries their id, in a form that shows any change. */
async function theirPrints(): Promise<Record<string, string | undefined>> {
  const { reader } = server.context.database
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'organization_id' order by 1
  `.execute(reader)
  const prints: Record<string, string | undefined> = {}
  for (const { name } of tables) {
    const { rows } = await sql<{ print: string }>`
      select count(*) || md5(coalesce(string_agg(it::text, ',' order by it::text), '')) as print
      from ${sql.table(name)} it where organization_id = ${theirs.id}
    `.execute(reader)
    prints[name] = rows[0]?.print
  }
  return prints
}

/** The path with their ids: of the resource that the parameter is named for, or at that path. */
function pathWith({ path }: Operation): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, parameter: string, offset: number) => {
    const kebab = parameter.replace(/Id$/, '').replaceAll(/[A-Z]/g, (it) => `-${it.toLowerCase()}`)
    const collection = path.slice(0, offset - 1)
    const resource = resources.find(({ name, path: at }) => name === kebab || at === collection)
    return theirIds.get(resource?.name ?? '') ?? NOBODY
  })
}
