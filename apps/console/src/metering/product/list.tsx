import { type Product, product } from '@countinghouse/contract/metering/product.ts'
import { IconBox } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { Moment } from '../../kit/format/moment.tsx'
import { Code } from '../../kit/format/state.tsx'
import type { CsvFile } from '../../kit/list/csv-export.ts'
import { ListPage } from '../../kit/list/list-page.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { deleteOf, editOf } from '../../kit/list/row-acts.ts'
import { usePrefetch } from '../../kit/query/prefetch.ts'
import { useList } from '../../kit/query/resource.ts'

const file: CsvFile<Product> = {
  name: 'products',
  columns: [
    ['Name', (row) => row.name],
    ['Code', (row) => row.code],
    ['Created', (row) => row.dtCreated],
    ['Last modified', (row) => row.dtLastModified],
    ['ID', (row) => row.id],
  ],
}

export function ProductListPage() {
  const list = useListState()
  const products = useList<Product>(product, list.query)
  const prefetch = usePrefetch(product)
  const remove = useRemoveWithQuestion<Product>(product)
  return (
    <ListPage
      title="Products"
      lead="What you sell. Meters, aggregations and plans belong to a product, and its lines stand under its name on a bill."
      state={list}
      file={file}
      source={products}
      searchText={(row) => `${row.name} ${row.code}`}
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
          key: 'created',
          title: 'Created',
          width: 180,
          render: (row) => <Moment at={row.dtCreated} />,
          sort: (row) => row.dtCreated,
        },
        {
          key: 'modified',
          title: 'Last modified',
          width: 180,
          render: (row) => <Moment at={row.dtLastModified} />,
          sort: (row) => row.dtLastModified,
          fact: true,
        },
      ]}
      rowPath={(row) => `/products/${row.id}`}
      onHover={(row) => prefetch(row.id)}
      rowActions={(row) => [
        editOf(product, `/products/${row.id}/edit`),
        deleteOf(product, () => void remove(row)),
      ]}
      create={{ label: 'Create product', to: '/products/create', permission: product.permission }}
      empty={{
        icon: IconBox,
        title: 'No products yet',
        text: 'A product is what you sell: an API, a storage service, a seat. Create one, then add a meter that counts its use.',
        docs: 'guides/concepts#from-use-to-a-number',
      }}
    />
  )
}
