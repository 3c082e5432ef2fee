/** The organization itself: one tenant (organization 1). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { auditFields, oneOf, text } from '../kit/schema.ts'

export const organizationTypes = ['PRODUCTION', 'SANDBOX'] as const
export const organizationStatuses = ['ACTIVE', 'ARCHIVED'] as const

const line = (title: string) => Type.Optional(text(1, 200, { title }))

/** What administrators may change. */
export const organizationBody = Type.Object({
  organizationName: text(1, 200, {
    title: 'Organization name',
    description: 'What people see, and what stands on bills.',
  }),
  shortName: line('Short name'),
  addressLine1: line('Address line 1'),
  addressLine2: line('Address line 2'),
  addressLine3: line('Address line 3'),
  addressLine4: line('Address line 4'),
  locality: line('City'),
  region: line('Region'),
  postCode: line('Post code'),
  country: line('Country'),
  taxId: line('Tax ID'),
  purchaseOrderNumber: line('Purchase order number'),
  invoiceGeneralReference: line('Invoice reference'),
  billingContactUserId1: Type.Optional(Type.String({ title: 'Billing contact 1' })),
  billingContactUserId2: Type.Optional(Type.String({ title: 'Billing contact 2' })),
  billingContactUserId3: Type.Optional(Type.String({ title: 'Billing contact 3' })),
})

export type OrganizationBody = Static<typeof organizationBody>

export const organizationDetails = Type.Object({
  ...auditFields,
  orgId: Type.String({ title: 'Organization ID' }),
  customerId: Type.Optional(Type.String()),
  ...organizationBody.properties,
  type: oneOf([...organizationTypes], { title: 'Type' }),
  status: oneOf([...organizationStatuses], { title: 'Status' }),
})

export type OrganizationDetails = Static<typeof organizationDetails>

const shared = {
  scope: 'organization',
  area: 'organization',
  tag: 'Organization',
  path: '/organization',
} as const

export const readOrganization = operation({
  ...shared,
  id: 'readOrganization',
  method: 'GET',
  summary: 'Read name, address and references of the organization',
  response: organizationDetails,
})

export const updateOrganization = operation({
  ...shared,
  id: 'updateOrganization',
  method: 'PUT',
  summary: 'Replace name, address and references of the organization',
  permission: { action: 'config:update', resource: 'config:organizationConfig' },
  body: Type.Object({ ...organizationBody.properties, version: auditFields.version }),
  response: organizationDetails,
})
