/** The small ? beside a label: opens on click and by keyboard, closes with Escape (console 5.2). */
import { Popover } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './page.module.css'

export function Help({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Popover width={300} position="top" withArrow>
      <Popover.Target>
        <button type="button" className={classes.help} aria-label={`About ${label}`}>
          <IconHelpCircle size={14} stroke={1.6} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>{children}</Popover.Dropdown>
    </Popover>
  )
}
