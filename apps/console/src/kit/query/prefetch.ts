/** `const prefetch = usePrefetch(meter)`, then `onHover={(row) => prefetch(row.id)}` on a list. */
import { useQueryClient } from '@tanstack/react-query'
import { useOrganization } from '../organization.ts'
import { prefetchOne, type ResourceShape } from './resource.ts'

export function usePrefetch(resource: Pick<ResourceShape, 'path'>): (id: string) => void {
  const client = useQueryClient()
  const { id: organizationId } = useOrganization()
  return (id) => prefetchOne(client, organizationId, resource.path, id)
}
