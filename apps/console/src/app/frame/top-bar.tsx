import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconHelp, IconListCheck, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useHref } from '../../kit/link.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { readablePages, type Section } from '../section.ts'
import { sections } from '../sections.ts'
import classes from './frame.module.css'
import { Mark } from './mark.tsx'
import type { Overlay } from './overlay.ts'
import { PhoneMenu } from './phone-menu.tsx'
import type { Tasks } from './tasks.ts'
import { HelpButton, OrganizationButton, UserButton } from './top-buttons.tsx'
import { useTopMenus } from './use-top-menus.ts'

type TopBarProps = {
  section: Section | undefined
  tasks: Tasks
  overlay: Overlay
  setOverlay: (overlay: Overlay) => void
}

export function TopBar({ section, tasks, overlay, setOverlay }: TopBarProps) {
  const href = useHref()
  // A click that comes before the menus is not lost.
  const [wanted, setWanted] = useState<'help' | 'organization' | 'user' | null>(null)
  const menus = useTopMenus(wanted !== null)
  return (
    <header className={classes.bar}>
      <div className={classes.barGroup}>
        <div className={classes.burger}>
          <PhoneMenu />
        </div>
        <ActionIcon
          component="a"
          href="/docs"
          target="_blank"
          aria-label="Help Center"
          data-tip="Help Center"
          className={classes.wide ?? ''}
        >
          <IconHelp size={18} stroke={1.6} />
        </ActionIcon>
        <Link
          to={href('/dashboard')}
          className={classes.brand}
          aria-label="Countinghouse, to the Dashboard"
        >
          <Mark />
          <span>Countinghouse</span>
        </Link>
      </div>
      <SectionLinks current={section} />
      <div className={classes.spring} />
      <div className={classes.barGroup}>
        <UnstyledButton
          className={classes.finder ?? ''}
          aria-label="Open the command palette"
          data-tip="Find or do anything"
          onClick={() => setOverlay('palette')}
        >
          <IconSearch size={14} />
          <span>Find</span>
          <kbd>{isMac() ? '⌘' : 'Ctrl'} K</kbd>
        </UnstyledButton>
        {menus ? (
          <menus.HelpLinks isWanted={wanted === 'help'} />
        ) : (
          <HelpButton onClick={() => setWanted('help')} />
        )}
        <ActionIcon
          aria-label={`Running Tasks, ${tasks.running} running`}
          aria-expanded={overlay === 'tasks'}
          data-tip="Running Tasks"
          onClick={() => setOverlay(overlay === 'tasks' ? null : 'tasks')}
        >
          <span className={classes.iconHolder}>
            <IconListCheck size={18} stroke={1.6} />
          </span>
          {tasks.running > 0 && <span className={classes.count}>{tasks.running}</span>}
        </ActionIcon>
        {menus ? (
          <menus.OrganizationBox isWanted={wanted === 'organization'} />
        ) : (
          <OrganizationButton onClick={() => setWanted('organization')} />
        )}
        {menus ? (
          <menus.UserMenu
            isWanted={wanted === 'user'}
            showShortcuts={() => setOverlay('shortcuts')}
          />
        ) : (
          <UserButton onClick={() => setWanted('user')} />
        )}
      </div>
    </header>
  )
}

function SectionLinks({ current }: { current: Section | undefined }) {
  const href = useHref()
  const { can } = useOrganization()
  const shown = sections
    .map((section) => ({ section, first: readablePages(section, can)[0] }))
    .flatMap(({ section, first }) => (first ? [{ section, first }] : []))
  return (
    <nav className={classes.sections} aria-label="Sections">
      {shown.map(({ section, first }) => (
        <Link
          key={section.name}
          to={href(first.path)}
          className={classes.section}
          aria-current={section === current ? 'true' : undefined}
          activeOptions={{ exact: true }}
        >
          {section.name}
        </Link>
      ))}
    </nav>
  )
}

function isMac(): boolean {
  return navigator.userAgent.includes('Mac')
}
