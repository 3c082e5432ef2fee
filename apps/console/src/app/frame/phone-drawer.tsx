/** On a phone the sections and their pages stand in a drawer. */
import { Drawer } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useHref } from '../../kit/link.tsx'
import { sections } from '../sections.ts'
import classes from './frame.module.css'

export function PhoneDrawer({ close }: { close: () => void }) {
  const href = useHref()
  return (
    <Drawer opened onClose={close} size={280} title="Countinghouse">
      {sections
        .filter((section) => section.pages.length > 0)
        .map((section) => (
          <div key={section.name} className={classes.drawerSection}>
            {section.pages.length > 1 && <h2>{section.name}</h2>}
            {section.pages.map((each) => (
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
    </Drawer>
  )
}
