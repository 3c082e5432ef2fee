/** The plans of an account: active and pending ones, and those that ended. */
import { type AccountPlan, accountPlan } from '@countinghouse/contract/accounts/account-plan.ts'
import { product } from '@countinghouse/contract/metering/product.ts'
import { type Plan, plan } from '@countinghouse/contract/pricing/plan.ts'
import { IconFileDollar, IconPencil, IconPlus, IconReplace, IconTrash } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { DayText } from '../../kit/format/moment.tsx'
import { State } from '../../kit/format/state.tsx'
import { AppLink, ButtonLink } from '../../kit/link.tsx'
import { ListTable } from '../../kit/list/list-table.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { useByIds, useList } from '../../kit/query/resource.ts'
import { attachmentState, attachmentTones } from './state.ts'

export function AttachedPlans({
  accountId,
  onlyCurrent,
}: {
  accountId: string
  onlyCurrent?: boolean
}) {
  const attached = useList<AccountPlan>(accountPlan, { account: accountId, includeall: 'true' })
  const now = Date.now()
  const current = attached.rows.filter((row) => attachmentState(row, now) !== 'Ended')
  const ended = attached.rows.filter((row) => attachmentState(row, now) === 'Ended')
  return (
    <>
      <Panel
        title="Attached plans"
        count={attached.isLoading ? undefined : current.length}
        flush
        help="At any time an account has at most one plan of a product, unless the organization allows overlapping plans."
        actions={
          <ButtonLink
            size="xs"
            variant="default"
            to={`/accounts/${accountId}/plans/attach`}
            leftSection={<IconPlus size={14} />}
          >
            Attach plan
          </ButtonLink>
        }
      >
        <PlanTable
          source={{ ...attached, rows: current }}
          empty={{
            icon: IconFileDollar,
            title: 'No plan yet',
            text: 'Attach one plan for each product this customer uses. From its start date usage is charged.',
            action: (
              <ButtonLink size="xs" to={`/accounts/${accountId}/plans/attach`}>
                Attach plan
              </ButtonLink>
            ),
          }}
        />
      </Panel>
      {!onlyCurrent && ended.length > 0 && (
        <Panel title="Ended plans" count={ended.length} flush>
          <PlanTable source={{ ...attached, rows: ended }} empty={{ title: 'None', text: '' }} />
        </Panel>
      )}
    </>
  )
}

type PlanTableProps = Pick<Parameters<typeof ListTable<AccountPlan>>[0], 'source' | 'empty'>

function PlanTable({ source, empty }: PlanTableProps) {
  const plans = useByIds<Plan>(
    plan,
    source.rows.map((row) => row.planId),
  )
  const products = useByIds(
    product,
    source.rows.map((row) => row.productId),
  )
  const remove = useRemoveWithQuestion<AccountPlan>(accountPlan, {
    consequence: (row) => (
      <>
        {plans.get(row.planId ?? '')?.name ?? 'The plan'} is taken off this account as if it had
        never been there. Bills that are not locked lose its lines when they are next calculated. To
        stop charging from a day on, edit its end date instead.
      </>
    ),
  })
  return (
    <ListTable
      small
      label="Plans"
      source={source}
      columns={[
        { key: 'plan', title: 'Plan', render: (row) => plans.get(row.planId ?? '')?.name ?? '…' },
        {
          key: 'product',
          title: 'Product',
          render: (row) => (
            <AppLink quiet to={`/products/${row.productId}`}>
              {products.get(row.productId ?? '')?.name ?? '…'}
            </AppLink>
          ),
          fact: 'bare',
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
        {
          key: 'state',
          title: 'Status',
          render: (row) => {
            const state = attachmentState(row, Date.now())
            return <State tone={attachmentTones[state]}>{state}</State>
          },
          fact: 'side',
        },
      ]}
      rowPath={(row) => `/accounts/${row.accountId}/plans/${row.id}`}
      rowActions={(row) => [
        {
          label: 'Edit dates',
          icon: IconPencil,
          needs: ['update', accountPlan.permission],
          to: `/accounts/${row.accountId}/plans/${row.id}/edit`,
        },
        {
          label: 'Replace with another plan',
          icon: IconReplace,
          needs: ['create', accountPlan.permission],
          to: `/accounts/${row.accountId}/plans/attach?replaces=${row.id}`,
        },
        {
          label: 'Remove',
          icon: IconTrash,
          tone: 'bad',
          needs: ['delete', accountPlan.permission],
          run: () => void remove(row),
        },
      ]}
      empty={empty}
    />
  )
}
