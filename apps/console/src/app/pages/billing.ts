import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { IconFileInvoice, IconListCheck } from '@tabler/icons-react'
import type { Entity } from '../../kit/query/resource.ts'
import { page, type Section } from '../section.ts'

export const billing: Section = {
  name: 'Billing',
  path: '/billing/bills',
  pages: [
    {
      name: 'Bill management',
      path: '/billing/bills',
      icon: IconFileInvoice,
      permission: 'config:bill',
    },
    { name: 'Bill jobs', path: '/billing/jobs', icon: IconListCheck, permission: 'config:billJob' },
  ],
  routes: [
    page('/billing/bills', () => import('../../billing/bill/list.tsx'), 'BillListPage'),
    page('/billing/bills/$id', () => import('../../billing/bill/detail.tsx'), 'BillDetailPage'),
    page('/billing/jobs', () => import('../../billing/bill-job/list.tsx'), 'BillJobListPage'),
    page(
      '/billing/jobs/$id',
      () => import('../../billing/bill-job/detail.tsx'),
      'BillJobDetailPage',
    ),
  ],
  entities: [
    {
      title: 'Bill',
      collection: '/bills',
      search: { path: '/bills/search', fields: ['sequentialInvoiceNumber', 'accountCode'] },
      label: billLabel,
      path: '/billing/bills',
      icon: IconFileInvoice,
    },
  ],
}

/** By its number where bills have one, and whose it is. */
function billLabel(row: Entity) {
  const { sequentialInvoiceNumber, accountCode, billDate } = row as Entity & Bill
  return sequentialInvoiceNumber === undefined
    ? { title: `Bill of ${accountCode}`, day: billDate }
    : { title: sequentialInvoiceNumber, hint: accountCode, day: billDate }
}
