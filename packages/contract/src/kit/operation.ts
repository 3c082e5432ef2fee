/** One call of the API as plain data: the server mounts it, the reference documents it, tests check it. */
import type { TObject, TSchema } from 'typebox'

export type AreaName =
  | 'organization'
  | 'metering'
  | 'pricing'
  | 'accounts'
  | 'billing'
  | 'notifications'

/** What a caller must be allowed to do: an action (organization 7.2) on a resource type (7.3). */
export type Permission = { action: string; resource: string }

export type Operation<
  Params extends TObject = TObject,
  Query extends TObject = TObject,
  Body extends TSchema = TSchema,
  Response extends TSchema = TSchema,
> = {
  /** Unique, camel case, verb first: `approveBills`. */
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With `{parameters}`; relative to `/organizations/{orgId}` unless `scope` is `instance`. */
  path: string
  scope: 'organization' | 'instance'
  area: AreaName
  /** Heading in the API reference, e.g. `Bills`. */
  tag: string
  summary: string
  description?: string
  /** Absent: any signed-in principal of the organization (or anybody, with scope `instance`). */
  permission?: Permission
  /**
   * Path parameter with the id of the item that the permission is about. Default `id`; null where
   * the path names something else, so that the handler must narrow by what the caller may see.
   */
  item?: string | null
  params?: Params
  query?: Query
  body?: Body
  /** Without a body the call counts as sent with an empty one. */
  mayLackBody?: true
  /** The body may come as a form too; everything else is JSON alone. */
  takesForm?: true
  response: Response
  /** The answer holds a secret that is kept nowhere, not even for a repeat of the request. */
  answersSecret?: true
  /** Which limit counts the call (organization 9.4). Default `config`. */
  limit?: 'config' | 'ingest' | 'explorer' | 'none'
}

/** Keeps the literal schema types of an operation, so that handlers are typed from it. */
export function operation<
  Params extends TObject = TObject,
  Query extends TObject = TObject,
  Body extends TSchema = TSchema,
  Response extends TSchema = TSchema,
>(declared: Operation<Params, Query, Body, Response>): Operation<Params, Query, Body, Response> {
  return declared
}
