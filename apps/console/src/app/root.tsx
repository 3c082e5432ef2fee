/** Around every page. Pop-ups stand inside the router: their forms and links ask it where they are. */
import { ModalsProvider } from '@mantine/modals'
import { Outlet } from '@tanstack/react-router'

export function Root() {
  return (
    <ModalsProvider>
      <Outlet />
    </ModalsProvider>
  )
}
