import { type Product, product } from '@countinghouse/contract/metering/product.ts'
import { IconTrash } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { DetailPage, EditButton } from '../../kit/detail/detail-page.tsx'
import { CustomFieldsPanel } from '../../kit/detail/metadata.tsx'
import { useGo } from '../../kit/link.tsx'
import { useId } from '../../kit/params.ts'
import { useOne } from '../../kit/query/resource.ts'
import { ProductChildren } from './children.tsx'

export function ProductDetailPage() {
  const id = useId()
  const go = useGo()
  const remove = useRemoveWithQuestion<Product>(product, { after: () => go('/products') })
  return (
    <DetailPage
      query={useOne<Product>(product, id)}
      trail={[{ title: 'Products', to: '/products' }]}
      title={(row) => row.name}
      code={(row) => row.code}
      actions={() => <EditButton to={`/products/${id}/edit`} permission={product.permission} />}
      menu={(row) => [
        {
          label: 'Delete product',
          icon: IconTrash,
          tone: 'bad',
          needs: ['delete', product.permission],
          run: () => void remove(row),
        },
      ]}
    >
      {(row) => (
        <>
          <ProductChildren productId={row.id} />
          <CustomFieldsPanel fields={row.customFields} kind="product" />
        </>
      )}
    </DetailPage>
  )
}
