import {
  type PermissionPolicy,
  permissionPolicy,
} from '@countinghouse/contract/organization/permission-policy.ts'
import { IconPencil, IconShieldLock, IconTrash } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { Moment } from '../../kit/format/moment.tsx'
import { CreateButton } from '../../kit/list/create-button.tsx'
import { ListTable } from '../../kit/list/list-table.tsx'
import { useList } from '../../kit/query/resource.ts'
import { TabHead } from '../../kit/tabs/tab-head.tsx'
import { PolicyType } from './held-policies.tsx'

const create = {
  label: 'Create permission policy',
  to: '/settings/access/policies/create',
  permission: permissionPolicy.permission,
}

export function PermissionPolicyList() {
  const policies = useList<PermissionPolicy>(permissionPolicy)
  const remove = useRemoveWithQuestion<PermissionPolicy>(permissionPolicy)
  const fixed = (row: PermissionPolicy) =>
    row.managedPolicy && 'Managed policies are the same everywhere and cannot be changed.'
  return (
    <>
      <TabHead text="What people and programs may do. Managed policies are always there; make your own for anything in between.">
        <CreateButton target={create} />
      </TabHead>
      <ListTable
        label="Permission policies"
        source={policies}
        rowPath={(row) => `/settings/access/policies/${row.id}`}
        columns={[
          { key: 'name', title: 'Name', render: (row) => row.name },
          {
            key: 'type',
            title: 'Type',
            width: 140,
            render: (row) => <PolicyType policy={row} />,
            fact: true,
          },
          {
            key: 'statements',
            title: 'Statements',
            width: 120,
            align: 'right',
            render: (row) => row.permissionPolicy.length,
            fact: true,
          },
          {
            key: 'modified',
            title: 'Last modified',
            width: 190,
            render: (row) => <Moment at={row.dtLastModified} />,
          },
        ]}
        rowActions={(row) => [
          {
            label: 'Edit',
            icon: IconPencil,
            needs: ['update', permissionPolicy.permission],
            to: `/settings/access/policies/${row.id}/edit`,
            closedBecause: fixed(row),
          },
          {
            label: 'Delete',
            icon: IconTrash,
            tone: 'bad',
            needs: ['delete', permissionPolicy.permission],
            run: () => void remove(row),
            closedBecause: fixed(row),
          },
        ]}
        createAction={<CreateButton target={create} />}
        empty={{
          icon: IconShieldLock,
          title: 'No policies',
          text: 'A policy says what its holders may do.',
        }}
      />
    </>
  )
}
