/** Permission policies: named lists of statements, and who holds them (organization 7). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { type AnswerOf, resource } from '../kit/resource.ts'
import { auditFields, flag, text } from '../kit/schema.ts'

export const permissionStatement = Type.Object({
  effect: Type.String({
    title: 'Effect',
    description: 'allow or deny. A deny wins over every allow, wherever it comes from.',
  }),
  action: Type.Array(Type.String(), {
    minItems: 1,
    maxItems: 100,
    title: 'Actions',
    description: 'What may be done, for example config:retrieve; * for everything.',
  }),
  resource: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
    minItems: 1,
    maxItems: 200,
    title: 'Resources',
    description:
      'What it may be done to: config:meter/* for all meters, config:meter/item/<id> for one, * for everything.',
  }),
})

export type PermissionStatement = Static<typeof permissionStatement>

export const permissionStatements = (description: string) =>
  Type.Array(permissionStatement, { maxItems: 200, title: 'Statements', description })

export const permissionPolicy = resource({
  name: 'permission-policy',
  area: 'organization',
  path: '/permissionpolicies',
  table: 'permission_policy',
  title: { one: 'Permission policy', many: 'Permission policies' },
  permission: 'config:permissionPolicy',
  event: null,
  maxPageSize: 100,
  body: Type.Object({
    name: text(1, 100, {
      title: 'Name',
      description: 'What people see where they choose policies.',
    }),
    permissionPolicy: Type.Array(permissionStatement, {
      minItems: 1,
      maxItems: 200,
      title: 'Statements',
      description: 'What the holders may do, and what they may not.',
    }),
  }),
  computed: Type.Object({
    managedPolicy: flag({
      title: 'Managed',
      description: 'Every organization has it; it can be given to people, but not changed.',
    }),
  }),
  references: [],
  filters: [],
  uniqueCode: false,
  sample: {
    name: 'Reads plans',
    permissionPolicy: [
      { effect: 'allow', action: ['config:retrieve'], resource: ['config:plan/*'] },
    ],
  },
})

export type PermissionPolicy = AnswerOf<typeof permissionPolicy>

export const principalTypes = ['USER', 'USERGROUP', 'SERVICEUSER', 'SUPPORTUSERS'] as const

export const policyAssignment = Type.Object({
  ...auditFields,
  permissionPolicyId: Type.String(),
  principalId: Type.String(),
  principalType: Type.Enum([...principalTypes]),
})

const assignment = (id: string, tail: string, summary: string) =>
  operation({
    id,
    method: 'POST',
    path: `/permissionpolicies/{permissionPolicyId}/${tail}`,
    scope: 'organization',
    area: 'organization',
    tag: 'Permission policies',
    summary,
    item: 'permissionPolicyId',
    permission: { action: 'config:update', resource: 'config:permissionPolicy' },
    params: Type.Object({ permissionPolicyId: Type.String() }),
    body: Type.Object({
      principalId: Type.String({
        minLength: 1,
        title: 'Principal',
        description: 'Id of the user or service user.',
      }),
      version: Type.Optional(Type.Integer()),
    }),
    response: policyAssignment,
  })

export const addPolicyToUser = assignment(
  'addPermissionPolicyToUser',
  'addtouser',
  'Give a policy to a user',
)
export const removePolicyFromUser = assignment(
  'removePermissionPolicyFromUser',
  'removefromuser',
  'Take a policy from a user',
)
export const addPolicyToServiceUser = assignment(
  'addPermissionPolicyToServiceUser',
  'addtoserviceuser',
  'Give a policy to a service user',
)
export const removePolicyFromServiceUser = assignment(
  'removePermissionPolicyFromServiceUser',
  'removefromserviceuser',
  'Take a policy from a service user',
)

const holder = Type.Object({
  principalId: Type.String(),
  principalType: Type.Enum([...principalTypes]),
  name: Type.String(),
})

export const listPolicyHolders = operation({
  id: 'listPermissionPolicyHolders',
  method: 'GET',
  path: '/permissionpolicies/{id}/holders',
  scope: 'organization',
  area: 'organization',
  tag: 'Permission policies',
  summary: 'List who holds a policy',
  permission: { action: 'config:retrieve', resource: 'config:permissionPolicy' },
  params: Type.Object({ id: Type.String() }),
  response: Type.Object({ data: Type.Array(holder) }),
})
