import {
  type PermissionPolicy,
  permissionPolicy,
} from '@countinghouse/contract/organization/permission-policy.ts'
import { IconTrash, IconUsers } from '@tabler/icons-react'
import { CodeBlock } from '../../kit/code-block.tsx'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { DetailPage, EditButton } from '../../kit/detail/detail-page.tsx'
import { useGo } from '../../kit/link.tsx'
import { sourceOf } from '../../kit/list/list-source.ts'
import { ListTable } from '../../kit/list/list-table.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { useId } from '../../kit/params.ts'
import { useAnswer, useOne } from '../../kit/query/resource.ts'
import { PolicyType } from './held-policies.tsx'
import { Statements } from './statements.tsx'

export function PermissionPolicyDetailPage() {
  const id = useId()
  const go = useGo()
  const remove = useRemoveWithQuestion<PermissionPolicy>(permissionPolicy, {
    after: () => go('/settings/access/policies'),
  })
  return (
    <DetailPage
      query={useOne<PermissionPolicy>(permissionPolicy, id)}
      trail={[
        { title: 'Settings' },
        { title: 'Access settings', to: '/settings/access' },
        { title: 'Permission policies', to: '/settings/access/policies' },
      ]}
      title={(row) => row.name}
      state={(row) => <PolicyType policy={row} />}
      actions={(row) =>
        !row.managedPolicy && (
          <EditButton
            to={`/settings/access/policies/${id}/edit`}
            permission={permissionPolicy.permission}
          />
        )
      }
      menu={(row) =>
        row.managedPolicy
          ? []
          : [
              {
                label: 'Delete permission policy',
                icon: IconTrash,
                tone: 'bad',
                needs: ['delete', permissionPolicy.permission],
                run: () => void remove(row),
              },
            ]
      }
      facts={(row) => [{ label: 'Statements', value: row.permissionPolicy.length }]}
    >
      {(row) => (
        <>
          <Statements title="Statements" statements={row.permissionPolicy} />
          <Holders policyId={row.id} />
          <Panel title="As JSON">
            <CodeBlock
              code={JSON.stringify(row.permissionPolicy, null, 2)}
              language="json"
              maxHeight={300}
            />
          </Panel>
        </>
      )}
    </DetailPage>
  )
}

type PolicyHolder = { principalId: string; principalType: string; name: string }

function Holders({ policyId }: { policyId: string }) {
  const holders = useAnswer<{ data: PolicyHolder[] }>(`/permissionpolicies/${policyId}/holders`)
  const rows = holders.data?.data.map((holder) => ({ ...holder, id: holder.principalId }))
  return (
    <Panel title="Held by" count={rows?.length} flush>
      <ListTable
        label="Held by"
        small
        source={{ ...sourceOf(rows), error: holders.error }}
        rowPath={(row) =>
          `/settings/access/${row.principalType === 'USER' ? 'users' : 'service-users'}/${row.id}`
        }
        columns={[
          { key: 'name', title: 'Name', render: (row) => row.name },
          {
            key: 'type',
            title: 'Kind',
            width: 150,
            render: (row) => (row.principalType === 'USER' ? 'User' : 'Service user'),
            fact: true,
          },
        ]}
        empty={{
          icon: IconUsers,
          title: 'Nobody holds it',
          text: 'Give it to a user or a service user on their page.',
        }}
      />
    </Panel>
  )
}
