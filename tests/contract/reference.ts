/** The reference document of the wire, flattened to what can be compared. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Beside the repository; absent on machines that only have a clone. */
const FILE = join(import.meta.dirname, '../../../shared/api/m3ter-openapi.json')

export const hasReference = existsSync(FILE)

/** A schema without references and compositions, as far as they can be dissolved. */
export type Shape = {
  type?: string
  enum?: unknown[]
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  additionalProperties?: Shape
  /** One of several; compared only as far as all agree. */
  oneOf?: Shape[]
}

export type ReferenceOperation = {
  /** `GET /organizations/{}/products/{}`. */
  key: string
  request: Shape | null
  answer: Shape | null
  query: Map<string, Shape>
}

type Raw = Record<string, unknown>

export function readReference(): Map<string, ReferenceOperation> {
  const document = JSON.parse(readFileSync(FILE, 'utf8')) as Raw
  const schemas = (document.components as { schemas: Record<string, Raw> }).schemas
  const found = new Map<string, ReferenceOperation>()
  for (const [path, methods] of Object.entries(document.paths as Record<string, Raw>)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!['get', 'post', 'put', 'delete'].includes(method)) continue
      const read = readOperation(keyOf(method, path), operation as Raw, schemas)
      found.set(read.key, read)
    }
  }
  return found
}

/** Names of path parameters differ and mean nothing on the wire. */
export function keyOf(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, '{}')}`
}

function readOperation(key: string, operation: Raw, schemas: Record<string, Raw>) {
  const parameters = (operation.parameters ?? []) as { in: string; name: string; schema: Raw }[]
  const query = parameters.filter((parameter) => parameter.in === 'query')
  const responses = operation.responses as Record<string, Raw>
  return {
    key,
    request: bodyOf(operation.requestBody as Raw | undefined, schemas),
    answer: bodyOf(responses['200'] ?? responses['201'], schemas),
    query: new Map(query.map(({ name, schema }) => [name, dissolve(schema, schemas, [])])),
  }
}

function bodyOf(holder: Raw | undefined, schemas: Record<string, Raw>): Shape | null {
  const content = (holder?.content ?? {}) as Record<string, { schema?: Raw }>
  const schema = content['application/json']?.schema
  return schema === undefined ? null : dissolve(schema, schemas, [])
}

function dissolve(schema: Raw, schemas: Record<string, Raw>, within: string[]): Shape {
  const reference = schema.$ref as string | undefined
  const name = reference?.split('/').at(-1)
  if (name !== undefined) {
    // A schema inside itself ends here: one level was compared already.
    return within.includes(name) ? {} : dissolve(schemas[name] ?? {}, schemas, [...within, name])
  }
  const parts = ((schema.allOf ?? []) as Raw[]).map((part) => dissolve(part, schemas, within))
  const choices = (schema.oneOf ?? schema.anyOf) as Raw[] | undefined
  const own: Shape = {
    ...(typeof schema.type === 'string' && { type: schema.type }),
    ...(Array.isArray(schema.enum) && { enum: schema.enum }),
    ...(schema.properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(schema.properties as Record<string, Raw>).map(([key, value]) => [
          key,
          dissolve(value, schemas, within),
        ]),
      ),
    }),
    ...(Array.isArray(schema.required) && { required: schema.required as string[] }),
    ...(schema.items !== undefined && { items: dissolve(schema.items as Raw, schemas, within) }),
    ...(typeof schema.additionalProperties === 'object' && {
      additionalProperties: dissolve(schema.additionalProperties as Raw, schemas, within),
    }),
    ...(choices && { oneOf: choices.map((choice) => dissolve(choice, schemas, within)) }),
  }
  return [...parts, own].reduce(merge, {})
}

function merge(one: Shape, other: Shape): Shape {
  const properties = { ...one.properties, ...other.properties }
  const required = [...(one.required ?? []), ...(other.required ?? [])]
  return {
    ...one,
    ...other,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  }
}
