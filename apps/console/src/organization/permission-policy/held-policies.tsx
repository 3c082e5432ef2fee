/** The policies somebody holds: give another, take one away (console 4.3). */
import type { PermissionPolicy } from '@countinghouse/contract/organization/permission-policy.ts'
import { Button, Menu } from '@mantine/core'
import { IconPlus, IconShieldOff, IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { confirmAct } from '../../kit/confirm.tsx'
import { counted } from '../../kit/format/digits.ts'
import { State } from '../../kit/format/state.tsx'
import { ListTable } from '../../kit/list/list-table.tsx'
import { useCan, useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { usePages } from '../../kit/query/resource.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'

export type Holder = { kind: 'user' | 'service-user'; id: string; name: string }

const folders = { user: '/users', 'service-user': '/serviceusers' }
const words = { user: 'user', 'service-user': 'serviceuser' }

export function pathOfHeld(holder: Holder): string {
  return `${folders[holder.kind]}/${holder.id}/permissions`
}

export function HeldPolicies({ holder }: { holder: Holder }) {
  const held = usePages<PermissionPolicy>(pathOfHeld(holder), { pageSize: 100 })
  const give = useAssignment(holder)
  const may = useCan('config:update', 'config:permissionPolicy')
  return (
    <Panel
      title="Permission policies"
      count={held.isLoading ? undefined : held.rows.length}
      flush
      actions={may && <AddPolicy held={held.rows} add={(policy) => give(policy, 'addto')} />}
    >
      <ListTable
        label="Permission policies"
        source={held}
        small
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
          },
        ]}
        rowActions={(row) => [
          {
            label: 'Remove',
            icon: IconX,
            tone: 'bad',
            closedBecause: !may && 'You may not change who holds a policy.',
            run: () => void removeAsked(row, holder, () => give(row, 'removefrom')),
          },
        ]}
        empty={{
          icon: IconShieldOff,
          title: 'No policy',
          text: `Without a policy ${holder.name} may do nothing here.`,
        }}
      />
    </Panel>
  )
}

export function PolicyType({ policy }: { policy: PermissionPolicy }) {
  return (
    <State tone={policy.managedPolicy ? 'note' : 'quiet'}>
      {policy.managedPolicy ? 'Managed' : 'Custom'}
    </State>
  )
}

async function removeAsked(policy: PermissionPolicy, holder: Holder, remove: () => Promise<void>) {
  const sure = await confirmAct({
    title: `Take ${policy.name} from ${holder.name}?`,
    text: `${holder.name} loses what the ${counted(policy.permissionPolicy.length, 'statement')} of this policy allow, from the next request on.`,
    act: 'Remove policy',
  })
  if (sure) await remove()
}

function useAssignment(holder: Holder) {
  const api = useOrganizationApi()
  const { id } = useOrganization()
  const client = useQueryClient()
  return async (policy: PermissionPolicy, direction: 'addto' | 'removefrom') => {
    try {
      await api.post(`/permissionpolicies/${policy.id}/${direction}${words[holder.kind]}`, {
        body: { principalId: holder.id },
      })
      savedToast(
        `${policy.name} ${direction === 'addto' ? 'given to' : 'taken from'} ${holder.name}`,
      )
    } catch (cause) {
      failedToast(cause, 'The policies did not change')
    } finally {
      await client.invalidateQueries({
        queryKey: ['organization', id, pathOfHeld(holder)],
      })
      void client.invalidateQueries({ queryKey: ['organization', id, 'frame'] })
    }
  }
}

function AddPolicy({
  held,
  add,
}: {
  held: PermissionPolicy[]
  add: (policy: PermissionPolicy) => Promise<void>
}) {
  const [isOpen, setOpen] = useState(false)
  const policies = usePages<PermissionPolicy>(
    '/permissionpolicies',
    { pageSize: 100 },
    { enabled: isOpen },
  )
  const free = policies.rows.filter((policy) => !held.some((each) => each.id === policy.id))
  return (
    <Menu opened={isOpen} onChange={setOpen}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} />}>
          Add permission policies
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={340} style={{ overflow: 'auto' }}>
        {free.map((policy) => (
          <Menu.Item key={policy.id} onClick={() => void add(policy)}>
            {policy.name}
          </Menu.Item>
        ))}
        {!policies.isLoading && free.length === 0 && (
          <Menu.Label>All policies are given</Menu.Label>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
