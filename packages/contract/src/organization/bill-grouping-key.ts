/** Bill grouping keys: which contracts of an account share a bill. */
import { flag } from '../kit/schema.ts'
import { picklist } from './picklist.ts'

export const billGroupingKey = picklist(
  {
    name: 'bill-grouping-key',
    path: '/picklists/billgroupingkeys',
    title: { one: 'Bill grouping key', many: 'Bill grouping keys' },
    permission: 'config:billGroupingKey',
    event: null,
    nameTooltip: 'What people see where bills are grouped.',
  },
  {
    exclusive: flag({
      title: 'Exclusive',
      description: 'On: only one entity may use this key, so it always has a bill of its own.',
    }),
  },
  { name: 'Own bill', code: 'own_bill', exclusive: true },
)
