import { Page } from '../../kit/page/page.tsx'
import { PageHead } from '../../kit/page/page-head.tsx'

export function DashboardPage() {
  return (
    <Page>
      <PageHead title="Dashboard" />
    </Page>
  )
}
