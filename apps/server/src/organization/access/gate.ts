/** Answers the gate's three questions: who calls, may they enter, may they do this. */
import type { Permission } from '@countinghouse/contract/kit/operation.ts'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { ForbiddenError, UnauthenticatedError } from '../../kit/errors.ts'
import type { Gate } from '../../kit/gate.ts'
import { allows, everythingVisible, visibility } from '../../kit/permission/evaluate.ts'
import { missingRight } from '../../kit/permission/visible.ts'
import type { Principal } from '../../kit/principal.ts'
import { isUuid } from '../../kit/resource/page.ts'
import { findOrganization } from '../organization/store.ts'
import { effectiveStatements } from '../permission-policy/service.ts'
import { findKey } from '../service-user/store.ts'
import { personOf } from '../sign-in/session.ts'
import { readToken } from '../token/service.ts'
import { accessOf } from './cache.ts'
import { findMembership } from './store.ts'

export function openGate(context: Context): Gate {
  return {
    async authenticate(request, how) {
      const token = bearerToken(request)
      if (token !== null) return serviceUserOf(context, token)
      const person = await personOf(context, request, how)
      if (person !== null) return { kind: 'user', id: person.userId, organizationId: null }
      throw new UnauthenticatedError(
        'Sign in, or send an access token: Authorization: Bearer <token> (see /oauth/token).',
      )
    },

    async enter(principal, organizationId) {
      const { reader } = context.database
      const organization = isUuid(organizationId)
        ? await accessOf(context.database).get(`organization ${organizationId}`, () =>
            findOrganization(reader, organizationId),
          )
        : null
      const entrant = organization && (await entrantOf(context, principal, organization.id))
      if (organization === null || entrant === null) {
        throw new ForbiddenError(
          'There is no organization with this id that you may enter.',
          'ORGANIZATION_FORBIDDEN',
        )
      }
      const { id, number, name, status } = organization
      if (status === 'ACTIVE') return { id, number, name }
      if (!entrant.isOperator) {
        throw archived(`${name} is archived: only operators of this instance may enter it.`)
      }
      return { id, number, name, isArchived: true }
    },

    async authorize(principal, organization, permission, itemId) {
      if (organization.isArchived && !isReading(permission)) {
        throw archived(`${organization.name} is archived: it can be read, not changed.`)
      }
      const statements = await accessOf(context.database).get(
        `statements ${organization.id} ${principal.id}`,
        () =>
          effectiveStatements(context.database.reader, organization.id, {
            principalType: principal.kind === 'user' ? 'USER' : 'SERVICEUSER',
            principalId: principal.id,
          }),
      )
      if (itemId !== undefined) {
        if (!allows(statements, permission, itemId)) throw missingRight(permission)
        return everythingVisible
      }
      const shown = visibility(statements, permission)
      // Single items can be read in a list; whatever changes or counts needs the whole type.
      const isNarrowed = shown?.only !== null && permission.action !== 'config:retrieve'
      if (shown === null || isNarrowed) throw missingRight(permission)
      return shown
    },
  }
}

/** Asking about usage is reading, whatever the call's method is. */
function isReading({ action }: Permission): boolean {
  return action.endsWith(':retrieve') || action === 'analytics:query'
}

function bearerToken(request: FastifyRequest): string | null {
  const header = request.headers.authorization
  if (header === undefined) return null
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1]
  if (token !== undefined) return token
  throw new UnauthenticatedError('The Authorization header must read: Bearer <token>.')
}

async function serviceUserOf(context: Context, token: string): Promise<Principal> {
  const claims = await readToken(context, token)
  const { database, clock } = context
  const key = await accessOf(database).get(`key ${claims.accessKeyId}`, () =>
    findKey(database.reader, claims.accessKeyId),
  )
  if (key?.status !== 'ACTIVE' || key.service_user_id !== claims.serviceUserId) {
    throw new UnauthenticatedError('The access key of this token was deactivated or deleted.')
  }
  if (key.expires_at !== null && key.expires_at.getTime() <= clock.now()) {
    throw new UnauthenticatedError('The access key of this token has expired. Use another key.')
  }
  return { kind: 'serviceUser', id: claims.serviceUserId, organizationId: claims.organizationId }
}

type Entrant = { isOperator: boolean }

/** Null: not of this organization, or no longer. */
async function entrantOf(
  { database, clock }: Context,
  principal: Principal,
  organizationId: string,
): Promise<Entrant | null> {
  if (principal.kind !== 'user') {
    return principal.organizationId === organizationId ? { isOperator: false } : null
  }
  const membership = await accessOf(database).get(`member ${organizationId} ${principal.id}`, () =>
    findMembership(database.reader, organizationId, principal.id),
  )
  if (membership?.status !== 'ACTIVE') return null
  const { access_ends_at: endsAt, is_operator: isOperator } = membership
  return endsAt === null || endsAt.getTime() > clock.now() ? { isOperator } : null
}

function archived(sentence: string): ForbiddenError {
  return new ForbiddenError(
    `${sentence} The operator brings it back by: npm run admin -- organization reopen`,
    'ORGANIZATION_ARCHIVED',
  )
}
