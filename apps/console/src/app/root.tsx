/** Around every page. Pop-ups and toasts stand inside the router: their forms and links ask it where they are. */
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'

/** Nothing pops up before the first page is drawn, so their code comes after it. */
const Overlays = lazy(() =>
  import('./overlays.tsx').then((module) => ({ default: module.Overlays })),
)

export function Root() {
  return (
    <>
      <Outlet />
      <Suspense fallback={null}>
        <Overlays />
      </Suspense>
    </>
  )
}
