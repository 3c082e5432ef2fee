/** Users: people, and their membership in this organization (organization 5.1). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { responseOf } from '../kit/resource.ts'
import { auditFields, flag, instant, oneOf, page } from '../kit/schema.ts'
import { organizationDetails } from './organization.ts'
import { permissionPolicy, permissionStatements } from './permission-policy.ts'

export const membershipStatuses = ['ACTIVE', 'INACTIVE'] as const

const personFields = {
  firstName: Type.String({ title: 'First name' }),
  lastName: Type.String({ title: 'Last name' }),
  email: Type.String({ title: 'Email address' }),
  contactNumber: Type.Optional(Type.String({ title: 'Contact number' })),
  organizations: Type.Array(Type.String(), { title: 'Organizations' }),
  firstAcceptedTermsAndConditions: Type.Optional(instant()),
  lastAcceptedTermsAndConditions: Type.Optional(instant()),
  supportUser: flag({ title: 'Support user' }),
}

const endAccess = instant({
  title: 'Access end date',
  description:
    'From this instant on the user cannot enter the organization. Left empty: never ends.',
})

export const user = Type.Object({
  ...auditFields,
  ...personFields,
  permissionPolicy: permissionStatements('Statements given to this user directly.'),
  dtEndAccess: Type.Optional(endAccess),
  status: oneOf([...membershipStatuses], {
    title: 'Status',
    description: 'An inactive user cannot enter the organization.',
  }),
  dtLastSignIn: Type.Optional(instant({ title: 'Last sign-in' })),
})

export type User = Static<typeof user>

const shared = { scope: 'organization', area: 'organization', tag: 'Users' } as const
const retrieve = { action: 'config:retrieve', resource: 'config:user' }
const change = { action: 'config:update', resource: 'config:user' }
const byId = Type.Object({ id: Type.String() })
const paging = {
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  nextToken: Type.Optional(Type.String()),
}
const version = auditFields.version

export const listUsers = operation({
  ...shared,
  id: 'listUsers',
  method: 'GET',
  path: '/users',
  summary: 'List users, newest member first',
  permission: retrieve,
  query: Type.Object({
    ...paging,
    ids: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
  }),
  response: page(user),
})

export const readUser = operation({
  ...shared,
  id: 'readUser',
  method: 'GET',
  path: '/users/{id}',
  summary: 'Read a user',
  permission: retrieve,
  params: byId,
  response: user,
})

export const updateUser = operation({
  ...shared,
  id: 'updateUser',
  method: 'PUT',
  path: '/users/{id}',
  summary: 'Replace the statements and the end of access of a user',
  permission: change,
  params: byId,
  body: Type.Object({
    version: Type.Optional(version),
    permissionPolicy: Type.Optional(
      permissionStatements('Statements given to this user directly.'),
    ),
    dtEndAccess: Type.Optional(endAccess),
  }),
  response: user,
})

export const updateUserStatus = operation({
  ...shared,
  id: 'updateUserStatus',
  method: 'PUT',
  path: '/users/{id}/status',
  summary: 'Activate or deactivate a user in this organization',
  permission: change,
  params: byId,
  body: Type.Object({
    version,
    status: oneOf([...membershipStatuses], { title: 'Status' }),
  }),
  response: user,
})

export const resendPassword = operation({
  ...shared,
  id: 'resendPassword',
  method: 'PUT',
  path: '/users/{id}/password/resend',
  summary: 'Send a user the mail with the link that sets a new password',
  description:
    'The link works once, for an hour. The password that the user has stays until then. Needs a mail server.',
  permission: change,
  params: byId,
  response: Type.Object({ success: Type.Boolean() }),
})

export const readMe = operation({
  ...shared,
  id: 'readMe',
  method: 'GET',
  path: '/users/me',
  summary: 'Read who is calling, and the organization',
  response: Type.Object({
    user: Type.Optional(Type.Object({ ...auditFields, ...personFields })),
    serviceUser: Type.Optional(Type.Object({ ...auditFields, name: Type.String() })),
    organization: organizationDetails,
  }),
})

export const listUserPolicies = operation({
  ...shared,
  id: 'listUserPermissions',
  method: 'GET',
  path: '/users/{id}/permissions',
  summary: 'List the policies a user holds',
  permission: retrieve,
  params: byId,
  query: Type.Object({
    ...paging,
    inherited: Type.Optional(
      Type.Boolean({ description: 'Also those that come from user groups.' }),
    ),
  }),
  response: page(responseOf(permissionPolicy)),
})
