/** One thing to create, as the request that creates it. */

/**
 * Inside `body` a text `ref:<collection>:<code>` stands for the id of what an earlier step created
 * in that collection; the sender puts the id in its place.
 */
export type Step = {
  /** Path of the collection below the organization. */
  collection: string
  code: string
  body: { code: string } & Record<string, unknown>
}

export function step(collection: string, body: Step['body']): Step {
  return { collection, code: body.code, body }
}

export function ref(collection: string, code: string): string {
  return `ref:${collection}:${code}`
}

/** Replaces every reference in a body; `find` answers the id or throws. */
export function resolveReferences(
  value: unknown,
  find: (collection: string, code: string) => string,
): unknown {
  if (typeof value === 'string' && value.startsWith('ref:')) {
    const [, collection = '', code = ''] = value.split(':')
    return find(collection, code)
  }
  if (Array.isArray(value)) return value.map((item) => resolveReferences(item, find))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, resolveReferences(item, find)]),
  )
}
