/** On a phone the sections and their pages stand in a drawer, and the help links below them. */
import { Drawer } from '@mantine/core'
import { IconBook2, IconCode } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useHref } from '../../kit/link.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { readablePages } from '../section.ts'
import { sections } from '../sections.ts'
import classes from './frame.module.css'

export function PhoneDrawer({ close }: { close: () => void }) {
  const href = useHref()
  const { can } = useOrganization()
  return (
    <Drawer opened onClose={close} size={280} title="Countinghouse">
      {sections
        .map((section) => ({ section, pages: readablePages(section, can) }))
        .filter(({ pages }) => pages.length > 0)
        .map(({ section, pages }) => (
          <div key={section.name} className={classes.drawerSection}>
            {section.pages.length > 1 && <h2>{section.name}</h2>}
            {pages.map((each) => (
              <Link
                key={each.path}
                to={href(each.path)}
                className={classes.navEntry}
                onClick={close}
              >
                <each.icon size={18} stroke={1.6} />
                {each.name}
              </Link>
            ))}
          </div>
        ))}
      <div className={classes.drawerSection}>
        <h2>Help</h2>
        <a href="/docs" target="_blank" rel="noreferrer" className={classes.navEntry}>
          <IconBook2 size={18} stroke={1.6} />
          Documentation
        </a>
        <a href="/reference" target="_blank" rel="noreferrer" className={classes.navEntry}>
          <IconCode size={18} stroke={1.6} />
          API reference
        </a>
      </div>
    </Drawer>
  )
}
