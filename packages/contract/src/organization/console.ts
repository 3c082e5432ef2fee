/** What the Console needs beyond the public API: the signed-in person and small conveniences (console 8). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { instant, oneOf, text } from '../kit/schema.ts'
import { organizationStatuses, organizationTypes } from './organization.ts'
import { permissionStatement } from './permission-policy.ts'
import { personName, signedIn } from './sign-in.ts'

const instanceCall = { scope: 'instance', area: 'organization', tag: 'Console' } as const
const call = { scope: 'organization', area: 'organization', tag: 'Console' } as const

export const preferences = Type.Object({
  theme: Type.Optional(
    oneOf(['SYSTEM', 'LIGHT', 'DARK'], {
      title: 'Theme',
      description: 'System follows your device.',
    }),
  ),
  isNavCollapsed: Type.Optional(Type.Boolean({ title: 'Navigation collapsed' })),
  timeDisplay: Type.Optional(
    oneOf(['ORGANIZATION', 'BROWSER'], {
      title: 'Times',
      description: 'Show times in the zone of the organization or of this device.',
    }),
  ),
})

const contactNumber = Type.Optional(text(1, 50, { title: 'Contact number' }))

export const me = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  firstName: Type.String(),
  lastName: Type.String(),
  email: Type.String(),
  contactNumber: Type.Optional(Type.String()),
  supportUser: Type.Boolean(),
  preferences,
})

export type Me = Static<typeof me>

export const readConsoleMe = operation({
  ...instanceCall,
  id: 'readConsoleMe',
  method: 'GET',
  path: '/console/me',
  summary: 'Read the signed-in person',
  permission: signedIn,
  response: me,
})

export const updateConsoleMe = operation({
  ...instanceCall,
  id: 'updateConsoleMe',
  method: 'PUT',
  path: '/console/me',
  summary: 'Change the own name, contact number and preferences',
  permission: signedIn,
  body: Type.Object({
    firstName: Type.Optional(personName.firstName),
    lastName: Type.Optional(personName.lastName),
    contactNumber,
    preferences: Type.Optional(preferences),
  }),
  response: me,
})

export const consoleOrganization = Type.Object({
  id: Type.String(),
  name: Type.String(),
  shortName: Type.Optional(Type.String()),
  type: oneOf([...organizationTypes], { title: 'Type' }),
  status: oneOf([...organizationStatuses], {
    title: 'Status',
    description: 'An archived organization can be read by operators, and not changed.',
  }),
  lastAccessed: Type.Boolean({ description: 'The one entered last.' }),
  dtLastAccessed: Type.Optional(instant({ title: 'Last accessed' })),
})

export const listConsoleOrganizations = operation({
  ...instanceCall,
  id: 'listConsoleOrganizations',
  method: 'GET',
  path: '/console/organizations',
  summary: 'List the organizations the signed-in person may enter',
  permission: signedIn,
  response: Type.Object({ data: Type.Array(consoleOrganization) }),
})

export const markOrganizationOpened = operation({
  ...call,
  id: 'markOrganizationOpened',
  method: 'PUT',
  path: '/console/opened',
  summary: 'Note that the signed-in person entered the organization',
  response: Type.Object({ success: Type.Boolean() }),
})

export const listOwnStatements = operation({
  ...call,
  id: 'listOwnStatements',
  method: 'GET',
  path: '/console/permissions',
  summary: 'List what the caller may and may not do here',
  response: Type.Object({ data: Type.Array(permissionStatement) }),
})

export const listPrincipals = operation({
  ...call,
  id: 'listPrincipals',
  method: 'GET',
  path: '/console/principals',
  summary: 'Read the names behind ids of audit fields; unknown ids are left out',
  query: Type.Object({ ids: Type.Union([Type.String(), Type.Array(Type.String())]) }),
  response: Type.Object({
    data: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        kind: oneOf(['USER', 'SERVICE_USER', 'SYSTEM']),
      }),
    ),
  }),
})

export const listAdministrators = operation({
  ...call,
  id: 'listAdministrators',
  method: 'GET',
  path: '/console/administrators',
  summary: 'Read the names of those who can give rights in the organization',
  response: Type.Object({
    data: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  }),
})

const recentAccount = Type.Object({
  id: Type.String(),
  name: Type.String({ title: 'Name' }),
  code: Type.String({ title: 'Code' }),
  dtVisited: instant({ title: 'Last visited' }),
})

export const listRecentAccounts = operation({
  ...call,
  id: 'listRecentAccounts',
  method: 'GET',
  path: '/console/recentaccounts',
  summary: 'List the accounts the caller visited last, at most ten',
  permission: { action: 'config:retrieve', resource: 'config:account' },
  response: Type.Object({ data: Type.Array(recentAccount) }),
})

export const markAccountVisited = operation({
  ...call,
  id: 'markAccountVisited',
  method: 'PUT',
  path: '/console/recentaccounts/{id}',
  summary: 'Note that the caller visited an account',
  permission: { action: 'config:retrieve', resource: 'config:account' },
  params: Type.Object({ id: Type.String() }),
  response: Type.Object({ success: Type.Boolean() }),
})

const checklist = Type.Object({
  isDismissed: Type.Boolean({
    title: 'Dismissed',
    description: 'The set-up checklist is hidden from the Dashboard.',
  }),
})

export const readChecklist = operation({
  ...call,
  id: 'readChecklist',
  method: 'GET',
  path: '/console/checklist',
  summary: 'Read whether the caller dismissed the set-up checklist',
  response: checklist,
})

export const updateChecklist = operation({
  ...call,
  id: 'updateChecklist',
  method: 'PUT',
  path: '/console/checklist',
  summary: 'Dismiss the set-up checklist or bring it back',
  body: checklist,
  response: checklist,
})
