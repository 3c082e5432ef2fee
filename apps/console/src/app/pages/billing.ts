import { IconFileInvoice, IconListCheck } from '@tabler/icons-react'
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
}
