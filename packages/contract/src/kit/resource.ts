/**
 * A collection with the five ordinary operations, declared once as plain data. The server's
 * resource kit serves it, the conformance suite tests it from its sample, the Console draws it.
 */
import Type, { type Static, type TObject, type TSchema } from 'typebox'
import type { AreaName, Operation } from './operation.ts'
import { auditFields, page } from './schema.ts'

/** A field that holds the id (or a list of ids) of another resource; unknown ids are 400. */
export type Reference = {
  field: string
  /** `name` of the resource referred to. */
  resource: string
  /** What the field holds: the other's id, or its code (currencies). Default `id`. */
  by?: 'id' | 'code'
  /** What deleting the referred resource means here. Default `refuse`. */
  onDelete?: 'refuse' | 'cascade'
}

/** A query parameter of the list that compares a stored field. `many` takes comma lists and repeats. */
export type Filter = {
  query: string
  field: string
  kind: 'one' | 'many'
  title: string
}

export type Resource<Body extends TObject = TObject, Computed extends TObject = TObject> = {
  /** Concept name: kebab-case singular, e.g. `plan-template`. */
  name: string
  area: AreaName
  /** Collection path below the organization, e.g. `/plantemplates`. */
  path: string
  /** Table in PostgreSQL, snake_case singular. */
  table: string
  /** Names for people: `Plan template`, `Plan templates`. */
  title: { one: string; many: string }
  /** Type in permission statements, e.g. `config:planTemplate`. */
  permission: string
  /** Prefix of its domain events, e.g. `configuration.plantemplate`; null when it has none. */
  event: string | null
  maxPageSize: number
  /** What create and update take (update also takes `version`). */
  body: Body
  /** What answers carry beyond the body and the audit fields. */
  computed: Computed
  references: Reference[]
  filters: Filter[]
  /** Uniqueness of `code`: over the organization, or none. */
  uniqueCode: boolean
  /** Fields that a PUT may not change; the message says so. */
  immutable?: string[]
  /** A valid body. A value `ref:<resource>` stands for the id of that resource's own sample. */
  sample: Record<string, unknown>
}

export function resource<Body extends TObject, Computed extends TObject>(
  declared: Resource<Body, Computed>,
): Resource<Body, Computed> {
  return declared
}

/** The answer schema of a resource: audit fields, body, computed fields. */
export function responseOf<Body extends TObject, Computed extends TObject>(
  declared: Resource<Body, Computed>,
) {
  return Type.Evaluate(Type.Intersect([Type.Object(auditFields), declared.body, declared.computed]))
}

/** The reference by which an item belongs to an account, where its kind can. */
export function accountReference({ references }: Resource): Reference | undefined {
  return references.find(({ field }) => field === 'accountId')
}

export type BodyOf<R> = R extends Resource<infer Body, TObject> ? Static<Body> : never

export type AnswerOf<R> =
  R extends Resource<infer Body, infer Computed>
    ? Static<Body> & Static<Computed> & Static<TObject<typeof auditFields>>
    : never

/** The five operations of a resource, in the order list, create, read, update, delete. */
export function operationsOf(declared: Resource): Operation[] {
  const answer = responseOf(declared) as TSchema
  const { one, many } = declared.title
  const tail = declared.name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
  const shared = { scope: 'organization', area: declared.area, tag: many } as const
  const idParam = Type.Object({
    id: Type.String({ description: `Id of the ${one.toLowerCase()}.` }),
  })
  const permission = (verb: string) => ({ action: `config:${verb}`, resource: declared.permission })
  return [
    {
      ...shared,
      id: `list${tail}`,
      method: 'GET',
      path: declared.path,
      summary: `List ${many.toLowerCase()}, newest first`,
      permission: permission('retrieve'),
      query: listQueryOf(declared),
      response: page(answer),
    },
    {
      ...shared,
      id: `create${tail}`,
      method: 'POST',
      path: declared.path,
      summary: `Create a ${one.toLowerCase()}`,
      permission: permission('create'),
      body: declared.body,
      response: answer,
    },
    {
      ...shared,
      id: `read${tail}`,
      method: 'GET',
      path: `${declared.path}/{id}`,
      summary: `Read a ${one.toLowerCase()}`,
      permission: permission('retrieve'),
      params: idParam,
      response: answer,
    },
    {
      ...shared,
      id: `update${tail}`,
      method: 'PUT',
      path: `${declared.path}/{id}`,
      summary: `Replace a ${one.toLowerCase()}; fields left out are cleared`,
      permission: permission('update'),
      params: idParam,
      body: Type.Evaluate(
        Type.Intersect([declared.body, Type.Object({ version: auditFields.version })]),
      ) as TSchema,
      response: answer,
    },
    {
      ...shared,
      id: `delete${tail}`,
      method: 'DELETE',
      path: `${declared.path}/{id}`,
      summary: `Delete a ${one.toLowerCase()}`,
      permission: permission('delete'),
      params: idParam,
      response: answer,
    },
  ]
}

function listQueryOf(declared: Resource): TObject {
  const filters = declared.filters.map(({ query, kind, title }) => [
    query,
    kind === 'many' ? manyValues(title) : Type.Optional(Type.String({ description: title })),
  ])
  return Type.Object({
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: declared.maxPageSize })),
    nextToken: Type.Optional(Type.String()),
    ids: manyValues('Only these ids, separated by commas; at most 200.'),
    ...Object.fromEntries(filters),
  })
}

/** A comma list, a repeated parameter, or both. */
function manyValues(description: string) {
  return Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())], { description }))
}
