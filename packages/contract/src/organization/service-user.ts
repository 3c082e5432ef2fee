/** Service users: programs that call the API, and their access keys (organization 5.4). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { type AnswerOf, resource, responseOf } from '../kit/resource.ts'
import { instant, name, oneOf, page } from '../kit/schema.ts'
import { permissionPolicy } from './permission-policy.ts'

export const serviceUser = resource({
  name: 'service-user',
  area: 'organization',
  path: '/serviceusers',
  table: 'service_user',
  title: { one: 'Service user', many: 'Service users' },
  permission: 'config:serviceUser',
  event: null,
  maxPageSize: 200,
  body: Type.Object({
    name: name({ description: 'Which program this is, for example Billing export.' }),
  }),
  computed: Type.Object({
    activeAccessKeys: Type.Integer({ title: 'Active keys' }),
  }),
  references: [],
  filters: [],
  uniqueCode: false,
  sample: { name: 'Billing export' },
})

export type ServiceUser = AnswerOf<typeof serviceUser>

export const MAX_ACCESS_KEYS = 5

const status = oneOf(['ACTIVE', 'INACTIVE'], {
  title: 'Status',
  description: 'An inactive key gets no tokens, and tokens it got stop working at once.',
})

const expiry = instant({
  title: 'Expires',
  description: 'From this instant on the key is refused. Left empty: never.',
})

export const accessKey = Type.Object({
  accessKeyId: Type.String({ title: 'Access key ID' }),
  serviceUserId: Type.String(),
  status,
  dtExpires: Type.Optional(expiry),
  dtLastUsed: Type.Optional(instant({ title: 'Last used' })),
  dtCreated: instant({ title: 'Created' }),
  createdBy: Type.Optional(Type.String()),
})

export type AccessKey = Static<typeof accessKey>

const ofUser = Type.Object({ serviceUserId: Type.String() })
const ofKey = Type.Object({ serviceUserId: Type.String(), accessKeyId: Type.String() })
const shared = { scope: 'organization', area: 'organization', tag: 'Access keys' } as const
const updateRight = { action: 'config:update', resource: 'config:serviceUser' }

export const listAccessKeys = operation({
  ...shared,
  id: 'listAccessKeys',
  method: 'GET',
  path: '/serviceusers/{serviceUserId}/accesskeys',
  summary: 'List the access keys of a service user',
  item: 'serviceUserId',
  permission: { action: 'config:retrieve', resource: 'config:serviceUser' },
  params: ofUser,
  response: page(accessKey),
})

export const createAccessKey = operation({
  ...shared,
  id: 'createAccessKey',
  method: 'POST',
  path: '/serviceusers/{serviceUserId}/accesskeys',
  summary: 'Generate an access key',
  description: `The answer carries the secret, which is shown this once only. At most ${MAX_ACCESS_KEYS} keys for a service user.`,
  item: 'serviceUserId',
  permission: updateRight,
  params: ofUser,
  body: Type.Object({ dtExpires: Type.Optional(expiry) }),
  response: Type.Object({
    ...accessKey.properties,
    orgId: Type.String(),
    apiSecret: Type.String({ title: 'API secret' }),
  }),
  answersSecret: true,
})

export const updateAccessKey = operation({
  ...shared,
  id: 'updateAccessKey',
  method: 'PUT',
  path: '/serviceusers/{serviceUserId}/accesskeys/{accessKeyId}',
  summary: 'Activate or deactivate an access key',
  item: 'serviceUserId',
  permission: updateRight,
  params: ofKey,
  body: Type.Object({ status }),
  response: accessKey,
})

export const deleteAccessKey = operation({
  ...shared,
  id: 'deleteAccessKey',
  method: 'DELETE',
  path: '/serviceusers/{serviceUserId}/accesskeys/{accessKeyId}',
  summary: 'Delete an access key',
  item: 'serviceUserId',
  permission: updateRight,
  params: ofKey,
  response: accessKey,
})

export const listServiceUserPolicies = operation({
  ...shared,
  tag: 'Service users',
  id: 'listServiceUserPermissions',
  method: 'GET',
  path: '/serviceusers/{serviceUserId}/permissions',
  summary: 'List the policies a service user holds',
  item: 'serviceUserId',
  permission: { action: 'config:retrieve', resource: 'config:serviceUser' },
  params: ofUser,
  query: Type.Object({
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    nextToken: Type.Optional(Type.String()),
  }),
  response: page(responseOf(permissionPolicy)),
})
