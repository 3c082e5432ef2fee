/** Turns a declared route into one of the HTTP server: limits, gate, checks, handler, answer. */
import { Readable } from 'node:stream'
import type { Operation } from '@countinghouse/contract/kit/operation.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import type { Route } from '../area.ts'
import type { Call } from '../call.ts'
import { InvalidInputError, refuseProblems } from '../errors.ts'
import { fromWire, toWire } from '../exact.ts'
import type { Gate } from '../gate.ts'
import { everythingVisible } from '../permission/evaluate.ts'
import { type OrganizationRef, SYSTEM_PRINCIPAL } from '../principal.ts'
import { bodyText, refuseForm } from './body.ts'
import { once } from './idempotency.ts'
import type { OverloadGuard } from './overload.ts'
import type { RateLimits } from './rate-limit.ts'
import { checkBody, checkParams, checkQuery } from './validation.ts'

export type MountOptions = {
  context: Context
  gate: Gate
  limits: RateLimits
  guard: OverloadGuard
}

export function mount(app: FastifyInstance, declared: Route, options: MountOptions): void {
  const { operation } = declared
  app.route({
    method: operation.method,
    url: urlOf(operation),
    onRequest: async (request, reply) => options.guard.enter(operation, request, reply),
    handler: (request, reply) =>
      options.guard.hold(request, () => serve(declared, options, request, reply)),
  })
}

/** Path of an operation in Fastify's writing. */
export function urlOf({ path, scope }: Pick<Operation, 'path' | 'scope'>): string {
  const whole = scope === 'organization' ? `/organizations/{orgId}${path}` : path
  return whole.replaceAll(/\{(\w+)\}/g, ':$1')
}

async function serve(
  { operation, handle }: Route,
  { context, gate, limits }: MountOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  limits.countAddress(operation, request.ip)
  const caller = await admit(operation, gate, request)
  limits.countOrganization(operation, caller.organization.id)
  const isSecret = operation.answersSecret === true
  return once(context, request, reply, { ...caller, isSecret }, () =>
    respond({ operation, handle }, context, caller, request, reply),
  )
}

async function respond(
  { operation, handle }: Route,
  context: Context,
  { principal, organization, visible, params }: Admission,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const call: Call = {
    context,
    principal,
    organization,
    visible,
    params: operation.params ? (checkParams(operation.params, params) as Call['params']) : {},
    query: operation.query ? (checkQuery(operation.query, request.query) as Call['query']) : {},
    body: readBody(operation, request),
    requestId: request.id,
    request,
    reply,
  }
  const answer = await handle(call)
  if (reply.sent || answer instanceof Readable) return answer ?? reply
  reply.type('application/json; charset=utf-8')
  return JSON.stringify(toWire(operation.response, answer) ?? {})
}

/** An instance call without permission is open to anybody: no principal, no organization. */
const NOWHERE: OrganizationRef = { id: '', number: 0, name: '' }

type Admission = Pick<Call, 'principal' | 'organization' | 'visible'> & {
  params: Record<string, string>
}

async function admit(
  operation: Operation,
  gate: Gate,
  request: FastifyRequest,
): Promise<Admission> {
  const { orgId, ...params } = request.params as Record<string, string>
  const nowhere = { organization: NOWHERE, visible: everythingVisible, params }
  if (operation.scope === 'instance' && operation.permission === undefined) {
    return { principal: SYSTEM_PRINCIPAL, ...nowhere }
  }
  const principal = await gate.authenticate(request)
  if (operation.scope === 'instance') return { principal, ...nowhere }
  const organization = await gate.enter(principal, orgId ?? '')
  const visible = operation.permission
    ? await gate.authorize(principal, organization, operation.permission, itemOf(operation, params))
    : everythingVisible
  return { principal, organization, visible, params }
}

/** The item that the permission is about, where the path names one. */
function itemOf({ item = 'id' }: Operation, params: Record<string, string>): string | undefined {
  return item === null ? undefined : params[item]
}

function readBody(operation: Operation, request: FastifyRequest): unknown {
  if (!operation.takesForm) refuseForm(request)
  if (operation.body === undefined) return undefined
  try {
    const sent = request.body ?? (operation.mayLackBody ? {} : undefined)
    const checked = checkBody(operation.body, sent, bodyText(request))
    const { body, problems } = fromWire(operation.body, checked, bodyText(request))
    refuseProblems(problems)
    return body
  } catch (error) {
    // Reading goes down level by level; thousands of levels are in no body that means something.
    if (!(error instanceof RangeError)) throw error
    throw new InvalidInputError('The body is nested too deeply.', undefined, 'MALFORMED_JSON')
  }
}
