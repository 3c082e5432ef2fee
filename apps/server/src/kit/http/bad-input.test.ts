/** Whatever is sent, the answer is never a failure of ours. */
import type { Operation } from '@countinghouse/contract/kit/operation.ts'
import { operations, resources } from '@countinghouse/contract/operations.ts'
import { createSample, type Item } from '@countinghouse/tests/support/sample.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const NOBODY = '00000000-0000-4000-8000-000000000000'

let server: TestServer
let organization: TestOrganization
const samples = new Map<string, Item>()

beforeAll(async () => {
  server = await startTestServer()
  organization = await server.organization()
  const made = new Map<string, string>()
  for (const resource of resources) {
    samples.set(resource.name, await createSample(resource, organization, made))
  }
})
afterAll(() => server.close())

const named = (operation: Operation) =>
  [`${operation.method} ${operation.path}`, operation] as const
const inOrganization = operations.filter(({ scope }) => scope === 'organization')
const withBody = inOrganization.filter(({ body }) => body !== undefined).map(named)
const withQuery = inOrganization
  .filter(({ method, query }) => method === 'GET' && query !== undefined)
  .map(named)

const strange: unknown[] = [
  null,
  -1,
  1e308,
  'x',
  'a\u0000b',
  '\ud800',
  '9999-12-31',
  '+275760-09-13T00:00:00Z',
  NOBODY,
  ['a', null],
  { constructor: { prototype: { a: 1 } } },
  JSON.parse('{"__proto__": {"a": 1}}'),
]

describe('a field of any kind of value is stored or refused', () => {
  test.each(withBody)('%s', async (_name, operation) => {
    const { path, body } = await goodCall(operation)
    const failures: unknown[] = []
    for (const field of Object.keys(
      (operation.body as { properties?: object })?.properties ?? {},
    )) {
      for (const value of strange) {
        const sent = { ...body, [field]: value }
        const { status } = await organization.call(operation.method, path, { body: sent })
        if (status >= 500) failures.push({ field, value })
      }
    }

    expect(failures).toEqual([])
  })
})

describe('a body of any form is read or refused', () => {
  const deep = `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
  const bodies = [
    '""',
    'null',
    '[]',
    '{',
    '{"a":1e999999}',
    deep,
    '{"\\u0000":1}',
    '{"x":"\\ud800"}',
  ]

  test.each(withBody)('%s', async (_name, operation) => {
    const { path } = await goodCall(operation)
    const answers = await Promise.all(
      bodies.map((body) => organization.call(operation.method, path, { body })),
    )

    const failed = bodies.filter((_, at) => (answers[at]?.status ?? 500) >= 500)
    expect(failed.map((body) => body.slice(0, 40))).toEqual([])
  })
})

describe('a query of any value is answered or refused', () => {
  const values = [
    '',
    'x',
    '-1',
    '99999999999999999999',
    '%00',
    '%ED%A0%80',
    '9999-12-31',
    "'",
    '$:~',
  ]

  test.each(withQuery)('%s', async (_name, operation) => {
    const { path } = await goodCall(operation)
    const failures: string[] = []
    for (const name of Object.keys(operation.query?.properties ?? {})) {
      for (const value of values) {
        const { status } = await organization.get(`${path}?${name}=${value}`)
        if (status >= 500) failures.push(`${name}=${value}`)
      }
    }

    expect(failures).toEqual([])
  })
})

describe('a path of any value is answered or refused', () => {
  test.each(inOrganization.filter(({ path }) => path.includes('{')).map(named))(
    '%s',
    async (_name, operation) => {
      const values = ['%00', 'x', '9999-12-31', 'a'.repeat(300)]
      const answers = await Promise.all(
        values.map((value) =>
          organization.call(operation.method, operation.path.replaceAll(/\{\w+\}/g, value), {
            ...(operation.body === undefined ? {} : { body: {} }),
          }),
        ),
      )

      expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    },
  )
})

describe('a call outside any organization is answered or refused', () => {
  const outside = operations.filter(({ scope }) => scope === 'instance')

  test.each(outside.map(named))('%s', async (_name, { method, path, body }) => {
    const { properties = {} } = (body ?? {}) as { properties?: object }
    const bodies = strange.flatMap((value) => [
      value,
      ...Object.keys(properties).map((field) => ({ ...full(properties), [field]: value })),
    ])
    const headers = {
      'x-countinghouse': 'test',
      authorization: `Bearer ${await organization.token()}`,
    }
    const failures: unknown[] = []
    for (const value of ['%00', 'x', 'a'.repeat(300)]) {
      for (const sent of body === undefined ? [undefined] : bodies) {
        const whole = path.replaceAll(/\{\w+\}/g, value)
        const options = { headers, ...(sent !== undefined && { body: sent }) }
        const { status } = await server.call(method, whole, options)
        if (status >= 500) failures.push({ value, sent })
      }
    }

    expect(failures).toEqual([])
  })

  /** A text for every field, so that the other one is looked at. */
  function full(properties: object) {
    return Object.fromEntries(
      Object.keys(properties).map((field) => [field, 'ada.byron@example.com']),
    )
  }
})

test('settings of our own cannot be slipped into a bill job', async () => {
  const sent = { billDate: '2024-01-01', onlyLive: true, surprise: 'x' }

  const job = await organization.must.post('/billjobs', sent)

  const { rows } = await server.context.database.reader
    .withTables<{ bill_job: { id: string; request: object } }>()
    .selectFrom('bill_job')
    .select('request')
    .where('id', '=', job.id)
    .execute()
    .then((found) => ({ rows: found }))
  expect(rows).toEqual([{ request: { billDate: '2024-01-01' } }])
})

/** The path with ids that exist where a sample has one, and a body that would be accepted. */
async function goodCall(operation: Operation) {
  let item: Item | undefined
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_whole, parameter: string, at: number) => {
    const kebab = parameter.replace(/Id$/, '').replaceAll(/[A-Z]/g, (it) => `-${it.toLowerCase()}`)
    const collection = operation.path.slice(0, at - 1)
    const found = resources.find(({ name, path: own }) => name === kebab || own === collection)
    item = samples.get(found?.name ?? '')
    return item?.id ?? NOBODY
  })
  const resource = resources.find((each) => each.path === operation.path.replace(/\/\{id\}$/, ''))
  const sample = resource && samples.get(resource.name)
  if (operation.method === 'PUT' && item !== undefined) {
    const { body } = await organization.get(path)
    return { path, body: typeof body === 'object' && body !== null ? body : {} }
  }
  return { path, body: sample ?? {} }
}
