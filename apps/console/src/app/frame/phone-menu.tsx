import { ActionIcon } from '@mantine/core'
import { IconMenu2 } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'

const PhoneDrawer = lazy(() =>
  import('./phone-drawer.tsx').then((module) => ({ default: module.PhoneDrawer })),
)

export function PhoneMenu() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <ActionIcon aria-label="Open navigation" aria-expanded={isOpen} onClick={() => setOpen(true)}>
        <IconMenu2 size={18} />
      </ActionIcon>
      {isOpen && (
        <Suspense fallback={null}>
          <PhoneDrawer close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
