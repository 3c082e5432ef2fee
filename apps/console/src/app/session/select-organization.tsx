import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { dayText } from '../../kit/format/moment.tsx'
import { Failure } from '../../kit/page/states.tsx'
import { type Membership, useMemberships } from '../session.ts'
import classes from './session.module.css'
import { SessionPage } from './session-page.tsx'
import { SignOutLink } from './sign-out-link.tsx'

export function SelectOrganizationPage() {
  const memberships = useMemberships({ fresh: true })
  const navigate = useNavigate()
  const [text, setText] = useState('')
  if (memberships.error) {
    return (
      <SessionPage title="Select organization">
        <Failure error={memberships.error} retry={() => void memberships.refetch()} />
      </SessionPage>
    )
  }
  const all = memberships.data ?? []
  const found = lastFirst(all).filter((each) =>
    each.name.toLowerCase().includes(text.toLowerCase()),
  )
  return (
    <SessionPage
      title="Select organization"
      lead={
        memberships.data && all.length === 0
          ? 'You are not a member of any organization yet. Ask an administrator to let you in.'
          : undefined
      }
      wide
      foot={<SignOutLink />}
    >
      {all.length > 1 && (
        <TextInput
          mt="md"
          placeholder="Search organizations"
          aria-label="Search organizations"
          leftSection={<IconSearch size={15} />}
          autoFocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = found
            if (event.key === 'Enter' && first) void navigate({ to: `/o/${first.id}/dashboard` })
          }}
        />
      )}
      <div className={classes.organizations}>
        {found.map((each) => (
          <Link key={each.id} to={`/o/${each.id}/dashboard`} className={classes.organization}>
            <b>{each.name}</b>
            {each.lastAccessed && <em>LAST ACCESSED</em>}
            <small>
              {each.type === 'SANDBOX' ? 'Sandbox' : 'Production'}
              {each.status === 'ARCHIVED' && ' · archived, to be read only'}
              {each.dtLastAccessed && ` · opened ${dayText(each.dtLastAccessed)}`}
            </small>
          </Link>
        ))}
        {all.length > 0 && found.length === 0 && (
          <p className={classes.lead}>No organization by that name.</p>
        )}
      </div>
    </SessionPage>
  )
}

function lastFirst(all: Membership[]): Membership[] {
  return all.toSorted(
    (left, right) =>
      Number(right.lastAccessed) - Number(left.lastAccessed) || left.name.localeCompare(right.name),
  )
}
