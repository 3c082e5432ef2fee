/** Where to go on and what needs attention (console 4.2). */

import { useOrganization } from '../../kit/organization.ts'
import { Page } from '../../kit/page/page.tsx'
import { PageHead } from '../../kit/page/page-head.tsx'
import { AlertsPanel } from './alerts-panel.tsx'
import { BilledByMonth } from './billed-by-month.tsx'
import { Checklist } from './checklist.tsx'
import classes from './dashboard.module.css'
import { LatestBilling } from './latest-billing.tsx'
import { RecentAccounts } from './recent-accounts.tsx'

export function DashboardPage() {
  const { can } = useOrganization()
  return (
    <Page>
      <PageHead title="Dashboard" />
      <Checklist />
      {can('config:retrieve', 'config:bill') && <LatestBilling />}
      <div className={classes.columns}>
        <div>
          {can('config:retrieve', 'config:bill') && <BilledByMonth />}
          {can('config:retrieve', 'config:account') && <RecentAccounts />}
        </div>
        {can('config:retrieve', 'config:alert') && <AlertsPanel />}
      </div>
    </Page>
  )
}
