import type { User } from '@countinghouse/contract/organization/user.ts'
import { IconUsers } from '@tabler/icons-react'
import { DayText, Moment } from '../../kit/format/moment.tsx'
import { State, words } from '../../kit/format/state.tsx'
import { ListTable } from '../../kit/list/list-table.tsx'
import { usePages } from '../../kit/query/resource.ts'

export function UserList() {
  const users = usePages<User>('/users', { pageSize: 100 })
  return (
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
      empty={{
        icon: IconUsers,
        title: 'No users',
        text: 'People who may enter this organization stand here.',
      }}
    />
  )
}

export function nameOf(user: Pick<User, 'firstName' | 'lastName' | 'email'>): string {
  return `${user.firstName} ${user.lastName}`.trim() || user.email
}

export function UserState({ user }: { user: Pick<User, 'status'> }) {
  return <State tone={user.status === 'ACTIVE' ? 'good' : 'quiet'}>{words(user.status)}</State>
}
