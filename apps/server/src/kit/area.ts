/** What an area gives to the server: its resources, its other operations and its jobs, listed by hand. */
import type { Operation } from '@countinghouse/contract/kit/operation.ts'
import type { Resource } from '@countinghouse/contract/kit/resource.ts'
import type { Static, TObject, TSchema } from 'typebox'
import type { Call } from './call.ts'
import type { JobDefinition } from './jobs/job.ts'
import type { Hooks } from './resource/hooks.ts'

export type Area = {
  name: string
  resources: ResourceBinding[]
  routes: Route[]
  jobs: JobDefinition[]
}

export type ResourceBinding<R extends Resource = Resource> = { resource: R; hooks: Hooks }

export type Route = {
  operation: Operation
  /** The answer's body. An operation of scope `instance` gets no organization and, open, no principal. */
  handle(call: Call): Promise<unknown>
}

/** A declared resource with the hooks that make it special; most have none. */
export function bind<Body extends TObject, Computed extends TObject>(
  resource: Resource<Body, Computed>,
  hooks: Hooks<Body, Computed> = {},
): ResourceBinding<Resource<Body, Computed>> {
  return { resource, hooks }
}

/** An operation with its handler; `call` is typed from the operation's schemas. */
export function route<
  Params extends TObject,
  Query extends TObject,
  Body extends TSchema,
  Response extends TSchema,
>(
  operation: Operation<Params, Query, Body, Response>,
  handle: (call: Call<Params, Query, Body>) => Promise<Static<Response>>,
): Route {
  // NOTE: the mount validates params, query and body against this very operation first, so a
  // call of the general type is one of the particular type.
  return { operation, handle: handle as Route['handle'] }
}
