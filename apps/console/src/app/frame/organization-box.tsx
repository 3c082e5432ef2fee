/** The current organization, and the way to the others (console 5.6). */
import { Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useOrganization } from '../../kit/organization.ts'
import { useMemberships } from '../session.ts'
import { KindBadge, OrganizationButton } from './top-buttons.tsx'

export function OrganizationBox({ isWanted }: { isWanted: boolean }) {
  const organization = useOrganization()
  const memberships = useMemberships().data ?? []
  const navigate = useNavigate()
  const section = useLocation({
    select: (location) => location.pathname.split('/')[3] ?? 'dashboard',
  })
  const [text, setText] = useState('')
  const found = memberships.filter((each) => each.name.toLowerCase().includes(text.toLowerCase()))
  return (
    <Menu width={310} defaultOpened={isWanted}>
      <Menu.Target>
        <OrganizationButton />
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
