/** Sign-in calls: open to anybody, or to a signed-in person; the session travels as a cookie. */
import {
  changePassword,
  endSession,
  listSessions,
  readSetUp,
  requestPasswordReset,
  resetPassword,
  setUp,
  signInByLink,
  signInByPassword,
  signOut,
} from '@countinghouse/contract/organization/sign-in.ts'
import { route } from '../../kit/area.ts'
import { NotFoundError } from '../../kit/errors.ts'
import * as service from './service.ts'
import { personOf, refuseOtherSites } from './session.ts'

const done = { success: true }

export const signInRoutes = [
  route(signInByPassword, async (call) => {
    refuseOtherSites(call.context, call.request)
    await service.signInByPassword(call.context, call.body, call)
    return done
  }),

  route(signInByLink, async (call) => {
    refuseOtherSites(call.context, call.request)
    await service.signInByLink(call.context, call.body.token, call)
    return done
  }),

  route(signOut, async (call) => {
    refuseOtherSites(call.context, call.request)
    await service.signOut(call.context, call)
    return done
  }),

  route(readSetUp, async ({ context, params }) => ({
    organizations: await service.readSetUp(context, params.token),
  })),

  route(setUp, async (call) => {
    refuseOtherSites(call.context, call.request)
    await service.setUp(call.context, call.body, call)
    return done
  }),

  route(requestPasswordReset, async (call) => {
    refuseOtherSites(call.context, call.request)
    await service.requestPasswordReset(call.context, call.body.email, call)
    return done
  }),

  route(resetPassword, async (call) => {
    refuseOtherSites(call.context, call.request)
    await service.resetPassword(call.context, call.body)
    return done
  }),

  route(changePassword, async (call) => {
    await service.changePassword(call.context, call.principal.id, call.body, call)
    return done
  }),

  route(listSessions, async ({ context, principal, request }) => {
    const current = await personOf(context, request)
    const sessions = await service.listSessions(context, principal.id)
    return {
      data: sessions.map((session) => ({
        id: session.id,
        isCurrent: session.id === current?.sessionId,
        dtCreated: session.createdAt.toISOString(),
        dtExpires: session.expiresAt.toISOString(),
        ...(session.ipAddress ? { address: session.ipAddress } : {}),
        ...(session.userAgent ? { browser: session.userAgent } : {}),
      })),
    }
  }),

  route(endSession, async ({ context, principal, params }) => {
    if (await service.endSession(context, principal.id, params.id)) return done
    throw new NotFoundError('You have no session with this id.')
  }),
]
