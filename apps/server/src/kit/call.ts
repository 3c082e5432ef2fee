/** One call of an operation as its handler sees it: everything checked, typed from the contract. */
import type { Operation } from '@countinghouse/contract/kit/operation.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TObject, TSchema } from 'typebox'
import type { Context } from '../context.ts'
import type { Visibility } from './permission/evaluate.ts'
import type { OrganizationRef, Principal } from './principal.ts'

export type Call<
  Params extends TObject = TObject,
  Query extends TObject = TObject,
  Body extends TSchema = TSchema,
> = {
  context: Context
  principal: Principal
  organization: OrganizationRef
  params: Static<Params>
  query: Static<Query>
  body: Static<Body>
  /** Which items of the operation's resource type the caller may see; lists obey it. */
  visible: Visibility
  requestId: string
  request: FastifyRequest
  /** For answers that are no JSON (files, streams) and for status codes other than 200. */
  reply: FastifyReply
}

export type CallOf<O> =
  O extends Operation<infer Params, infer Query, infer Body, TSchema>
    ? Call<Params, Query, Body>
    : never
