/** Where to go on and what needs attention (console 4.2). */
import { Skeleton } from '@mantine/core'
import { IconDoorEnter } from '@tabler/icons-react'
import { useCan, useOrganization } from '../../kit/organization.ts'
import { Page } from '../../kit/page/page.tsx'
import { PageHead } from '../../kit/page/page-head.tsx'
import { EmptyLesson, Lines } from '../../kit/page/states.tsx'
import { behindFirstPage } from '../behind-first-page.tsx'
import { AlertsPanel, useNewestAlerts } from './alerts-panel.tsx'
import { Billed } from './billed.tsx'
import { Checklist } from './checklist.tsx'
import classes from './dashboard.module.css'
import { LatestBilling } from './latest-billing.tsx'
import { RecentAccounts, useRecentAccounts } from './recent-accounts.tsx'
import { useTotals } from './totals.ts'
import { useChecklist } from './use-checklist.ts'

// The first look does not need it, so its code and its question come behind.
const UsagePulse = behindFirstPage(
  () => import('./usage-pulse.tsx').then((part) => part.UsagePulse),
  <Lines count={4} />,
)

export function DashboardPage() {
  const totals = useTotals()
  const checklist = useChecklist()
  const isKnown = !totals.isLoading && checklist !== undefined
  // Drawn below these two, but asked for with them.
  useRecentAccounts({ enabled: useSees('account') })
  useNewestAlerts({ enabled: useSees('alert') })
  return (
    <Page>
      <PageHead title="Dashboard" />
      {isKnown ? (
        <>
          {checklist && <Checklist made={checklist} />}
          <LatestBilling />
          <Panels isMetering={!checklist || checklist['meter'] !== undefined} />
        </>
      ) : (
        <Waiting />
      )}
    </Page>
  )
}

/** What is known to have no meter has no measurements: their place would be drawn for nothing. */
function Panels({ isMetering }: { isMetering: boolean }) {
  const { name } = useOrganization()
  const seesAccounts = useSees('account')
  const seesAlerts = useSees('alert')
  const isBilling = useTotals().data?.latest !== undefined
  const mayAsk = useCan('analytics:query', 'analytics:usage')
  const seesUsage = useSees('meter') && mayAsk && isMetering
  if (!useSees('bill') && !seesAccounts && !seesAlerts) {
    return (
      <EmptyLesson
        icon={IconDoorEnter}
        title={`Welcome to ${name}`}
        text="The sections above hold what your permissions open to you. Bills, accounts and alerts would show here; an administrator can let you see them."
      />
    )
  }
  return (
    <div className={classes.columns}>
      <div>
        <Billed />
        {seesUsage && (
          <div className={isBilling ? classes.pulse : undefined}>
            <UsagePulse />
          </div>
        )}
        {seesAccounts && <RecentAccounts />}
      </div>
      {seesAlerts && <AlertsPanel />}
    </div>
  )
}

function useSees(type: string): boolean {
  return useCan('config:retrieve', `config:${type}`)
}

/** What comes above the panels is not known yet, and they must not jump when it comes. */
function Waiting() {
  return (
    <div aria-busy="true">
      <Skeleton h={138} mb={32} />
      <div className={classes.columns}>
        <Lines count={9} />
        <Lines count={6} />
      </div>
    </div>
  )
}
