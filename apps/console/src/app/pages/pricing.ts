import { IconFileDollar, IconTable, IconTemplate } from '@tabler/icons-react'
import { page, type Section } from '../section.ts'

export const pricing: Section = {
  name: 'Pricing',
  path: '/pricing/editor',
  pages: [
    {
      name: 'Pricing editor',
      path: '/pricing/editor',
      icon: IconTable,
      permission: 'config:pricing',
    },
    {
      name: 'Plan templates',
      path: '/pricing/plan-templates',
      icon: IconTemplate,
      permission: 'config:planTemplate',
    },
    { name: 'Plans', path: '/pricing/plans', icon: IconFileDollar, permission: 'config:plan' },
  ],
  routes: [
    page('/pricing/editor', () => import('../../pricing/editor/editor.tsx'), 'PricingEditorPage'),
    page(
      '/pricing/plan-templates',
      () => import('../../pricing/plan-template/list.tsx'),
      'PlanTemplateListPage',
    ),
    page(
      '/pricing/plan-templates/create',
      () => import('../../pricing/plan-template/page.tsx'),
      'PlanTemplateCreatePage',
    ),
    page(
      '/pricing/plan-templates/$id',
      () => import('../../pricing/plan-template/detail.tsx'),
      'PlanTemplateDetailPage',
    ),
    page(
      '/pricing/plan-templates/$id/edit',
      () => import('../../pricing/plan-template/page.tsx'),
      'PlanTemplateEditPage',
    ),
    page('/pricing/plans', () => import('../../pricing/plan/list.tsx'), 'PlanListPage'),
    page('/pricing/plans/create', () => import('../../pricing/plan/form.tsx'), 'PlanCreatePage'),
    page('/pricing/plans/$id', () => import('../../pricing/plan/detail.tsx'), 'PlanDetailPage'),
    page('/pricing/plans/$id/edit', () => import('../../pricing/plan/form.tsx'), 'PlanEditPage'),
    page(
      '/pricing/pricings/create',
      () => import('../../pricing/pricing/page.tsx'),
      'PricingCreatePage',
    ),
    page(
      '/pricing/pricings/$id/edit',
      () => import('../../pricing/pricing/page.tsx'),
      'PricingEditPage',
    ),
  ],
  entities: [
    { title: 'Plan', collection: '/plans', path: '/pricing/plans', icon: IconFileDollar },
    {
      title: 'Plan template',
      collection: '/plantemplates',
      path: '/pricing/plan-templates',
      icon: IconTemplate,
    },
  ],
  acts: [
    { title: 'Create plan template', path: '/pricing/plan-templates/create' },
    { title: 'Create plan', path: '/pricing/plans/create' },
  ],
}
