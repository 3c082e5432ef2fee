import { type ServiceUser, serviceUser } from '@countinghouse/contract/organization/service-user.ts'
import { IconPencil, IconRobot } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { counted } from '../../kit/format/digits.ts'
import { Moment } from '../../kit/format/moment.tsx'
import { Copyable } from '../../kit/format/state.tsx'
import { CreateButton } from '../../kit/list/create-button.tsx'
import { ListTable } from '../../kit/list/list-table.tsx'
import { deleteOf } from '../../kit/list/row-acts.ts'
import { useList } from '../../kit/query/resource.ts'
import { TabHead } from '../../kit/tabs/tab-head.tsx'

const create = {
  label: 'Create service user',
  to: '/settings/access/service-users/create',
  permission: serviceUser.permission,
}

export const removalWords = (row: ServiceUser) =>
  `${counted(row.activeAccessKeys, 'active key')} stop working at once: the program that uses ${row.name} is refused from its next call on.`

export function ServiceUserList() {
  const users = useList<ServiceUser>(serviceUser)
  const remove = useRemoveWithQuestion<ServiceUser>(serviceUser, { consequence: removalWords })
  return (
    <>
      <TabHead text="Programs that call the API, with keys of their own and only the rights you give them.">
        <CreateButton target={create} />
      </TabHead>
      <ListTable
        label="Service users"
        source={users}
        rowPath={(row) => `/settings/access/service-users/${row.id}`}
        columns={[
          { key: 'name', title: 'Name', render: (row) => row.name },
          {
            key: 'id',
            title: 'ID',
            width: 320,
            render: (row) => <Copyable text={row.id} label="Copy ID" />,
          },
          {
            key: 'keys',
            title: 'Active keys',
            width: 120,
            align: 'right',
            render: (row) => row.activeAccessKeys,
            fact: true,
          },
          {
            key: 'created',
            title: 'Created',
            width: 190,
            render: (row) => <Moment at={row.dtCreated} />,
            fact: true,
          },
        ]}
        rowActions={(row) => [
          {
            label: 'Rename',
            icon: IconPencil,
            needs: ['update', serviceUser.permission],
            to: `/settings/access/service-users/${row.id}/edit`,
          },
          deleteOf(serviceUser, () => void remove(row)),
        ]}
        createAction={<CreateButton target={create} />}
        empty={{
          icon: IconRobot,
          title: 'No service users yet',
          text: 'A service user is a program that calls the API, with keys of its own and only the rights you give it.',
          docs: 'guides/api-access',
        }}
      />
    </>
  )
}
