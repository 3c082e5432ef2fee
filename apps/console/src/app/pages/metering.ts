import {
  IconAlertTriangle,
  IconChartBar,
  IconGauge,
  IconMathFunction,
  IconSum,
} from '@tabler/icons-react'
import { page, type Section } from '../section.ts'

export const metering: Section = {
  name: 'Metering',
  path: '/metering/meters',
  pages: [
    { name: 'Meters', path: '/metering/meters', icon: IconGauge, permission: 'config:meter' },
    {
      name: 'Aggregations',
      path: '/metering/aggregations',
      icon: IconSum,
      permission: 'config:aggregation',
    },
    {
      name: 'Compound aggregations',
      path: '/metering/compound-aggregations',
      icon: IconMathFunction,
      permission: 'config:compoundAggregation',
    },
    {
      name: 'Ingest events',
      path: '/metering/ingest-events',
      icon: IconAlertTriangle,
      permission: 'config:event',
    },
    { name: 'Usage data explorer', path: '/metering/explorer', icon: IconChartBar },
  ],
  routes: [
    page('/metering/meters', () => import('../../metering/meter/list.tsx'), 'MeterListPage'),
    page(
      '/metering/meters/create',
      () => import('../../metering/meter/form.tsx'),
      'MeterCreatePage',
    ),
    page(
      '/metering/meters/$id',
      () => import('../../metering/meter/detail.tsx'),
      'MeterDetailPage',
    ),
    page(
      '/metering/meters/$id/edit',
      () => import('../../metering/meter/form.tsx'),
      'MeterEditPage',
    ),
    page(
      '/metering/meters/groups',
      () => import('../../metering/meter-group/list.tsx'),
      'MeterGroupListPage',
    ),
    page(
      '/metering/meters/groups/create',
      () => import('../../metering/meter-group/form.tsx'),
      'MeterGroupFormPage',
    ),
    page(
      '/metering/meters/groups/$id/edit',
      () => import('../../metering/meter-group/form.tsx'),
      'MeterGroupFormPage',
    ),
    page(
      '/metering/aggregations',
      () => import('../../metering/aggregation/list.tsx'),
      'AggregationListPage',
    ),
    page(
      '/metering/aggregations/create',
      () => import('../../metering/aggregation/form.tsx'),
      'AggregationCreatePage',
    ),
    page(
      '/metering/aggregations/$id',
      () => import('../../metering/aggregation/detail.tsx'),
      'AggregationDetailPage',
    ),
    page(
      '/metering/aggregations/$id/edit',
      () => import('../../metering/aggregation/form.tsx'),
      'AggregationEditPage',
    ),
    page(
      '/metering/compound-aggregations',
      () => import('../../metering/compound-aggregation/list.tsx'),
      'CompoundAggregationListPage',
    ),
    page(
      '/metering/compound-aggregations/create',
      () => import('../../metering/compound-aggregation/form.tsx'),
      'CompoundAggregationCreatePage',
    ),
    page(
      '/metering/compound-aggregations/$id',
      () => import('../../metering/compound-aggregation/detail.tsx'),
      'CompoundAggregationDetailPage',
    ),
    page(
      '/metering/compound-aggregations/$id/edit',
      () => import('../../metering/compound-aggregation/form.tsx'),
      'CompoundAggregationEditPage',
    ),
    page(
      '/metering/ingest-events',
      () => import('../../metering/ingest-event/list.tsx'),
      'IngestEventListPage',
    ),
    page(
      '/metering/explorer',
      () => import('../../metering/usage/explorer.tsx'),
      'UsageExplorerPage',
    ),
  ],
  entities: [
    { title: 'Meter', collection: '/meters', path: '/metering/meters', icon: IconGauge },
    {
      title: 'Aggregation',
      collection: '/aggregations',
      path: '/metering/aggregations',
      icon: IconSum,
    },
    {
      title: 'Compound aggregation',
      collection: '/compoundaggregations',
      path: '/metering/compound-aggregations',
      icon: IconMathFunction,
    },
  ],
  acts: [
    { title: 'Create meter', path: '/metering/meters/create' },
    { title: 'Create meter group', path: '/metering/meters/groups/create' },
    { title: 'Create aggregation', path: '/metering/aggregations/create' },
    { title: 'Create compound aggregation', path: '/metering/compound-aggregations/create' },
  ],
}
