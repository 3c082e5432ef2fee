/** Settings > Organization: one page, one tab for each thing that is set for the whole organization. */
import { billGroupingKey } from '@countinghouse/contract/organization/bill-grouping-key.ts'
import { currency } from '@countinghouse/contract/organization/currency.ts'
import {
  creditReason,
  debitReason,
  transactionType,
} from '@countinghouse/contract/organization/reason.ts'
import { Page } from '../../kit/page/page.tsx'
import { PageHead } from '../../kit/page/page-head.tsx'
import { useParam } from '../../kit/params.ts'
import { PathTabs } from '../../kit/tabs/path-tabs.tsx'
import { ConfigurationPanel } from '../../organization/configuration/panel.tsx'
import { CustomFieldsTab } from '../../organization/custom-field/tab.tsx'
import { PicklistTab } from '../../organization/picklist/tab.tsx'
import { OrganizationDetailsPanel } from '../../organization/tenant/panel.tsx'
import { NotFoundNotice } from '../error-pages.tsx'

const tabs = [
  { key: '', title: 'Overview' },
  { key: 'currencies', title: 'Currencies' },
  { key: 'credit-reasons', title: 'Credit reasons' },
  { key: 'debit-reasons', title: 'Debit reasons' },
  { key: 'transaction-types', title: 'Transaction types' },
  { key: 'bill-grouping-keys', title: 'Bill grouping keys' },
  { key: 'custom-fields', title: 'Custom fields' },
]

export function OrganizationPage() {
  const tab = useParam('tab') ?? ''
  if (!tabs.some((each) => each.key === tab)) return <NotFoundNotice />
  return (
    <Page>
      <PageHead trail={[{ title: 'Settings' }]} title="Organization" />
      <PathTabs
        label="Organization settings"
        base="/settings/organization"
        current={tab}
        tabs={tabs}
      />
      <TabContent tab={tab} />
    </Page>
  )
}

function TabContent({ tab }: { tab: string }) {
  switch (tab) {
    case 'currencies':
      return (
        <PicklistTab
          key={tab}
          resource={currency}
          tab={tab}
          lead="What bills and prices are written in, and how amounts are rounded."
        />
      )
    case 'credit-reasons':
      return (
        <PicklistTab
          key={tab}
          resource={creditReason}
          tab={tab}
          lead="Why an amount was taken off a bill."
        />
      )
    case 'debit-reasons':
      return (
        <PicklistTab
          key={tab}
          resource={debitReason}
          tab={tab}
          lead="Why an amount was added to a bill."
        />
      )
    case 'transaction-types':
      return (
        <PicklistTab
          key={tab}
          resource={transactionType}
          tab={tab}
          lead="Kinds of movement on a balance."
        />
      )
    case 'bill-grouping-keys':
      return (
        <PicklistTab
          key={tab}
          resource={billGroupingKey}
          tab={tab}
          lead="Names under which charges gather on bills of their own."
        />
      )
    case 'custom-fields':
      return <CustomFieldsTab />
    default:
      return (
        <>
          <OrganizationDetailsPanel />
          <ConfigurationPanel />
        </>
      )
  }
}
