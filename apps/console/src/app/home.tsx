/** `/`: to the Dashboard of the only or last organization, or to the choice (console R2). */
import { Navigate } from '@tanstack/react-router'
import { Opening } from './frame/opening.tsx'
import { onDemand } from './on-demand.tsx'
import { useMemberships } from './session.ts'

const ClosedOrganization = onDemand(() =>
  import('./frame/closed-organization.tsx').then((part) => part.ClosedOrganization),
)

export function HomePage() {
  const memberships = useMemberships()
  if (memberships.error)
    return <ClosedOrganization error={memberships.error} retry={() => void memberships.refetch()} />
  if (!memberships.data) return <Opening />
  const [only, ...others] = memberships.data
  const to = only && others.length === 0 ? `/o/${only.id}/dashboard` : '/select-organization'
  return (
    <>
      <Opening />
      <Navigate to={to} replace />
    </>
  )
}
