/** Settings > Access: people, programs, and what they may do. */
import { Page } from '../../kit/page/page.tsx'
import { PageHead } from '../../kit/page/page-head.tsx'
import { useParam } from '../../kit/params.ts'
import { PathTabs } from '../../kit/tabs/path-tabs.tsx'
import { PermissionPolicyList } from '../../organization/permission-policy/list.tsx'
import { ServiceUserList } from '../../organization/service-user/list.tsx'
import { UserList } from '../../organization/user/list.tsx'
import { NotFoundNotice } from '../error-pages.tsx'

const tabs = [
  { key: '', title: 'Users' },
  { key: 'service-users', title: 'Service users' },
  { key: 'policies', title: 'Permission policies' },
]

export function AccessPage() {
  const named = useParam('tab') ?? ''
  const tab = named === 'users' ? '' : named
  if (!tabs.some((each) => each.key === tab)) return <NotFoundNotice />
  return (
    <Page>
      <PageHead trail={[{ title: 'Settings' }]} title="Access settings" />
      <PathTabs label="Access settings" base="/settings/access" current={tab} tabs={tabs} />
      {tab === '' && <UserList />}
      {tab === 'service-users' && <ServiceUserList />}
      {tab === 'policies' && <PermissionPolicyList />}
    </Page>
  )
}
