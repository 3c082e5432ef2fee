/** Our calls against the reference of the wire: names, types, enumerations, and real answers. */
import type { Operation } from '@countinghouse/contract/kit/operation.ts'
import { operations, resources } from '@countinghouse/contract/operations.ts'
import { urlOf } from '@countinghouse/server/kit/http/mount.ts'
import { createSample, sampleBody } from '@countinghouse/tests/support/sample.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerProblems, differences, shapeOf } from './compare.ts'
import { isKnown, unmetReasons } from './known-differences.ts'
import { hasReference, keyOf, type ReferenceOperation, readReference } from './reference.ts'

const reference = hasReference ? readReference() : new Map<string, ReferenceOperation>()

const wholePath = ({ path, scope }: Operation) =>
  scope === 'organization' ? `/organizations/{orgId}${path}` : path

const compared = operations.flatMap((operation) => {
  const key = keyOf(operation.method, wholePath(operation))
  const theirs = reference.get(key)
  return theirs ? [[key, operation, theirs] as const] : []
})

if (!hasReference) {
  test('is compared only where the reference document stands beside the repository', () => {
    expect(reference.size).toBe(0)
  })
}

if (hasReference)
  describe('the wire', () => {
    test('is covered as far as this says', () => {
      console.log(`operations done: ${compared.length} of ${reference.size}`)

      expect(compared.length).toBeGreaterThan(0)
    })

    test.each(compared)('%s takes what the reference describes', (key, { body, query }, theirs) => {
      const ofBody =
        body && theirs.request ? differences(shapeOf(body), theirs.request, 'request') : []
      const names = Object.keys(query?.properties ?? {})
      const ofQuery = [...theirs.query.keys()]
        .filter((name) => !names.includes(name))
        .map((name) => `?${name}: is missing`)

      expect([...ofBody, ...ofQuery].filter((difference) => !isKnown(key, difference))).toEqual([])
    })

    test.each(compared)('%s answers what the reference describes', (key, { response }, theirs) => {
      const found = theirs.answer ? differences(shapeOf(response), theirs.answer, 'answer') : []

      expect(found.filter((difference) => !isKnown(key, difference))).toEqual([])
    })
  })

if (hasReference)
  describe('real answers', () => {
    let server: TestServer
    let organization: TestOrganization
    const ids = new Map<string, string>()

    beforeAll(async () => {
      server = await startTestServer()
      organization = await server.organization()
      for (const resource of resources) {
        const made = new Map<string, string>()
        const { id } = await createSample(resource, organization, made)
        ids.set(resource.path, id)
      }
    })
    afterAll(() => server.close())

    test('come from every call that is declared', () => {
      const missing = operations
        .filter(({ method, path, scope }) => {
          const url = urlOf({ path, scope })
          return !server.app.hasRoute({ method, url })
        })
        .map((operation) => keyOf(operation.method, wholePath(operation)))

      expect(missing).toEqual([])
    })

    test.each(resources.map((resource) => [resource.path, resource] as const))(
      '%s: create, list, read, update and delete',
      async (path, resource) => {
        const body = await sampleBody(resource, organization)
        const created = await organization.must.post(path, body)
        const one = `${path}/${created.id}`
        const answers: [string, unknown][] = [
          [keyOf('POST', `/organizations/{}${path}`), created],
          [keyOf('GET', `/organizations/{}${path}`), await organization.must.get(path)],
          [keyOf('GET', `/organizations/{}${path}/{id}`), await organization.must.get(one)],
          [
            keyOf('PUT', `/organizations/{}${path}/{id}`),
            await organization.must.put(one, { ...body, version: created.version }),
          ],
          [keyOf('DELETE', `/organizations/{}${path}/{id}`), await organization.must.delete(one)],
        ]

        const problems = answers.flatMap(([key, answer]) => problemsOf(key, answer))

        expect(problems).toEqual([])
      },
    )

    const reads = compared.filter(([, { method }]) => method === 'GET')

    test.each(reads)('%s', async (key, operation) => {
      const path = operation.path.replaceAll(
        /\{\w+\}/g,
        (_parameter, offset: number) => ids.get(operation.path.slice(0, offset - 1)) ?? 'none',
      )

      const answer = await organization.get(path)

      // Calls that need more than an id are recorded by the tests of their own area.
      if (answer.status === 200) expect(problemsOf(key, answer.body)).toEqual([])
      else expect([400, 404]).toContain(answer.status)
    })

    // Last, when everything was compared.
    test('differ from the reference in each way that is known, so that no excuse outlives it', () => {
      expect(unmetReasons()).toEqual([])
    })

    function problemsOf(key: string, answer: unknown): string[] {
      const shape = reference.get(key)?.answer
      if (!shape) return []
      return answerProblems(answer, shape)
        .map((problem) => `${key} ${problem}`)
        .filter((problem) => !isKnown(key, problem))
    }
  })
