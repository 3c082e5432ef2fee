import { IconUsers } from '@tabler/icons-react'
import { page, type Section } from '../section.ts'

export const accounts: Section = {
  name: 'Accounts',
  path: '/accounts',
  pages: [{ name: 'Accounts', path: '/accounts', icon: IconUsers, permission: 'config:account' }],
  routes: [
    page('/accounts', () => import('../../accounts/account/list.tsx'), 'AccountListPage'),
    page('/accounts/create', () => import('../../accounts/account/form.tsx'), 'AccountCreatePage'),
    page('/accounts/$id', () => import('../account/account-page.tsx'), 'AccountPage'),
    page('/accounts/$id/$tab', () => import('../account/account-page.tsx'), 'AccountPage'),
    page('/accounts/$id/edit', () => import('../../accounts/account/form.tsx'), 'AccountEditPage'),
    page(
      '/accounts/$id/plans/attach',
      () => import('../../accounts/account-plan/form.tsx'),
      'AttachPlanPage',
    ),
    page(
      '/accounts/$id/plans/$attachmentId',
      () => import('../account/attachment-page.tsx'),
      'AttachmentPage',
    ),
    page(
      '/accounts/$id/plans/$attachmentId/edit',
      () => import('../../accounts/account-plan/form.tsx'),
      'AccountPlanEditPage',
    ),
  ],
  entities: [
    {
      title: 'Account',
      collection: '/accounts',
      search: { path: '/accounts/search', fields: ['name', 'code'] },
      path: '/accounts',
      icon: IconUsers,
    },
  ],
  acts: [{ title: 'Create account', path: '/accounts/create' }],
}
