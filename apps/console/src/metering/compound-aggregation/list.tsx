/** All compound aggregations, newest first. */
import {
  type CompoundAggregation,
  compoundAggregation,
} from '@countinghouse/contract/metering/compound-aggregation.ts'
import { type Product, product } from '@countinghouse/contract/metering/product.ts'
import { IconMathFunction } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { Code, State } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import type { CsvFile } from '../../kit/list/csv-export.ts'
import { ListPage } from '../../kit/list/list-page.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { deleteOf, editOf } from '../../kit/list/row-acts.ts'
import { useByIds, useList } from '../../kit/query/resource.ts'

const SHOWN_LENGTH = 60

const file: CsvFile<CompoundAggregation> = {
  name: 'compound-aggregations',
  along: [[product, (row) => row.productId]],
  columns: [
    ['Name', (row) => row.name],
    ['Code', (row) => row.code],
    ['Product', (row, along) => along<Product>(row.productId)?.name],
    ['Calculation', (row) => row.calculation],
    ['Unit', (row) => row.unit],
    ['Quantity per unit', (row) => row.quantityPerUnit],
    ['Rounding', (row) => row.rounding],
    ['ID', (row) => row.id],
  ],
}

export function CompoundAggregationListPage() {
  const list = useListState(['productId'])
  const rows = useList<CompoundAggregation>(compoundAggregation, list.query)
  const products = useByIds(
    product,
    rows.rows.map((row) => row.productId),
  )
  const remove = useRemoveWithQuestion<CompoundAggregation>(compoundAggregation)
  return (
    <ListPage
      trail={[{ title: 'Metering' }]}
      title="Compound aggregations"
      lead="A calculation over aggregations: usage above an allowance, minutes out of seconds, one figure out of three."
      state={list}
      file={file}
      source={rows}
      columns={[
        { key: 'name', title: 'Name', render: (row) => row.name, sort: (row) => row.name },
        { key: 'code', title: 'Code', render: (row) => row.code && <Code>{row.code}</Code> },
        {
          key: 'product',
          title: 'Product',
          render: (row) =>
            row.productId ? (
              <AppLink quiet to={`/products/${row.productId}`}>
                {products.get(row.productId)?.name ?? '…'}
              </AppLink>
            ) : (
              <State tone="note">Global</State>
            ),
          fact: true,
        },
        {
          key: 'calculation',
          title: 'Calculation',
          render: (row) => (
            <Code>
              {row.calculation.length > SHOWN_LENGTH
                ? `${row.calculation.slice(0, SHOWN_LENGTH)}…`
                : row.calculation}
            </Code>
          ),
        },
        { key: 'unit', title: 'Unit', render: (row) => row.unit, fact: true },
      ]}
      rowPath={(row) => `/metering/compound-aggregations/${row.id}`}
      searchText={(row) => `${row.name} ${row.code ?? ''}`}
      filters={[{ kind: 'reference', key: 'productId', title: 'Product', resource: product }]}
      create={{
        label: 'Create compound aggregation',
        to: '/metering/compound-aggregations/create',
        permission: compoundAggregation.permission,
      }}
      rowActions={(row) => [
        editOf(compoundAggregation, `/metering/compound-aggregations/${row.id}/edit`),
        deleteOf(compoundAggregation, () => void remove(row)),
      ]}
      empty={{
        icon: IconMathFunction,
        title: 'No compound aggregations yet',
        text: 'Combine aggregations and custom fields by a calculation, and price the result like any other.',
        docs: 'guides/compound-aggregations',
      }}
    />
  )
}
