import { IconBuilding, IconUsersGroup } from '@tabler/icons-react'
import { page, type Section } from '../section.ts'

const organization = () => import('../settings/organization-page.tsx')
const access = () => import('../settings/access-page.tsx')
const picklist = () => import('../../organization/picklist/form.tsx')
const policy = () => import('../../organization/permission-policy/form.tsx')

export const settings: Section = {
  name: 'Settings',
  path: '/settings/organization',
  pages: [
    {
      name: 'Organization',
      path: '/settings/organization',
      icon: IconBuilding,
      permission: 'config:organizationConfig',
    },
    {
      name: 'Access settings',
      path: '/settings/access',
      icon: IconUsersGroup,
      permission: 'config:user',
    },
  ],
  routes: [
    page('/settings/organization', organization, 'OrganizationPage'),
    page('/settings/organization/$tab', organization, 'OrganizationPage'),
    page(
      '/settings/organization/details/edit',
      () => import('../../organization/tenant/form.tsx'),
      'OrganizationDetailsFormPage',
    ),
    page(
      '/settings/organization/configuration/edit',
      () => import('../../organization/configuration/form.tsx'),
      'ConfigurationFormPage',
    ),
    page(
      '/settings/organization/custom-fields/edit',
      () => import('../../organization/custom-field/form.tsx'),
      'CustomFieldsFormPage',
    ),
    page('/settings/organization/$tab/create', picklist, 'PicklistFormPage'),
    page('/settings/organization/$tab/$id/edit', picklist, 'PicklistFormPage'),
    page('/settings/access', access, 'AccessPage'),
    page('/settings/access/$tab', access, 'AccessPage'),
    page(
      '/settings/access/users/$id',
      () => import('../../organization/user/detail.tsx'),
      'UserDetailPage',
    ),
    page(
      '/settings/access/service-users/create',
      () => import('../../organization/service-user/form.tsx'),
      'ServiceUserFormPage',
    ),
    page(
      '/settings/access/service-users/$id',
      () => import('../../organization/service-user/detail.tsx'),
      'ServiceUserDetailPage',
    ),
    page(
      '/settings/access/service-users/$id/edit',
      () => import('../../organization/service-user/form.tsx'),
      'ServiceUserFormPage',
    ),
    page('/settings/access/policies/create', policy, 'PermissionPolicyFormPage'),
    page(
      '/settings/access/policies/$id',
      () => import('../../organization/permission-policy/detail.tsx'),
      'PermissionPolicyDetailPage',
    ),
    page('/settings/access/policies/$id/edit', policy, 'PermissionPolicyFormPage'),
  ],
  acts: [
    { title: 'Create service user', path: '/settings/access/service-users/create' },
    { title: 'Create permission policy', path: '/settings/access/policies/create' },
    { title: 'Edit configuration', path: '/settings/organization/configuration/edit' },
  ],
}
