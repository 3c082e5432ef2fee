/** All meters, newest first, by product. */
import { type Meter, meter } from '@countinghouse/contract/metering/meter.ts'
import { meterGroup } from '@countinghouse/contract/metering/meter-group.ts'
import { type Product, product } from '@countinghouse/contract/metering/product.ts'
import { IconGauge } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { Absent } from '../../kit/format/amount.tsx'
import { Moment } from '../../kit/format/moment.tsx'
import { Code, State } from '../../kit/format/state.tsx'
import { AppLink, ButtonLink } from '../../kit/link.tsx'
import type { CsvFile } from '../../kit/list/csv-export.ts'
import { ListPage } from '../../kit/list/list-page.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { deleteOf, editOf } from '../../kit/list/row-acts.ts'
import { useCan } from '../../kit/organization.ts'
import { useByIds, useList } from '../../kit/query/resource.ts'
import { LastMeasurement, useLastMeasurements } from './last-measurement.tsx'

const file: CsvFile<Meter> = {
  name: 'meters',
  along: [[product, (row) => row.productId]],
  columns: [
    ['Name', (row) => row.name],
    ['Code', (row) => row.code],
    ['Product', (row, along) => along<Product>(row.productId)?.name],
    ['Data fields', (row) => row.dataFields.map(({ code }) => code).join(' ')],
    ['Derived fields', (row) => row.derivedFields.map(({ code }) => code).join(' ')],
    ['Created', (row) => row.dtCreated],
    ['Last modified', (row) => row.dtLastModified],
    ['ID', (row) => row.id],
  ],
}

export function MeterListPage() {
  const list = useListState(['productId', 'groupId'])
  const meters = useList<Meter>(meter, list.query)
  const products = useByIds(
    product,
    meters.rows.map((row) => row.productId),
  )
  const mayGroup = useCan('config:retrieve', meterGroup.permission)
  const groups = useByIds(meterGroup, mayGroup ? meters.rows.map((row) => row.groupId) : [])
  const last = useLastMeasurements(
    meters.rows.map((row) => row.id),
    !list.hidden?.includes('last'),
  )
  const remove = useRemoveWithQuestion<Meter>(meter)
  return (
    <ListPage
      trail={[{ title: 'Metering' }]}
      title="Meters"
      lead="What your systems send: each meter is one kind of usage, with its quantities and what they are about."
      state={list}
      file={file}
      source={meters}
      columns={[
        { key: 'name', title: 'Name', render: (row) => row.name, sort: (row) => row.name },
        {
          key: 'code',
          title: 'Code',
          render: (row) => <Code>{row.code}</Code>,
          sort: (row) => row.code,
          fact: true,
        },
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
          key: 'group',
          title: 'Group',
          // Who groups nothing needs no column for it.
          hidden: !mayGroup || meters.rows.every((row) => !row.groupId),
          render: (row) => groups.get(row.groupId ?? '')?.name ?? (row.groupId ? '…' : <Absent />),
          sort: (row) => groups.get(row.groupId ?? '')?.name,
        },
        {
          key: 'fields',
          title: 'Fields',
          render: (row) =>
            row.derivedFields.length > 0
              ? `${row.dataFields.length} + ${row.derivedFields.length} derived`
              : String(row.dataFields.length),
        },
        ...(last.isAllowed
          ? [
              {
                key: 'last',
                title: 'Last measurement',
                width: 172,
                render: (row: Meter) => <LastMeasurement of={row.id} last={last} />,
                sort: (row: Meter) => last.arrivals.get(row.id),
                fact: true,
              },
            ]
          : []),
        {
          key: 'modified',
          title: 'Last modified',
          width: 150,
          hidden: true,
          render: (row) => <Moment at={row.dtLastModified} />,
          sort: (row) => row.dtLastModified,
        },
      ]}
      rowPath={(row) => `/metering/meters/${row.id}`}
      searchText={(row) => `${row.name} ${row.code}`}
      filters={[
        { kind: 'reference', key: 'productId', title: 'Product', resource: product },
        ...(mayGroup
          ? [{ kind: 'reference' as const, key: 'groupId', title: 'Group', resource: meterGroup }]
          : []),
      ]}
      actions={
        mayGroup && (
          <ButtonLink variant="default" to="/metering/meters/groups">
            Groups
          </ButtonLink>
        )
      }
      create={{
        label: 'Create meter',
        to: '/metering/meters/create',
        permission: meter.permission,
      }}
      rowActions={(row) => [
        editOf(meter, `/metering/meters/${row.id}/edit`),
        deleteOf(meter, () => void remove(row)),
      ]}
      empty={{
        icon: IconGauge,
        title: 'No meters yet',
        text: 'A meter says what one measurement looks like: which numbers it carries, and who, what and where they are about.',
        docs: 'guides/meters',
      }}
    />
  )
}
