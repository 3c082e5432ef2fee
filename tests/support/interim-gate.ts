/** Lets in whoever names the organization as bearer token, until sign-in and access keys exist. */
import type { Context } from '@countinghouse/server/context.ts'
import { ForbiddenError, UnauthenticatedError } from '@countinghouse/server/kit/errors.ts'
import type { Gate } from '@countinghouse/server/kit/gate.ts'
import type { OrganizationRef } from '@countinghouse/server/kit/principal.ts'
import { sql } from 'kysely'

export function interimGate(context: Context): Gate {
  return {
    async authenticate(request) {
      const token = request.headers.authorization?.replace(/^Bearer /, '')
      if (!token) throw new UnauthenticatedError('Send an access token.')
      return { kind: 'serviceUser', id: token, organizationId: token }
    },
    async enter(principal, organizationId) {
      const { rows } = await sql<OrganizationRef>`
        select id, number, name from organization where id::text = ${organizationId}
      `.execute(context.database.reader)
      const [found] = rows
      if (found === undefined || principal.organizationId !== found.id) {
        throw new ForbiddenError('There is no such organization, or you do not belong to it.')
      }
      return found
    },
    async authorize() {},
  }
}
