/** All aggregations, newest first. */
import { type Aggregation, aggregation } from '@countinghouse/contract/metering/aggregation.ts'
import { type Meter, meter } from '@countinghouse/contract/metering/meter.ts'
import { product } from '@countinghouse/contract/metering/product.ts'
import { IconSum } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { Code, words } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import type { CsvFile } from '../../kit/list/csv-export.ts'
import { ListPage } from '../../kit/list/list-page.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { deleteOf, editOf } from '../../kit/list/row-acts.ts'
import { useByIds, useList } from '../../kit/query/resource.ts'

const file: CsvFile<Aggregation> = {
  name: 'aggregations',
  along: [[meter, (row) => row.meterId]],
  columns: [
    ['Name', (row) => row.name],
    ['Code', (row) => row.code],
    ['Meter', (row, along) => along<Meter>(row.meterId)?.name],
    ['Meter code', (row, along) => along<Meter>(row.meterId)?.code],
    ['Method', (row) => row.aggregation],
    ['Field', (row) => row.targetField],
    ['Unit', (row) => row.unit],
    ['Quantity per unit', (row) => row.quantityPerUnit],
    ['Rounding', (row) => row.rounding],
    ['Segmented by', (row) => row.segmentedFields?.join(' ')],
    ['ID', (row) => row.id],
  ],
}

export function AggregationListPage() {
  const list = useListState(['productId'])
  const aggregations = useList<Aggregation>(aggregation, list.query)
  const meters = useByIds<Meter>(
    meter,
    aggregations.rows.map((row) => row.meterId),
  )
  const remove = useRemoveWithQuestion<Aggregation>(aggregation)
  return (
    <ListPage
      trail={[{ title: 'Metering' }]}
      title="Aggregations"
      lead="How the measurements of a period become one number that can be priced."
      state={list}
      file={file}
      source={aggregations}
      columns={[
        { key: 'name', title: 'Name', render: (row) => row.name, sort: (row) => row.name },
        {
          key: 'code',
          title: 'Code',
          render: (row) => row.code && <Code>{row.code}</Code>,
          sort: (row) => row.code,
        },
        {
          key: 'meter',
          title: 'Meter',
          render: (row) => (
            <AppLink quiet to={`/metering/meters/${row.meterId}`}>
              {meters.get(row.meterId)?.name ?? '…'}
            </AppLink>
          ),
          sort: (row) => meters.get(row.meterId)?.name,
          fact: true,
        },
        {
          key: 'method',
          title: 'Method',
          render: (row) => (
            <>
              {words(row.aggregation)} of <Code>{row.targetField}</Code>
            </>
          ),
          fact: true,
        },
        { key: 'unit', title: 'Unit', render: (row) => row.unit },
        {
          key: 'segments',
          title: 'Segments',
          align: 'right',
          render: (row) => row.segments?.length || '–',
        },
      ]}
      rowPath={(row) => `/metering/aggregations/${row.id}`}
      searchText={(row) => `${row.name} ${row.code ?? ''}`}
      filters={[{ kind: 'reference', key: 'productId', title: 'Product', resource: product }]}
      create={{
        label: 'Create aggregation',
        to: '/metering/aggregations/create',
        permission: aggregation.permission,
      }}
      rowActions={(row) => [
        editOf(aggregation, `/metering/aggregations/${row.id}/edit`),
        deleteOf(aggregation, () => void remove(row)),
      ]}
      empty={{
        icon: IconSum,
        title: 'No aggregations yet',
        text: 'An aggregation takes one field of a meter and makes one number of it: the sum, the highest, the latest, how many.',
        docs: 'guides/aggregations',
      }}
    />
  )
}
