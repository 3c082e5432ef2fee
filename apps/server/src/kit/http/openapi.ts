/** The OpenAPI document, made from the contract: what is declared is what is documented. */
import type { Operation } from '@countinghouse/contract/kit/operation.ts'
import type { TSchema } from 'typebox'

type Json = Record<string, unknown>

export function openApiDocument(operations: Operation[], baseUrl: string): Json {
  const names = sharedSchemas(operations)
  const write = (schema: TSchema) => reference(schema, names)
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const path = wholePath(operation)
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation, write) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Countinghouse API',
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: WELCOME,
    },
    servers: [{ url: baseUrl }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'From POST /oauth/token.' },
      },
      schemas: Object.fromEntries([
        ...[...names].map(([schema, name]) => [name, contentOf(schema, names)]),
        ['Error', ERROR],
      ]),
    },
  }
}

function wholePath({ path, scope }: Operation): string {
  return scope === 'organization' ? `/organizations/{orgId}${path}` : path
}

function describe(operation: Operation, write: (schema: TSchema) => unknown): Json {
  const { id, tag, summary, description, permission, body, response } = operation
  const isOpen = operation.scope === 'instance' && permission === undefined
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    ...(permission && { 'x-permission': `${permission.action} on ${permission.resource}` }),
    security: isOpen ? [] : [{ token: [] }],
    parameters: parametersOf(operation),
    ...(body && {
      requestBody: {
        required: !operation.mayLackBody,
        content: contentTypes(operation, write(body)),
      },
    }),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: write(response) } } },
      default: {
        description: 'Refused; the message says what to do.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}

function contentTypes({ takesForm }: Operation, schema: unknown): Json {
  return {
    'application/json': { schema },
    ...(takesForm && { 'application/x-www-form-urlencoded': { schema } }),
  }
}

function parametersOf({ scope, params, query }: Operation): Json[] {
  const organization = {
    name: 'orgId',
    in: 'path',
    required: true,
    description: 'Id of the organization.',
    schema: { type: 'string', format: 'uuid' },
  }
  const inPath = Object.entries(params?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'path',
    required: true,
    ...describedSchema(schema),
  }))
  const required = new Set<string>(query?.required ?? [])
  const inQuery = Object.entries(query?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.has(name),
    ...describedSchema(schema),
  }))
  return [...(scope === 'organization' ? [organization] : []), ...inPath, ...inQuery]
}

function describedSchema(schema: TSchema): Json {
  const { description, ...rest } = schema as TSchema & { description?: string }
  return { ...(description !== undefined && { description }), schema: plain(rest) }
}

/** Object schemas that several operations share become components, named after what they answer. */
function sharedSchemas(operations: Operation[]): Map<TSchema, string> {
  const uses = new Map<TSchema, string[]>()
  for (const { id, response, body } of operations) {
    for (const schema of [response, body]) {
      if (schema) uses.set(schema, [...(uses.get(schema) ?? []), id])
    }
  }
  const names = new Map<TSchema, string>()
  const taken = new Set(['Error'])
  for (const [schema, [first, ...others]] of uses) {
    if (first === undefined || others.length === 0) continue
    const name = freeName(nounOf(first), taken)
    names.set(schema, name)
    taken.add(name)
  }
  return names
}

/** `createPlanTemplate` answers a `PlanTemplate`. */
function nounOf(operationId: string): string {
  const noun = operationId.replace(/^[a-z]+/, '')
  return noun === '' ? operationId : noun
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted
  for (let suffix = 2; taken.has(name); suffix += 1) name = `${wanted}${suffix}`
  return name
}

function reference(schema: unknown, names: Map<TSchema, string>): unknown {
  const name = names.get(schema as TSchema)
  return name === undefined ? contentOf(schema, names) : { $ref: `#/components/schemas/${name}` }
}

function contentOf(schema: unknown, names: Map<TSchema, string>): unknown {
  if (Array.isArray(schema)) return schema.map((item) => reference(item, names))
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== 'exact')
      .map(([key, value]) => [key, reference(value, names)]),
  )
}

const plain = (schema: unknown) => contentOf(schema, new Map())

const ERROR = {
  type: 'object',
  required: ['message', 'code', 'requestId'],
  properties: {
    message: { type: 'string', description: 'What is wrong and what to do about it.' },
    code: { type: 'string', description: 'The kind of refusal, for programs.' },
    requestId: { type: 'string', description: 'Name it when you ask the operator.' },
    errors: {
      type: 'array',
      description: 'Everything wrong with the request, field by field.',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
}

/** Markdown; the first thing that a reader of the reference sees. */
const WELCOME = `Measurements in, explained bills out.

1. Make a service user and an access key in the Console: *Settings › Access settings › Service users*.
2. Exchange the key for a token that lives five hours: \`POST /oauth/token\`.
3. Send \`Authorization: Bearer <token>\` with every other call. The id of the organization stands in every path.

**Creating** answers with \`version\` 1; an **update** sends the whole object with the version that was read. **Lists** come newest first, with a \`nextToken\` when there is more. **Amounts and quantities** are exact JSON numbers: read them with a parser that keeps all digits. A **refusal** says what to do, and names every field that is wrong.

[Getting started](/docs/guides/getting-started) goes all the way to a first bill; [API access](/docs/guides/api-access) has keys, errors and safe repetition.`
