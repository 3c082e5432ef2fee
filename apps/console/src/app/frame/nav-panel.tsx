/** The pages of a section; the switch at the bottom shows or hides their names, and is remembered. */
import { UnstyledButton } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useHref } from '../../kit/link.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { readablePages, type Section } from '../section.ts'
import classes from './frame.module.css'

type NavPanelProps = {
  section: Section
  path: string
  isOpen: boolean
  setOpen: (open: boolean) => void
}

export function NavPanel({ section, path, isOpen, setOpen }: NavPanelProps) {
  const href = useHref()
  const { can } = useOrganization()
  const pages = readablePages(section, can)
  const current = pages
    .filter((each) => path === each.path || path.startsWith(`${each.path}/`))
    .toSorted((a, b) => b.path.length - a.path.length)[0]
  return (
    <nav className={classes.nav} aria-label={section.name}>
      {pages.map((each) => (
        <Link
          key={each.path}
          to={href(each.path)}
          className={classes.navEntry}
          activeOptions={{ exact: true }}
          aria-current={each === current ? 'page' : undefined}
          aria-label={each.name}
          data-tip={isOpen ? undefined : each.name}
          data-tip-side="right"
        >
          <each.icon size={18} stroke={1.6} />
          {isOpen && <span>{each.name}</span>}
        </Link>
      ))}
      <UnstyledButton
        className={classes.navSwitch ?? ''}
        aria-expanded={isOpen}
        aria-label={isOpen ? 'Collapse navigation' : 'Expand navigation'}
        data-tip={isOpen ? 'Collapse' : 'Expand'}
        data-tip-side="right"
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? (
          <IconLayoutSidebarLeftCollapse size={18} stroke={1.6} />
        ) : (
          <IconLayoutSidebarLeftExpand size={18} stroke={1.6} />
        )}
      </UnstyledButton>
    </nav>
  )
}
