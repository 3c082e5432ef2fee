import type { User } from '@countinghouse/contract/organization/user.ts'
import { Anchor, Button } from '@mantine/core'
import { IconMailForward } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { confirmAct } from '../../kit/confirm.tsx'
import { DetailPage } from '../../kit/detail/detail-page.tsx'
import { DayText, Moment } from '../../kit/format/moment.tsx'
import { useCan, useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { useId } from '../../kit/params.ts'
import { keysOf, useOne } from '../../kit/query/resource.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'
import { EffectivePermissions } from '../permission-policy/effective-permissions.tsx'
import { HeldPolicies, type Holder } from '../permission-policy/held-policies.tsx'
import { RecentActivity } from '../recent-activity.tsx'
import { EndOfAccess } from './end-of-access.tsx'
import { nameOf, UserState } from './list.tsx'

export function UserDetailPage() {
  const id = useId()
  const api = useOrganizationApi()
  const may = useCan('config:update', 'config:user')

  async function sendLink(user: User) {
    const sure = await confirmAct({
      title: `Send ${nameOf(user)} a link for a new password?`,
      text: `The mail goes to ${user.email}. The link works once, for an hour; the present password stays until then.`,
      act: 'Send',
      harmless: true,
    })
    if (!sure) return
    try {
      await api.put(`/users/${user.id}/password/resend`)
      savedToast(`A mail is on its way to ${user.email}`)
    } catch (cause) {
      failedToast(cause, 'No mail was sent')
    }
  }

  return (
    <DetailPage
      query={useOne<User>({ path: '/users' }, id)}
      trail={[
        { title: 'Settings' },
        { title: 'Access settings', to: '/settings/access' },
        { title: 'Users', to: '/settings/access' },
      ]}
      title={nameOf}
      state={(user) => <UserState user={user} />}
      actions={(user) => <StatusButton user={user} />}
      menu={(user) => [
        {
          label: 'Send a link for a new password',
          icon: IconMailForward,
          run: () => void sendLink(user),
          closedBecause: !may && 'You may not change users.',
        },
      ]}
      facts={(user) => [
        { label: 'Email', value: <Anchor href={`mailto:${user.email}`}>{user.email}</Anchor> },
        user.contactNumber ? { label: 'Contact number', value: user.contactNumber } : null,
        { label: 'Access ends', value: <DayText day={user.dtEndAccess} fallback="never" /> },
        { label: 'Last sign-in', value: <Moment at={user.dtLastSignIn} /> },
      ]}
    >
      {(user) => {
        const holder: Holder = { kind: 'user', id: user.id, name: nameOf(user) }
        return (
          <>
            <HeldPolicies holder={holder} />
            <EffectivePermissions
              holder={holder}
              own={user.permissionPolicy}
              suspended={suspensionOf(user)}
            />
            <RecentActivity by={user.id} name={holder.name} />
            <EndOfAccess user={user} />
          </>
        )
      }}
    </DetailPage>
  )
}

function suspensionOf({ firstName, status, dtEndAccess }: User): string | false {
  if (status === 'INACTIVE') {
    return `${firstName} is deactivated and cannot enter at present. Once active again, this holds:`
  }
  const isOver = dtEndAccess !== undefined && Date.parse(dtEndAccess) <= Date.now()
  return isOver && `The access of ${firstName} has ended. With a later end, this holds:`
}

function StatusButton({ user }: { user: User }) {
  const api = useOrganizationApi()
  const { id } = useOrganization()
  const client = useQueryClient()
  const may = useCan('config:update', 'config:user')
  const isActive = user.status === 'ACTIVE'
  const name = nameOf(user)

  async function change() {
    const sure =
      !isActive ||
      (await confirmAct({
        title: `Deactivate ${name}?`,
        text: `${name} is signed out of this organization at once and cannot enter it until reactivated. What ${user.firstName} made stays.`,
        act: 'Deactivate',
      }))
    if (!sure) return
    try {
      const saved = await api.put<User>(`/users/${user.id}/status`, {
        body: { version: user.version, status: isActive ? 'INACTIVE' : 'ACTIVE' },
      })
      client.setQueryData(keysOf(id, '/users').one(user.id), saved)
      void client.invalidateQueries({ queryKey: keysOf(id, '/users').all })
      savedToast(`${name} is ${isActive ? 'deactivated' : 'active again'}`)
    } catch (cause) {
      failedToast(cause, `${name} was not changed`)
    }
  }

  return (
    <Button
      variant="default"
      disabled={!may}
      {...(isActive ? { c: 'var(--bad)' } : {})}
      onClick={() => void change()}
    >
      {isActive ? 'Deactivate' : 'Reactivate'}
    </Button>
  )
}
