import type { User } from '@countinghouse/contract/organization/user.ts'
import { Anchor } from '@mantine/core'
import { IconListDetails, IconUsers } from '@tabler/icons-react'
import { DayText, Moment } from '../../kit/format/moment.tsx'
import { State, words } from '../../kit/format/state.tsx'
import { ListTable } from '../../kit/list/list-table.tsx'
import { usePopUp } from '../../kit/pop-up.tsx'
import { usePages } from '../../kit/query/resource.ts'
import { TabHead } from '../../kit/tabs/tab-head.tsx'
import { HeldPolicies } from '../permission-policy/held-policies.tsx'

export function UserList() {
  const users = usePages<User>('/users', { pageSize: 100 })
  const popUp = usePopUp()
  return (
    <>
      <TabHead
        text={
          <>
            People who may enter this organization. An operator of the server lets them in:{' '}
            <Anchor href="/docs/guides/signing-in#letting-colleagues-in" target="_blank" inherit>
              how to
            </Anchor>
          </>
        }
      />
      <ListTable
        label="Users"
        source={users}
        rowPath={(row) => `/settings/access/users/${row.id}`}
        columns={[
          { key: 'name', title: 'Name', render: nameOf },
          { key: 'email', title: 'Email address', render: (row) => row.email, fact: true },
          {
            key: 'status',
            title: 'Status',
            width: 130,
            render: (row) => <UserState user={row} />,
            fact: true,
          },
          {
            key: 'end',
            title: 'Access ends',
            width: 150,
            render: (row) => <DayText day={row.dtEndAccess} fallback="never" />,
          },
          {
            key: 'seen',
            title: 'Last sign-in',
            width: 180,
            render: (row) => <Moment at={row.dtLastSignIn} />,
          },
        ]}
        rowActions={(row) => [
          {
            label: 'Summary',
            icon: IconListDetails,
            run: () =>
              popUp({ title: nameOf(row), size: 640 }, () => (
                <HeldPolicies holder={{ kind: 'user', id: row.id, name: nameOf(row) }} />
              )),
          },
        ]}
        empty={{
          icon: IconUsers,
          title: 'No users',
          text: 'People who may enter this organization stand here.',
        }}
      />
    </>
  )
}

export function nameOf(user: Pick<User, 'firstName' | 'lastName' | 'email'>): string {
  return `${user.firstName} ${user.lastName}`.trim() || user.email
}

export function UserState({ user }: { user: Pick<User, 'status'> }) {
  return <State tone={user.status === 'ACTIVE' ? 'good' : 'quiet'}>{words(user.status)}</State>
}
