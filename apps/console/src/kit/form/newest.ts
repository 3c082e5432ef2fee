import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useOrganization } from '../organization.ts'
import { type Entity, keysOf, type ResourceShape } from '../query/resource.ts'
import { failedToast } from '../toast.tsx'

/** The version that somebody else saved meanwhile, once it was asked for. */
export function useNewest(
  resource: ResourceShape | undefined,
  entity: Entity | undefined,
  reload: (() => Promise<object>) | undefined,
): { entity: Entity | null; read: () => void } {
  const client = useQueryClient()
  const { id } = useOrganization()
  const [newest, setNewest] = useState<Entity | null>(null)

  async function read() {
    const queryKey = keysOf(id, resource?.path ?? '').one(entity?.id ?? '')
    if (!reload) await client.refetchQueries({ queryKey })
    const found = reload ? ((await reload()) as Entity) : client.getQueryData<Entity>(queryKey)
    if (found) setNewest(found)
  }

  return { entity: newest, read: () => void read().catch((cause) => failedToast(cause)) }
}
