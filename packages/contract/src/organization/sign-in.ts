/** How people sign in: by password, by a one-time link, and what happens when they forget (6.2). */
import Type from 'typebox'
import { operation, type Permission } from '../kit/operation.ts'
import { instant, text } from '../kit/schema.ts'

/** On calls outside an organization: only says that a person must be signed in. */
export const signedIn: Permission = { action: 'config:retrieve', resource: 'config:user' }

const shared = { scope: 'instance', area: 'organization', tag: 'Sign-in' } as const

const done = Type.Object({ success: Type.Boolean() })

export const email = Type.String({
  format: 'email',
  maxLength: 254,
  title: 'Email address',
})

export const newPassword = Type.String({
  title: 'New password',
  description: 'At least 12 characters. A few words that only you put together are best.',
})

export const personName = {
  firstName: text(1, 100, { title: 'First name' }),
  lastName: text(1, 100, { title: 'Last name' }),
}

export const signInByPassword = operation({
  ...shared,
  id: 'signInByPassword',
  method: 'POST',
  path: '/auth/sign-in/email',
  summary: 'Sign in with e-mail address and password',
  description: 'The session comes as a cookie; the answer carries no token.',
  body: Type.Object({
    email: Type.String({ title: 'Email address' }),
    password: Type.String({ title: 'Password' }),
  }),
  response: done,
})

export const signInByLink = operation({
  ...shared,
  id: 'signInByLink',
  method: 'POST',
  path: '/auth/sign-in/link',
  summary: 'Sign in with a one-time link',
  body: Type.Object({ token: Type.String() }),
  response: done,
})

export const signOut = operation({
  ...shared,
  id: 'signOut',
  method: 'POST',
  path: '/auth/sign-out',
  summary: 'End the session',
  response: done,
})

export const readSetUp = operation({
  ...shared,
  id: 'readSetUp',
  method: 'GET',
  path: '/auth/set-up/{token}',
  summary: 'Read what a set-up link is for',
  params: Type.Object({ token: Type.String() }),
  response: Type.Object({
    organizations: Type.Array(Type.String(), {
      description: 'Names of the organizations that the new administrator will enter.',
    }),
  }),
})

export const setUp = operation({
  ...shared,
  id: 'setUp',
  method: 'POST',
  path: '/auth/set-up',
  summary: 'Create the first administrator and sign in',
  body: Type.Object({
    token: Type.String(),
    ...personName,
    email,
    password: newPassword,
    organizationName: Type.Optional(
      text(1, 200, {
        title: 'Organization name',
        description: 'Your first organization; needed only where there is none yet.',
      }),
    ),
  }),
  response: done,
})

export const requestPasswordReset = operation({
  ...shared,
  id: 'requestPasswordReset',
  method: 'POST',
  path: '/auth/request-password-reset',
  summary: 'Ask for a link that sets a new password',
  description: 'The answer is the same whether or not somebody has this address.',
  body: Type.Object({ email: Type.String({ title: 'Email address' }) }),
  response: done,
})

export const resetPassword = operation({
  ...shared,
  id: 'resetPassword',
  method: 'POST',
  path: '/auth/reset-password',
  summary: 'Set a new password with a link; every session ends',
  body: Type.Object({ token: Type.String(), newPassword }),
  response: done,
})

export const changePassword = operation({
  ...shared,
  id: 'changePassword',
  method: 'POST',
  path: '/auth/change-password',
  summary: 'Change the own password; other sessions end',
  permission: signedIn,
  body: Type.Object({
    currentPassword: Type.Optional(
      Type.String({
        title: 'Current password',
        description: 'Needed unless you have none yet, because you came in by a link.',
      }),
    ),
    newPassword,
  }),
  response: done,
})

export const listSessions = operation({
  ...shared,
  id: 'listSessions',
  method: 'GET',
  path: '/auth/sessions',
  summary: 'List the own sessions',
  permission: signedIn,
  response: Type.Object({
    data: Type.Array(
      Type.Object({
        id: Type.String(),
        isCurrent: Type.Boolean(),
        dtCreated: instant(),
        dtExpires: instant(),
        address: Type.Optional(Type.String()),
        browser: Type.Optional(Type.String()),
      }),
    ),
  }),
})

export const endSession = operation({
  ...shared,
  id: 'endSession',
  method: 'DELETE',
  path: '/auth/sessions/{id}',
  summary: 'End one of the own sessions',
  permission: signedIn,
  params: Type.Object({ id: Type.String() }),
  response: done,
})
