/** A plan template: how it bills, its prices, and the plans made from it. */
import { product } from '@countinghouse/contract/metering/product.ts'
import { type Plan, plan } from '@countinghouse/contract/pricing/plan.ts'
import { type PlanTemplate, planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import { IconCopy, IconPlus, IconTrash } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { DetailPage, EditButton } from '../../kit/detail/detail-page.tsx'
import { CustomFieldsPanel } from '../../kit/detail/metadata.tsx'
import { Money } from '../../kit/format/amount.tsx'
import { Code } from '../../kit/format/state.tsx'
import { AppLink, ButtonLink, useGo } from '../../kit/link.tsx'
import { ListTable } from '../../kit/list/list-table.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { useList, useOne } from '../../kit/query/resource.ts'
import { useDuplicate } from '../plan/duplicate.tsx'
import { PricedPanel } from '../pricing/priced-panel.tsx'
import { advanceWords, chargeRhythm } from './charge-words.ts'
import { frequencyWords } from './frequency.ts'

export function PlanTemplateDetailPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const go = useGo()
  const template = useOne<PlanTemplate>(planTemplate, id)
  const itsProduct = useOne(product, template.data?.productId)
  const remove = useRemoveWithQuestion<PlanTemplate>(planTemplate, {
    after: () => go('/pricing/plan-templates'),
  })
  const duplicate = useDuplicate(planTemplate, '/pricing/plan-templates')
  return (
    <DetailPage
      query={template}
      trail={[{ title: 'Pricing' }, { title: 'Plan templates', to: '/pricing/plan-templates' }]}
      title={(row) => row.name}
      code={(row) => row.code}
      actions={() => (
        <>
          <ButtonLink
            to={`/pricing/plans/create?planTemplateId=${id}`}
            leftSection={<IconPlus size={15} />}
          >
            Create plan
          </ButtonLink>
          <EditButton
            to={`/pricing/plan-templates/${id}/edit`}
            permission={planTemplate.permission}
          />
        </>
      )}
      menu={(row) => [
        {
          label: 'Duplicate with prices',
          icon: IconCopy,
          needs: ['create', planTemplate.permission],
          run: () => duplicate(row),
        },
        {
          label: 'Delete plan template',
          icon: IconTrash,
          tone: 'bad',
          needs: ['delete', planTemplate.permission],
          run: () => void remove(row),
        },
      ]}
      facts={(row) => [
        {
          label: 'Product',
          value: (
            <AppLink to={`/products/${row.productId}`}>{itsProduct.data?.name ?? '…'}</AppLink>
          ),
        },
        { label: 'Currency', value: row.currency },
        { label: 'Billed', value: frequencyWords(row) },
        {
          label: 'Standing charge',
          value: <Money amount={row.standingCharge} currency={row.currency} />,
        },
        {
          label: 'Charged',
          value: `${chargeRhythm(row)}, ${advanceWords(row.standingChargeBillInAdvance)}`,
        },
        {
          label: 'Minimum spend',
          value: <Money amount={row.minimumSpend} currency={row.currency} />,
        },
      ]}
    >
      {(row) => (
        <>
          <PricedPanel owner={{ kind: 'planTemplateId', id }} currency={row.currency} />
          <PlansOf template={row} />
          <CustomFieldsPanel fields={row.customFields} kind="planTemplate" />
        </>
      )}
    </DetailPage>
  )
}

function PlansOf({ template }: { template: PlanTemplate }) {
  const plans = useList<Plan>(plan, { productId: template.productId })
  const rows = plans.rows.filter((row) => row.planTemplateId === template.id)
  return (
    <Panel title="Plans made from it" count={plans.isLoading ? undefined : rows.length} flush>
      <ListTable
        small
        label="Plans made from it"
        source={{ ...plans, rows }}
        columns={[
          { key: 'name', title: 'Name', render: (row) => row.name },
          { key: 'code', title: 'Code', render: (row) => <Code>{row.code}</Code>, fact: true },
          {
            key: 'standingCharge',
            title: 'Standing charge',
            align: 'right',
            render: (row) =>
              row.standingCharge === undefined ? (
                'inherited'
              ) : (
                <Money amount={row.standingCharge} currency={template.currency} />
              ),
          },
        ]}
        rowPath={(row) => `/pricing/plans/${row.id}`}
        empty={{
          title: 'No plans yet',
          text: 'Accounts are given plans, not templates. Make the first plan from this template.',
        }}
      />
    </Panel>
  )
}
