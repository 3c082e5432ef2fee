/** What every declared resource does alike, tried on each from its sample. */
import { resources } from '@countinghouse/contract/operations.ts'
import { areas } from '@countinghouse/server/app.ts'
import { createProgram, type Program } from '@countinghouse/tests/support/program.ts'
import { createSample, type Item, sampleBody } from '@countinghouse/tests/support/sample.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { sql } from 'kysely'
import type { TSchema } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const served = areas.flatMap((area) => area.resources).map(({ resource }) => resource)

const CREATED = '2024-06-01T08:00:00.000Z'
const CHANGED = '2024-06-01T08:00:05.000Z'
const NOBODY = '00000000-0000-4000-8000-000000000000'

let server: TestServer
let ours: TestOrganization
let theirs: TestOrganization
let readerToken: string
let colleague: Program

beforeAll(async () => {
  server = await startTestServer({ now: CREATED })
  ours = await server.organization()
  theirs = await server.organization()
  readerToken = (await createProgram(server, ours, 'ReadOnly')).token
  colleague = await createProgram(server, ours, 'Administrator')
})
afterAll(() => server.close())

async function eventsOf(id: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from domain_event where resource_id = ${id} order by sequence
  `.execute(server.context.database.reader)
  return rows.map(({ name }) => name)
}

/** A value no field of this schema takes. */
function wrongValue(schema: TSchema): unknown {
  const { type } = schema as TSchema & { type?: string }
  return type === 'string' || type === undefined ? { wrong: true } : 'wrong'
}

test('every declared resource is served', () => {
  expect(served.map(({ name }) => name).sort()).toEqual(resources.map(({ name }) => name).sort())
})

describe.each(served.map((resource) => [resource.name, resource] as const))(
  '%s',
  (_name, resource) => {
    const { path } = resource

    test('is created at version 1 with its stamps and read back the same', async () => {
      const body = await sampleBody(resource, ours)

      const answer = await ours.post(path, body)
      const readBack = await ours.get(`${path}/${answer.body.id}`)

      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      expect(answer.body).toMatchObject({
        ...{ ...body, version: 1, dtCreated: CREATED, dtLastModified: CREATED },
        ...{ createdBy: ours.serviceUserId, lastModifiedBy: ours.serviceUserId },
      })
      expect(readBack.body).toEqual(answer.body)
    })

    test('is listed newest first, page by page, without gaps', async () => {
      const organization = await server.organization()
      const made: string[] = []
      for (let count = 0; count < 3; count += 1)
        made.unshift((await createSample(resource, organization)).id)

      const seen: string[] = []
      let query = '?pageSize=2'
      for (let pages = 0; query !== '' && pages < 9; pages += 1) {
        const page = await organization.must.get(`${path}${query}`)
        expect(page.data.length).toBeGreaterThan(0)
        seen.push(...page.data.map((item: Item) => item.id))
        query = page.nextToken ? `?pageSize=2&nextToken=${encodeURIComponent(page.nextToken)}` : ''
      }

      expect(seen.slice(0, 3)).toEqual(made)
    })

    test('is listed by ids, in both writings, unknown ones left out', async () => {
      const one = await createSample(resource, ours)
      const two = await createSample(resource, ours)

      const commas = await ours.must.get(`${path}?ids=${one.id},${two.id},${NOBODY}`)
      const repeated = await ours.must.get(`${path}?ids=${one.id}&ids=${two.id}`)

      expect(commas.data.map(({ id }: Item) => id)).toEqual([two.id, one.id])
      expect(repeated.data).toEqual(commas.data)
    })

    test('is listed as ever with parameters that hold nothing', async () => {
      const filters = resource.filters.map(({ query }) => `&${query}=`).join('')

      const plain = await ours.must.get(path)
      const empty = await ours.must.get(`${path}?pageSize=&nextToken=&ids=${filters}`)

      expect(empty).toEqual(plain)
    })

    test.each([
      ['too small a page', 'pageSize', '0'],
      ['too large a page', 'pageSize', String(resource.maxPageSize + 1)],
      ['a page size in words', 'pageSize', 'many'],
      ['a made-up token', 'nextToken', 'nonsense'],
      ['too many ids', 'ids', Array.from({ length: 201 }, () => NOBODY).join(',')],
    ])('refuses a list with %s', async (_problem, field, value) => {
      const query = `${field}=${value}`

      const answer = await ours.get(`${path}?${query}`)

      expect(answer.status).toBe(400)
      expect(answer.body.message).toContain(field)
    })

    test('is replaced, which raises the version by one and says by whom and when', async () => {
      const body = await sampleBody(resource, ours)
      const before = await ours.must.post(path, body)

      server.clock.set(CHANGED)
      const after = await colleague.call('PUT', `${path}/${before.id}`, {
        body: { ...body, version: 1 },
      })
      server.clock.set(CREATED)

      expect(after.body).toMatchObject({
        ...{ ...body, id: before.id, version: 2, dtCreated: before.dtCreated },
        ...{ createdBy: ours.serviceUserId, lastModifiedBy: colleague.id },
        dtLastModified: CHANGED,
      })
      expect(await ours.must.get(`${path}/${before.id}`)).toEqual(after.body)
    })

    test('takes one of two changes to the same version', async () => {
      const body = await sampleBody(resource, ours)
      const { id } = await ours.must.post(path, body)
      const change = { ...body, version: 1 }

      const answers = await Promise.all([
        ours.put(`${path}/${id}`, change),
        ours.put(`${path}/${id}`, change),
      ])

      const [refused, ...more] = answers.filter(({ status }) => status !== 200)
      expect(more).toEqual([])
      expect(refused).toMatchObject({ status: 400, body: { code: 'VERSION_MISMATCH' } })
      expect((await ours.must.get(`${path}/${id}`)).version).toBe(2)
    })

    test('is not changed from a stale or missing version', async () => {
      const body = await sampleBody(resource, ours)
      const { id } = await ours.must.post(path, body)

      const stale = await ours.put(`${path}/${id}`, { ...body, version: 7 })
      const missing = await ours.put(`${path}/${id}`, body)

      expect(stale).toMatchObject({ status: 400, body: { code: 'VERSION_MISMATCH' } })
      expect(stale.body.message).toMatch(/1.*7/s)
      expect(missing.status).toBe(400)
      expect(missing.body.message).toContain('version')
      expect((await ours.must.get(`${path}/${id}`)).version).toBe(1)
    })

    if (resource.uniqueCode)
      test('has a code of its own', async () => {
        const first = await createSample(resource, ours)
        const body = { ...(await sampleBody(resource, ours)), code: first.code }

        const answer = await ours.post(path, body)

        expect(answer.status).toBe(400)
        expect(answer.body.errors).toContainEqual(expect.objectContaining({ field: 'code' }))
        expect(answer.body.message).toContain(String(first.code))
      })

    if (resource.uniqueCode)
      test('may share its code with another organization', async () => {
        const first = await createSample(resource, ours)

        const answer = await theirs.post(path, {
          ...(await sampleBody(resource, theirs)),
          code: first.code,
        })

        expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      })

    test.each([NOBODY, 'not-an-id'])('is not found under %s', async (id) => {
      const body = { ...(await sampleBody(resource, ours)), version: 1 }

      const answers = [
        await ours.get(`${path}/${id}`),
        await ours.put(`${path}/${id}`, body),
        await ours.delete(`${path}/${id}`),
      ]

      for (const answer of answers) {
        expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
      }
    })

    test('is deleted, and the answer is what was deleted', async () => {
      const item = await createSample(resource, ours)

      const deleted = await ours.delete(`${path}/${item.id}`)

      expect(deleted).toMatchObject({ status: 200, body: { id: item.id } })
      expect((await ours.get(`${path}/${item.id}`)).status).toBe(404)
    })

    test('cannot be touched from another organization', async () => {
      const body = await sampleBody(resource, ours)
      const item = await ours.must.post(path, body)
      const ourPath = `/organizations/${ours.id}${path}/${item.id}`
      const asThem = { headers: { authorization: `Bearer ${await theirs.token()}` } }
      const change = { ...body, version: 1 }

      const answers = [
        await theirs.get(`${path}/${item.id}`),
        await theirs.put(`${path}/${item.id}`, change),
        await theirs.delete(`${path}/${item.id}`),
        await server.call('GET', ourPath, asThem),
        await server.call('PUT', ourPath, { ...asThem, body: change }),
        await server.call('DELETE', ourPath, asThem),
        await server.call('GET', `/organizations/${ours.id}${path}`, asThem),
      ]

      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 403, 403, 403, 403])
      expect((await theirs.must.get(`${path}?ids=${item.id}`)).data).toEqual([])
      expect(await ours.must.get(`${path}/${item.id}`)).toEqual(item)
    })

    test('is read, but not changed, with the right to read only', async () => {
      const body = await sampleBody(resource, ours)
      const item = await ours.must.post(path, body)
      const whole = `/organizations/${ours.id}${path}`
      const asReader = { headers: { authorization: `Bearer ${readerToken}` } }

      const read = await server.call('GET', `${whole}/${item.id}`, asReader)
      const listed = await server.call('GET', whole, asReader)
      const refused = [
        await server.call('POST', whole, { ...asReader, body: { ...body, code: 'other' } }),
        await server.call('PUT', `${whole}/${item.id}`, {
          ...asReader,
          body: { ...body, version: 1 },
        }),
        await server.call('DELETE', `${whole}/${item.id}`, asReader),
      ]

      expect([read.status, listed.status]).toEqual([200, 200])
      for (const answer of refused) {
        expect(answer).toMatchObject({ status: 403, body: { code: 'MISSING_RIGHT' } })
      }
      expect(await ours.must.get(`${path}/${item.id}`)).toEqual(item)
    })

    test('refuses malformed JSON', async () => {
      const answer = await ours.post(path, '{"name": ')

      expect(answer).toMatchObject({ status: 400, body: { code: 'MALFORMED_JSON' } })
    })

    test('names every field that is missing, at once', async () => {
      const required = (resource.body as { required?: string[] }).required ?? []

      const answer = await ours.post(path, {})

      expect(answer.status).toBe(required.length === 0 ? answer.status : 400)
      const named = (answer.body.errors ?? []).map(({ field }: { field: string }) => field)
      expect(named).toEqual(expect.arrayContaining(required))
    })

    test('names every field of a wrong type, at once', async () => {
      const entries = Object.entries(resource.body.properties as Record<string, TSchema>)
      const body = Object.fromEntries(entries.map(([field, schema]) => [field, wrongValue(schema)]))

      const answer = await ours.post(path, body)

      expect(answer.status).toBe(400)
      const named = answer.body.errors.map(({ field }: { field: string }) => field.split(/[.[]/)[0])
      expect([...new Set(named)].sort()).toEqual(entries.map(([field]) => field).sort())
    })

    if (resource.references.length > 0)
      test('refuses ids that are not there, with their field', async () => {
        const body = await sampleBody(resource, ours)
        const missing = { id: NOBODY, code: 'ZZZ' }
        const wrong = Object.fromEntries(
          resource.references.map(({ field, by }) => {
            const value = missing[by ?? 'id']
            const schema = resource.body.properties[field] as TSchema & { type?: string }
            return [field, schema.type === 'array' ? [value] : value]
          }),
        )

        const answer = await ours.post(path, { ...body, ...wrong })

        expect(answer.status).toBe(400)
        const named = answer.body.errors.map(({ field }: { field: string }) => field.split('[')[0])
        expect(named).toEqual(expect.arrayContaining(resource.references.map(({ field }) => field)))
      })

    const reference = resource.references.find(
      ({ field, onDelete, by }) =>
        onDelete !== 'cascade' && by !== 'code' && field in resource.sample,
    )
    if (reference !== undefined)
      test('keeps what it refers to from being deleted', async () => {
        const item = await createSample(resource, ours)
        const target = resources.find(({ name }) => name === reference.resource)
        if (target === undefined) throw new Error(`${reference.resource} is not declared`)

        const targetId = [item[reference.field]].flat()[0]
        const answer = await ours.delete(`${target.path}/${targetId}`)

        expect(answer).toMatchObject({ status: 400 })
        expect(answer.body.message).toContain(item.id)
      })

    test('drops fields it does not know', async () => {
      const answer = await ours.post(path, { ...(await sampleBody(resource, ours)), notAField: 1 })

      expect(answer.status).toBe(200)
      expect(answer.body).not.toHaveProperty('notAField')
    })

    if (resource.event !== null)
      test('tells of its changes', async () => {
        const body = await sampleBody(resource, ours)
        const { id } = await ours.must.post(path, body)
        await ours.must.put(`${path}/${id}`, { ...body, version: 1 })
        await ours.must.delete(`${path}/${id}`)

        expect(await eventsOf(id)).toEqual(
          ['created', 'updated', 'deleted'].map((verb) => `${resource.event}.${verb}`),
        )
      })
  },
)
