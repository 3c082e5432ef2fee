/** All plan templates, newest first, by product. */
import { type Product, product } from '@countinghouse/contract/metering/product.ts'
import { type PlanTemplate, planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import { IconTemplate } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { Money } from '../../kit/format/amount.tsx'
import { Code } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import type { CsvFile } from '../../kit/list/csv-export.ts'
import { ListPage } from '../../kit/list/list-page.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { deleteOf, editOf } from '../../kit/list/row-acts.ts'
import { useByIds, useList } from '../../kit/query/resource.ts'
import { frequencyWords } from './frequency.ts'

const file: CsvFile<PlanTemplate> = {
  name: 'plan-templates',
  along: [[product, (row) => row.productId]],
  columns: [
    ['Name', (row) => row.name],
    ['Code', (row) => row.code],
    ['Product', (row, along) => along<Product>(row.productId)?.name],
    ['Bill frequency', (row) => row.billFrequency],
    ['Interval', (row) => row.billFrequencyInterval],
    ['Currency', (row) => row.currency],
    ['Standing charge', (row) => row.standingCharge],
    ['Minimum spend', (row) => row.minimumSpend],
    ['ID', (row) => row.id],
  ],
}

export function PlanTemplateListPage() {
  const list = useListState(['productId'])
  const templates = useList<PlanTemplate>(planTemplate, list.query)
  const products = useByIds(
    product,
    templates.rows.map((row) => row.productId),
  )
  const remove = useRemoveWithQuestion<PlanTemplate>(planTemplate)
  return (
    <ListPage
      trail={[{ title: 'Pricing' }]}
      title="Plan templates"
      lead="What the plans of a product have in common: currency, bill frequency, charges and, if you like, prices."
      state={list}
      file={file}
      source={templates}
      columns={[
        { key: 'name', title: 'Name', render: (row) => row.name, sort: (row) => row.name },
        { key: 'code', title: 'Code', render: (row) => row.code && <Code>{row.code}</Code> },
        {
          key: 'product',
          title: 'Product',
          render: (row) => (
            <AppLink quiet to={`/products/${row.productId}`}>
              {products.get(row.productId)?.name ?? '…'}
            </AppLink>
          ),
          sort: (row) => products.get(row.productId)?.name,
        },
        { key: 'frequency', title: 'Billed', render: (row) => frequencyWords(row), fact: true },
        {
          key: 'currency',
          title: 'Currency',
          render: (row) => row.currency,
          sort: (row) => row.currency,
        },
        {
          key: 'standingCharge',
          title: 'Standing charge',
          align: 'right',
          render: (row) => <Money amount={row.standingCharge} currency={row.currency} />,
          sort: (row) => Number(row.standingCharge),
          fact: true,
        },
        {
          key: 'minimumSpend',
          title: 'Minimum spend',
          align: 'right',
          render: (row) => <Money amount={row.minimumSpend} currency={row.currency} />,
        },
      ]}
      rowPath={(row) => `/pricing/plan-templates/${row.id}`}
      searchText={(row) => `${row.name} ${row.code ?? ''}`}
      filters={[{ kind: 'reference', key: 'productId', title: 'Product', resource: product }]}
      create={{
        label: 'Create plan template',
        to: '/pricing/plan-templates/create',
        permission: planTemplate.permission,
      }}
      rowActions={(row) => [
        editOf(planTemplate, `/pricing/plan-templates/${row.id}/edit`),
        deleteOf(planTemplate, () => remove(row)),
      ]}
      empty={{
        icon: IconTemplate,
        title: 'No plan templates yet',
        text: 'A template says how a product is billed: how often, in which currency, with which standing charge. Plans are made from it.',
        docs: 'guides/plans-and-templates',
      }}
    />
  )
}
