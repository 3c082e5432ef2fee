/** `/`: to the Dashboard of the only or last organization, or to the choice (console R2). */
import { Navigate } from '@tanstack/react-router'
import { onDemand } from './on-demand.tsx'
import { useMemberships } from './session.ts'

const ClosedOrganization = onDemand(() =>
  import('./frame/closed-organization.tsx').then((part) => part.ClosedOrganization),
)

export function HomePage() {
  const memberships = useMemberships()
  if (memberships.error)
    return <ClosedOrganization error={memberships.error} retry={() => void memberships.refetch()} />
  if (!memberships.data) return null
  const [only, ...others] = memberships.data
  if (only && others.length === 0) return <Navigate to={`/o/${only.id}/dashboard`} replace />
  return <Navigate to="/select-organization" replace />
}
