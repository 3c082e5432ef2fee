/** The current organization, and the way to the others (console 5.6). */
import { Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useOrganization } from '../../kit/organization.ts'
import { useMemberships } from '../session.ts'
import classes from './frame.module.css'

export function OrganizationBox() {
  const organization = useOrganization()
  const memberships = useMemberships().data ?? []
  const navigate = useNavigate()
  const section = useLocation({
    select: (location) => location.pathname.split('/')[3] ?? 'dashboard',
  })
  const [text, setText] = useState('')
  const found = memberships.filter((each) => each.name.toLowerCase().includes(text.toLowerCase()))
  return (
    <Menu width={310}>
      <Menu.Target>
        <UnstyledButton
          className={classes.organization ?? ''}
          aria-label={`Organization ${organization.name}`}
        >
          <span>{organization.name}</span>
          <KindBadge type={organization.type} isArchived={organization.isArchived} />
          <IconChevronDown size={14} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {memberships.length > 1 && (
          <Menu.Search
            type="search"
            placeholder="Search organizations"
            aria-label="Search organizations"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        {found.slice(0, 8).map((each) => (
          <Menu.Item
            key={each.id}
            leftSection={
              <IconCheck
                size={14}
                visibility={each.id === organization.id ? 'visible' : 'hidden'}
              />
            }
            rightSection={<KindBadge type={each.type} isArchived={each.status === 'ARCHIVED'} />}
            onClick={() => void navigate({ href: `/o/${each.id}/${section}` })}
          >
            {each.name}
          </Menu.Item>
        ))}
        {found.length === 0 && <Menu.Label>No organization by that name</Menu.Label>}
        <Menu.Divider />
        <Menu.Item onClick={() => void navigate({ to: '/select-organization' })}>
          View all organizations
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

type Kind = { type: 'PRODUCTION' | 'SANDBOX'; isArchived: boolean }

/** Production is the rule and says nothing. */
function KindBadge({ type, isArchived }: Kind) {
  if (!isArchived && type !== 'SANDBOX') return null
  return <span className={classes.sandbox}>{isArchived ? 'Archived' : 'Sandbox'}</span>
}
