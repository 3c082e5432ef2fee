/** The lock date: bills whose period ends on or before it cannot change any more (billing 10.2). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { auditFields, day, optional } from '../kit/schema.ts'

const billLockDate = optional(
  day({
    title: 'Lock date',
    description:
      'Bills whose last day is this day or earlier are locked. Set it back, or leave it empty, to free those that only this date locks.',
  }),
)

export const billConfigBody = Type.Object({ billLockDate, version: auditFields.version })

export const billConfig = Type.Object({ ...auditFields, billLockDate })
export type BillConfig = Static<typeof billConfig>

const shared = {
  scope: 'organization',
  area: 'billing',
  tag: 'Bill configuration',
  path: '/billconfig',
} as const

export const readBillConfig = operation({
  ...shared,
  id: 'readBillConfig',
  method: 'GET',
  summary: 'Read the lock date of bills',
  permission: { action: 'config:retrieve', resource: 'config:billConfig' },
  response: billConfig,
})

export const updateBillConfig = operation({
  ...shared,
  id: 'updateBillConfig',
  method: 'PUT',
  summary: 'Set or clear the lock date of bills; refused while pending bills lie before it',
  permission: { action: 'config:update', resource: 'config:billConfig' },
  body: billConfigBody,
  response: billConfig,
})

export const billConfigOperations = [readBillConfig, updateBillConfig]
