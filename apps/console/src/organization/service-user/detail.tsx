import { type ServiceUser, serviceUser } from '@countinghouse/contract/organization/service-user.ts'
import { IconTrash } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { DetailPage, EditButton } from '../../kit/detail/detail-page.tsx'
import { useGo } from '../../kit/link.tsx'
import { useId } from '../../kit/params.ts'
import { useOne } from '../../kit/query/resource.ts'
import { EffectivePermissions } from '../permission-policy/effective-permissions.tsx'
import { HeldPolicies, type Holder } from '../permission-policy/held-policies.tsx'
import { RecentActivity } from '../recent-activity.tsx'
import { AccessKeys } from './access-keys.tsx'
import { removalWords } from './list.tsx'

export function ServiceUserDetailPage() {
  const id = useId()
  const go = useGo()
  const remove = useRemoveWithQuestion<ServiceUser>(serviceUser, {
    after: () => go('/settings/access/service-users'),
    consequence: removalWords,
  })
  return (
    <DetailPage
      query={useOne<ServiceUser>(serviceUser, id)}
      trail={[
        { title: 'Settings' },
        { title: 'Access settings', to: '/settings/access' },
        { title: 'Service users', to: '/settings/access/service-users' },
      ]}
      title={(row) => row.name}
      actions={() => (
        <EditButton
          to={`/settings/access/service-users/${id}/edit`}
          permission={serviceUser.permission}
        />
      )}
      menu={(row) => [
        {
          label: 'Delete service user',
          icon: IconTrash,
          tone: 'bad',
          needs: ['delete', serviceUser.permission],
          run: () => void remove(row),
        },
      ]}
      facts={(row) => [{ label: 'Active keys', value: row.activeAccessKeys }]}
    >
      {(row) => {
        const holder: Holder = { kind: 'service-user', id: row.id, name: row.name }
        return (
          <>
            <AccessKeys serviceUserId={row.id} />
            <HeldPolicies holder={holder} />
            <EffectivePermissions holder={holder} />
            <RecentActivity by={row.id} name={row.name} />
          </>
        )
      }}
    </DetailPage>
  )
}
