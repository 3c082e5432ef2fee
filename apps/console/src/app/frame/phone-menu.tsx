import { ActionIcon } from '@mantine/core'
import { IconMenu2 } from '@tabler/icons-react'
import { useState } from 'react'
import { onDemand } from '../on-demand.tsx'

const PhoneDrawer = onDemand(() => import('./phone-drawer.tsx').then((part) => part.PhoneDrawer))

export function PhoneMenu() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <ActionIcon aria-label="Open navigation" aria-expanded={isOpen} onClick={() => setOpen(true)}>
        <IconMenu2 size={18} />
      </ActionIcon>
      {isOpen && <PhoneDrawer close={() => setOpen(false)} />}
    </>
  )
}
