/** The page of an account: its parts come from accounts, billing and metering; this puts them together. */

import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import { accountPlan } from '@countinghouse/contract/accounts/account-plan.ts'
import { plan } from '@countinghouse/contract/pricing/plan.ts'
import { Tabs } from '@mantine/core'
import { IconEyeDollar, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { accountFacts } from '../../accounts/account/facts.tsx'
import { AttachedPlans } from '../../accounts/account-plan/attached-plans.tsx'
import { endDateRight, useEndDate } from '../../accounts/end-date/end-date.tsx'
import { BillTable } from '../../billing/bill/bill-table.tsx'
import { BilledUsage } from '../../billing/bill/billed-usage.tsx'
import { usePreview } from '../../billing/bill/preview.tsx'
import { RevenueChart } from '../../billing/bill/revenue-chart.tsx'
import { runRight, useRunBilling } from '../../billing/bill-job/run-billing.tsx'
import { ActButton, LACKS_RIGHT } from '../../kit/act-button.tsx'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { DetailPage, EditButton } from '../../kit/detail/detail-page.tsx'
import { CustomFieldsPanel } from '../../kit/detail/metadata.tsx'
import { AppLink, useGo } from '../../kit/link.tsx'
import { useCan, useOrganization } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { useOne } from '../../kit/query/resource.ts'
import { AccountUsage } from '../../metering/usage/account-usage.tsx'
import classes from './account-page.module.css'
import { Activity } from './activity.tsx'
import { noteVisit } from './visit.ts'

type AccountTab = { value: string; label: string; right?: { action: string; resource: string } }

const tabs: AccountTab[] = [
  { value: 'overview', label: 'Overview' },
  { value: 'plans', label: 'Attached plans' },
  { value: 'bills', label: 'Bills' },
  { value: 'usage', label: 'Usage' },
  {
    value: 'activity',
    label: 'Activity',
    right: { action: 'config:retrieve', resource: 'config:event' },
  },
]

export function AccountPage() {
  const { id, tab = 'overview' } = useParams({ strict: false }) as { id: string; tab?: string }
  const go = useGo()
  const organization = useOrganization()
  const query = useOne<Account>(account, id)
  const runBilling = useRunBilling()
  const preview = usePreview()
  const endDate = useEndDate()
  const mayEnd = useCan(endDateRight.action, endDateRight.resource)
  const remove = useRemoveWithQuestion<Account>(account, { after: () => go('/accounts') })

  // The server keeps the list of recent accounts; opening a page is a visit (console 4.2).
  useEffect(() => noteVisit(organization.id, id), [organization.id, id])

  return (
    <DetailPage
      query={query}
      trail={[{ title: 'Accounts', to: '/accounts' }]}
      title={(row) => row.name}
      code={(row) => row.code}
      actions={(row) => (
        <>
          <ActButton
            right={{ action: 'config:retrieve', resource: 'config:bill' }}
            variant="default"
            leftSection={<IconEyeDollar size={15} />}
            onClick={() => preview(row)}
          >
            Preview bill
          </ActButton>
          <ActButton
            right={runRight}
            variant="default"
            leftSection={<IconPlayerPlay size={15} />}
            onClick={() => runBilling(row)}
          >
            Run billing
          </ActButton>
          <EditButton to={`/accounts/${id}/edit`} permission={account.permission} />
        </>
      )}
      menu={(row) => [
        {
          label: 'Attach plan',
          needs: ['create', accountPlan.permission],
          to: `/accounts/${id}/plans/attach`,
        },
        {
          label: 'Create custom plan',
          needs: ['create', plan.permission],
          to: `/pricing/plans/create?accountId=${id}`,
        },
        {
          label: 'End-date plans and prices',
          run: () => void endDate([row]).catch(() => undefined),
          closedBecause: mayEnd ? null : LACKS_RIGHT,
        },
        {
          label: 'Delete account',
          icon: IconTrash,
          tone: 'bad',
          needs: ['delete', account.permission],
          run: () => void remove(row),
        },
      ]}
      facts={(row) => accountFacts(row, organization.currency)}
      top={() => (
        <Tabs
          value={tab}
          mb="md"
          onChange={(next) =>
            go(next === 'overview' ? `/accounts/${id}` : `/accounts/${id}/${next}`)
          }
        >
          <Tabs.List className={classes.tabs ?? ''}>
            {tabs
              .filter(({ right }) => !right || organization.can(right.action, right.resource))
              .map((each) => (
                <Tabs.Tab key={each.value} value={each.value}>
                  {each.label}
                </Tabs.Tab>
              ))}
          </Tabs.List>
        </Tabs>
      )}
    >
      {(row) => (
        <>
          {tab === 'overview' && <Overview row={row} />}
          {tab === 'plans' && <AttachedPlans accountId={id} />}
          {tab === 'bills' && (
            <Panel title="Bills" flush>
              <BillTable
                query={{ accountId: id }}
                empty="A bill run makes the first one."
                hideAccount
                selectable
              />
            </Panel>
          )}
          {tab === 'usage' && <AccountUsage accountId={id} />}
          {tab === 'activity' && <Activity accountId={id} />}
        </>
      )}
    </DetailPage>
  )
}

function Overview({ row }: { row: Account }) {
  return (
    <>
      <div className={classes.charts}>
        <RevenueChart accountId={row.id} />
        <BilledUsage accountId={row.id} />
      </div>
      <Panel
        title="Latest bills"
        flush
        actions={<AppLink to={`/accounts/${row.id}/bills`}>View all bills</AppLink>}
      >
        <BillTable
          query={{ accountId: row.id, pageSize: 10 }}
          empty="A bill run makes the first one."
          hideAccount
        />
      </Panel>
      <AttachedPlans accountId={row.id} onlyCurrent />
      <CustomFieldsPanel fields={row.customFields} kind="account" />
    </>
  )
}
