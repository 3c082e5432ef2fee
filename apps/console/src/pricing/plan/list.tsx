/** All plans, newest first, by product. */
import { type Product, product } from '@countinghouse/contract/metering/product.ts'
import { type Plan, plan } from '@countinghouse/contract/pricing/plan.ts'
import { type PlanTemplate, planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import { IconFileDollar } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { Money } from '../../kit/format/amount.tsx'
import { Code, State } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import type { Along, CsvFile } from '../../kit/list/csv-export.ts'
import { ListPage } from '../../kit/list/list-page.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { deleteOf, editOf } from '../../kit/list/row-acts.ts'
import { useByIds, useList } from '../../kit/query/resource.ts'

/** With the charges that count: the template's where the plan has none of its own. */
const file: CsvFile<Plan> = {
  name: 'plans',
  along: [
    [planTemplate, (row) => row.planTemplateId],
    [product, (row) => row.productId],
  ],
  columns: [
    ['Name', (row) => row.name],
    ['Code', (row) => row.code],
    ['Product', (row, along) => along<Product>(row.productId)?.name],
    ['Template', (row, along) => along<PlanTemplate>(row.planTemplateId)?.name],
    ['Custom', (row) => row.bespoke],
    ['Currency', (row, along) => along<PlanTemplate>(row.planTemplateId)?.currency],
    ['Standing charge', (row, along) => chargeOf(row, 'standingCharge', along)],
    ['Minimum spend', (row, along) => chargeOf(row, 'minimumSpend', along)],
    ['ID', (row) => row.id],
  ],
}

function chargeOf(row: Plan, field: 'standingCharge' | 'minimumSpend', along: Along) {
  return row[field] ?? along<PlanTemplate>(row.planTemplateId)?.[field]
}

export function PlanListPage() {
  const list = useListState(['productId'])
  const plans = useList<Plan>(plan, list.query)
  const templates = useByIds<PlanTemplate>(
    planTemplate,
    plans.rows.map((row) => row.planTemplateId),
  )
  const products = useByIds(
    product,
    plans.rows.map((row) => row.productId),
  )
  const remove = useRemoveWithQuestion<Plan>(plan)
  const charge = (row: Plan, field: 'standingCharge' | 'minimumSpend') => {
    const template = templates.get(row.planTemplateId)
    return <Money amount={row[field] ?? template?.[field]} currency={template?.currency} />
  }
  return (
    <ListPage
      trail={[{ title: 'Pricing' }]}
      title="Plans"
      lead="What accounts are given: a template, with prices and charges of its own where they differ."
      state={list}
      file={file}
      source={plans}
      columns={[
        {
          key: 'name',
          title: 'Name',
          render: (row) => row.name,
          sort: (row) => row.name,
        },
        {
          key: 'code',
          title: 'Code',
          wide: true,
          render: (row) => <Code>{row.code}</Code>,
          sort: (row) => row.code,
        },
        {
          key: 'product',
          title: 'Product',
          render: (row) => products.get(row.productId)?.name ?? '…',
          sort: (row) => products.get(row.productId)?.name,
          fact: true,
        },
        {
          key: 'template',
          title: 'Template',
          render: (row) => (
            <AppLink quiet to={`/pricing/plan-templates/${row.planTemplateId}`}>
              {templates.get(row.planTemplateId)?.name ?? '…'}
            </AppLink>
          ),
        },
        {
          key: 'bespoke',
          title: 'Kind',
          render: (row) => (row.bespoke ? <State tone="note">Custom</State> : 'Standard'),
        },
        {
          key: 'standingCharge',
          title: 'Standing charge',
          align: 'right',
          render: (row) => charge(row, 'standingCharge'),
          fact: true,
        },
        {
          key: 'minimumSpend',
          title: 'Minimum spend',
          align: 'right',
          render: (row) => charge(row, 'minimumSpend'),
        },
      ]}
      rowPath={(row) => `/pricing/plans/${row.id}`}
      searchText={(row) => `${row.name} ${row.code}`}
      filters={[{ kind: 'reference', key: 'productId', title: 'Product', resource: product }]}
      create={{ label: 'Create plan', to: '/pricing/plans/create', permission: plan.permission }}
      rowActions={(row) => [
        editOf(plan, `/pricing/plans/${row.id}/edit`),
        deleteOf(plan, () => void remove(row)),
      ]}
      empty={{
        icon: IconFileDollar,
        title: 'No plans yet',
        text: 'A plan prices one product. It starts from a plan template and can be given to any number of accounts.',
        docs: 'guides/plans-and-templates',
      }}
    />
  )
}
