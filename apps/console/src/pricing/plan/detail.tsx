/** A plan: what counts after inheritance and where it comes from, its prices, who has it. */
import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import { type AccountPlan, accountPlan } from '@countinghouse/contract/accounts/account-plan.ts'
import { product } from '@countinghouse/contract/metering/product.ts'
import {
  type EffectivePlan,
  type Plan,
  plan,
  type ValueOrigin,
} from '@countinghouse/contract/pricing/plan.ts'
import { type PlanTemplate, planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import { IconCopy, IconTrash } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { DetailPage, EditButton } from '../../kit/detail/detail-page.tsx'
import { CustomFieldsPanel } from '../../kit/detail/metadata.tsx'
import { Money } from '../../kit/format/amount.tsx'
import { DayText } from '../../kit/format/moment.tsx'
import { State } from '../../kit/format/state.tsx'
import { AppLink, useGo } from '../../kit/link.tsx'
import { ListTable } from '../../kit/list/list-table.tsx'
import { type Fact, Panel } from '../../kit/page/page.tsx'
import { useAnswer, useByIds, useList, useOne } from '../../kit/query/resource.ts'
import { frequencyWords } from '../plan-template/frequency.ts'
import classes from '../pricing/price.module.css'
import { PricedPanel } from '../pricing/priced-panel.tsx'
import { useDuplicate } from './duplicate.tsx'

export function PlanDetailPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const go = useGo()
  const query = useOne<Plan>(plan, id)
  const template = useOne<PlanTemplate>(planTemplate, query.data?.planTemplateId)
  const effective = useAnswer<EffectivePlan>(`/plans/${id}/effective`)
  const itsProduct = useOne(product, query.data?.productId)
  const owner = useOne<Account>(account, query.data?.accountId)
  const remove = useRemoveWithQuestion<Plan>(plan, {
    after: () => go('/pricing/plans'),
    consequence: () =>
      'Its prices are deleted with it. It is refused while an account has the plan.',
  })
  const duplicate = useDuplicate(plan, '/pricing/plans')
  return (
    <DetailPage
      query={query}
      trail={[{ title: 'Pricing' }, { title: 'Plans', to: '/pricing/plans' }]}
      title={(row) => row.name}
      code={(row) => row.code}
      state={(row) => row.bespoke && <State tone="note">Custom plan</State>}
      actions={() => <EditButton to={`/pricing/plans/${id}/edit`} permission={plan.permission} />}
      menu={(row) => [
        {
          label: 'Duplicate with prices',
          icon: IconCopy,
          needs: ['create', plan.permission],
          run: () => duplicate(row),
        },
        {
          label: 'Delete plan',
          icon: IconTrash,
          tone: 'bad',
          needs: ['delete', plan.permission],
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
        {
          label: 'Template',
          value: (
            <AppLink to={`/pricing/plan-templates/${row.planTemplateId}`}>
              {template.data?.name ?? '…'}
            </AppLink>
          ),
        },
        row.accountId
          ? {
              label: 'Only for',
              value: <AppLink to={`/accounts/${row.accountId}`}>{owner.data?.name ?? '…'}</AppLink>,
            }
          : null,
        ...effectiveFacts(effective.data),
      ]}
    >
      {(row) => (
        <>
          {template.data && (
            <PricedPanel
              owner={{ kind: 'planId', id }}
              currency={template.data.currency}
              template={{ id: template.data.id, name: template.data.name }}
            />
          )}
          <AccountsWith planId={row.id} />
          <CustomFieldsPanel fields={row.customFields} kind="plan" />
        </>
      )}
    </DetailPage>
  )
}

const originWords: Record<ValueOrigin, string> = {
  PLAN: 'this plan',
  TEMPLATE: 'from the template',
  ORGANIZATION: 'from the organization',
  DEFAULT: 'by default',
}

function effectiveFacts(effective: EffectivePlan | undefined): Fact[] {
  if (!effective) return []
  const currency = effective.currency.value
  const side = (advance: boolean) => (advance ? 'in advance' : 'in arrears')
  const from = (origin: ValueOrigin) => <span className={classes.range}>{originWords[origin]}</span>
  return [
    {
      label: 'Billed',
      value: frequencyWords({
        billFrequency: effective.billFrequency.value,
        billFrequencyInterval: effective.billFrequencyInterval.value,
      }),
    },
    {
      label: 'Standing charge',
      value: (
        <>
          <Money amount={effective.standingCharge.value} currency={currency} />{' '}
          {side(effective.standingChargeBillInAdvance.value)}
          {from(effective.standingCharge.origin)}
        </>
      ),
    },
    {
      label: 'Minimum spend',
      value: effective.minimumSpend ? (
        <>
          <Money amount={effective.minimumSpend.value} currency={currency} />{' '}
          {side(effective.minimumSpendBillInAdvance.value)}
          {from(effective.minimumSpend.origin)}
        </>
      ) : (
        <Money amount={null} />
      ),
    },
  ]
}

function AccountsWith({ planId }: { planId: string }) {
  const attached = useList<AccountPlan>(accountPlan, { plan: planId, includeall: 'true' })
  const accounts = useByIds<Account>(
    account,
    attached.rows.map((row) => row.accountId),
  )
  return (
    <Panel
      title="Accounts with this plan"
      count={attached.isLoading ? undefined : attached.rows.length}
      flush
    >
      <ListTable
        small
        label="Accounts with this plan"
        source={attached}
        columns={[
          {
            key: 'account',
            title: 'Account',
            render: (row) => accounts.get(row.accountId)?.name ?? '…',
          },
          {
            key: 'start',
            title: 'Start',
            render: (row) => <DayText day={row.startDate} />,
            fact: true,
          },
          {
            key: 'end',
            title: 'End',
            render: (row) => <DayText day={row.endDate} fallback="open" />,
          },
        ]}
        rowPath={(row) => `/accounts/${row.accountId}/plans/${row.id}`}
        empty={{
          title: 'No account has it yet',
          text: 'Open an account and attach the plan with a start date.',
        }}
      />
    </Panel>
  )
}
