/** Around every page. Pop-ups and toasts stand inside the router: their forms and links ask it where they are. */
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { Outlet } from '@tanstack/react-router'

export function Root() {
  return (
    <ModalsProvider>
      <Outlet />
      <Notifications position="bottom-right" limit={4} />
    </ModalsProvider>
  )
}
