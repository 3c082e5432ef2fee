/**
 * What stands between a request and its handler. The kit knows only these three questions; the
 * organization area answers them (sessions, access keys, memberships, policies).
 */
import type { Permission } from '@countinghouse/contract/kit/operation.ts'
import type { FastifyRequest } from 'fastify'
import type { Visibility } from './permission/evaluate.ts'
import type { OrganizationRef, Principal } from './principal.ts'

export type Gate = {
  /**
   * Who calls, from the bearer token or the session cookie. Throws 401 without or with an
   * unreadable token, 403 with an expired one. A session is renewed by being used, which a page
   * that is merely open does not do.
   */
  authenticate(request: FastifyRequest, how?: { isUse: boolean }): Promise<Principal>
  /** The organization in the path; 403 when it does not exist or the principal does not belong. */
  enter(principal: Principal, organizationId: string): Promise<OrganizationRef>
  /**
   * Throws 403 unless the principal's statements allow the action on the resource type (or the
   * one item); answers which items a list may show.
   */
  authorize(
    principal: Principal,
    organization: OrganizationRef,
    permission: Permission,
    itemId?: string,
  ): Promise<Visibility>
}
