/** A compound aggregation: its calculation, units and what uses it. */
import {
  type CompoundAggregation,
  compoundAggregation,
} from '@countinghouse/contract/metering/compound-aggregation.ts'
import { product } from '@countinghouse/contract/metering/product.ts'
import { IconTrash } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { DetailPage, EditButton } from '../../kit/detail/detail-page.tsx'
import { CustomFieldsPanel } from '../../kit/detail/metadata.tsx'
import { ExpressionText } from '../../kit/expression-editor/expression-editor.tsx'
import { grouped } from '../../kit/format/digits.ts'
import { words } from '../../kit/format/state.tsx'
import { AppLink, useGo } from '../../kit/link.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { useId } from '../../kit/params.ts'
import { useOne } from '../../kit/query/resource.ts'
import { UsedBy } from '../aggregation/used-by.tsx'
import { Reads } from './reads.tsx'

export function CompoundAggregationDetailPage() {
  const id = useId()
  const go = useGo()
  const query = useOne<CompoundAggregation>(compoundAggregation, id)
  const itsProduct = useOne(product, query.data?.productId)
  const remove = useRemoveWithQuestion<CompoundAggregation>(compoundAggregation, {
    after: () => go('/metering/compound-aggregations'),
  })
  return (
    <DetailPage
      query={query}
      trail={[
        { title: 'Metering' },
        { title: 'Compound aggregations', to: '/metering/compound-aggregations' },
      ]}
      title={(row) => row.name}
      code={(row) => row.code}
      actions={() => (
        <EditButton
          to={`/metering/compound-aggregations/${id}/edit`}
          permission={compoundAggregation.permission}
        />
      )}
      menu={(row) => [
        {
          label: 'Delete compound aggregation',
          icon: IconTrash,
          tone: 'bad',
          needs: ['delete', compoundAggregation.permission],
          run: () => void remove(row),
        },
      ]}
      facts={(row) => [
        {
          label: 'Product',
          value: row.productId ? (
            <AppLink to={`/products/${row.productId}`}>{itsProduct.data?.name ?? '…'}</AppLink>
          ) : (
            'Global: for all products'
          ),
        },
        { label: 'Unit', value: row.unit },
        { label: 'Quantity per unit', value: grouped(row.quantityPerUnit) },
        { label: 'Rounding', value: words(row.rounding) },
        { label: 'Calculates without usage', value: row.evaluateNullAggregations ? 'Yes' : 'No' },
        row.segments ? { label: 'Segments', value: String(row.segments.length) } : null,
      ]}
    >
      {(row) => (
        <>
          <Panel
            title="Calculation"
            help="Each aggregation enters with its quantity, before its own quantity per unit and rounding."
          >
            <ExpressionText text={row.calculation} />
          </Panel>
          <Reads calculation={row.calculation} />
          <UsedBy metricId={row.id} />
          <CustomFieldsPanel fields={row.customFields} kind="compoundAggregation" />
        </>
      )}
    </DetailPage>
  )
}
