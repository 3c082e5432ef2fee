/** Holds every answer that a test gets to what its call declares: that, and nothing beside it. */
import type { Operation } from '@countinghouse/contract/kit/operation.ts'
import { operations } from '@countinghouse/contract/operations.ts'
import type { buildApp } from '@countinghouse/server/app.ts'
import { urlOf } from '@countinghouse/server/kit/http/mount.ts'
import { check } from '@countinghouse/server/kit/http/validation.ts'
import { shapeOf } from '../contract/compare.ts'
import type { Shape } from '../contract/reference.ts'

const byRoute = new Map(
  operations.map((operation) => [`${operation.method} ${urlOf(operation)}`, operation]),
)

/** The list grows by what is wrong with answers, as they are sent. */
export function watchAnswers(app: Awaited<ReturnType<typeof buildApp>>): string[] {
  const faults: string[] = []
  app.addHook('onSend', async (request, reply, payload) => {
    const operation = byRoute.get(`${request.method} ${request.routeOptions.url}`)
    if (operation === undefined || reply.statusCode !== 200 || typeof payload !== 'string') return
    faults.push(...answerFaults(operation, JSON.parse(payload)))
  })
  return faults
}

export function answerFaults({ id, response }: Operation, answer: unknown): string[] {
  const wrong = check(response, answer).map(({ field, message }) => `${field} ${message}`)
  const undeclared = undeclaredIn(answer, shapeOf(response))
  return [...wrong, ...undeclared.map((path) => `${path} is not declared.`)].map(
    (fault) => `The answer of ${id}: ${fault}`,
  )
}

function undeclaredIn(value: unknown, shape: Shape, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  if (shape.oneOf) {
    const attempts = shape.oneOf.map((choice) => undeclaredIn(value, choice, path))
    return attempts.find((attempt) => attempt.length === 0) ?? attempts[0] ?? []
  }
  if (Array.isArray(value)) {
    const { items } = shape
    return items ? value.flatMap((item, at) => undeclaredIn(item, items, `${path}[${at}]`)) : []
  }
  const { properties, additionalProperties } = shape
  if (properties === undefined && additionalProperties === undefined) return []
  return Object.entries(value).flatMap(([name, item]) => {
    const place = path === '' ? name : `${path}.${name}`
    const property = properties?.[name] ?? additionalProperties
    return property === undefined ? [place] : undeclaredIn(item, property, place)
  })
}
