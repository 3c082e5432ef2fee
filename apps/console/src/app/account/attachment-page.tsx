/** A plan on an account: since when, what it costs there, who attached and changed it (console 4.7, R65). */
import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import { type AccountPlan, accountPlan } from '@countinghouse/contract/accounts/account-plan.ts'
import { product } from '@countinghouse/contract/metering/product.ts'
import { type Plan, plan } from '@countinghouse/contract/pricing/plan.ts'
import { type PlanTemplate, planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import { IconReplace, IconTrash } from '@tabler/icons-react'
import { attachmentState, attachmentTones } from '../../accounts/account-plan/state.ts'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { DetailPage, EditButton } from '../../kit/detail/detail-page.tsx'
import { CustomFieldsPanel } from '../../kit/detail/metadata.tsx'
import { DayText } from '../../kit/format/moment.tsx'
import { State } from '../../kit/format/state.tsx'
import { AppLink, useGo } from '../../kit/link.tsx'
import { useId, useParam } from '../../kit/params.ts'
import { useOne } from '../../kit/query/resource.ts'
import { PricedPanel } from '../../pricing/pricing/priced-panel.tsx'

export function AttachmentPage() {
  const accountId = useId()
  const id = useParam('attachmentId')
  const go = useGo()
  const list = `/accounts/${accountId}/plans`
  const query = useOne<AccountPlan>(accountPlan, id)
  const owner = useOne<Account>(account, accountId)
  const attached = useOne<Plan>(plan, query.data?.planId)
  const template = useOne<PlanTemplate>(planTemplate, attached.data?.planTemplateId)
  const itsProduct = useOne(product, query.data?.productId)
  const name = attached.data?.name ?? '…'
  const remove = useRemoveWithQuestion<AccountPlan>(accountPlan, {
    after: () => go(list),
    consequence: () =>
      `${name} is taken off this account as if it had never been there. Bills that are not locked lose its lines when they are next calculated. To stop charging from a day on, edit its end date instead.`,
  })
  return (
    <DetailPage
      query={query}
      trail={[
        { title: 'Accounts', to: '/accounts' },
        { title: owner.data?.name ?? '…', to: `/accounts/${accountId}` },
        { title: 'Attached plans', to: list },
      ]}
      title={() => name}
      code={(row) => row.code}
      state={(row) => {
        const state = attachmentState(row, Date.now())
        return <State tone={attachmentTones[state]}>{state}</State>
      }}
      actions={(row) => (
        <EditButton to={`${list}/${row.id}/edit`} permission={accountPlan.permission} />
      )}
      menu={(row) => [
        {
          label: 'Replace with another plan',
          icon: IconReplace,
          needs: ['create', accountPlan.permission],
          to: `${list}/attach?replaces=${row.id}`,
        },
        {
          label: 'Remove from the account',
          icon: IconTrash,
          tone: 'bad',
          needs: ['delete', accountPlan.permission],
          run: () => void remove(row),
        },
      ]}
      facts={(row) => [
        {
          label: 'Account',
          value: <AppLink to={`/accounts/${accountId}`}>{owner.data?.name ?? '…'}</AppLink>,
        },
        { label: 'Plan', value: <AppLink to={`/pricing/plans/${row.planId}`}>{name}</AppLink> },
        {
          label: 'Product',
          value: (
            <AppLink to={`/products/${row.productId}`}>{itsProduct.data?.name ?? '…'}</AppLink>
          ),
        },
        { label: 'Start', value: <DayText day={row.startDate} /> },
        { label: 'End', value: <DayText day={row.endDate} fallback="open" /> },
        row.billEpoch ? { label: 'First bill date', value: <DayText day={row.billEpoch} /> } : null,
      ]}
    >
      {(row) => (
        <>
          {attached.data && template.data && (
            <PricedPanel
              owner={{ kind: 'planId', id: attached.data.id }}
              currency={template.data.currency}
              template={{ id: template.data.id, name: template.data.name }}
            />
          )}
          <CustomFieldsPanel fields={row.customFields} kind="accountPlan" />
        </>
      )}
    </DetailPage>
  )
}
