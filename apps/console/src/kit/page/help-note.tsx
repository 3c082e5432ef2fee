import { Popover } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { HelpButton } from './help-button.tsx'

/** Takes the place of the button that was clicked, open. */
export function HelpNote({ label, children }: { label: string; children: ReactNode }) {
  const button = useRef<HTMLButtonElement>(null)
  // Outside system: the focus, which went with the button of before.
  useEffect(() => button.current?.focus(), [])
  return (
    <Popover width={300} position="top" withArrow defaultOpened>
      <Popover.Target>
        <HelpButton label={label} ref={button} />
      </Popover.Target>
      <Popover.Dropdown>{children}</Popover.Dropdown>
    </Popover>
  )
}
