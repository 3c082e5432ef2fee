import '@mantine/notifications/styles.layer.css'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { isModalLayerThere } from '../kit/modal.ts'
import { Tips } from '../kit/tips/tips.tsx'

/** What any page speaks to: dialogs (kit/modal), toasts (kit/toast), tips (kit/tips). */
export function Overlays() {
  // Outside system: dialogs that were asked for before this was here.
  useEffect(() => {
    isModalLayerThere.set(true)
    return () => isModalLayerThere.set(false)
  }, [])
  return (
    <>
      <ModalsProvider />
      <Notifications position="bottom-right" limit={4} />
      <Tips />
    </>
  )
}
