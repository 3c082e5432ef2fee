/** Word from the server of what changed; whatever a page shows of it is read again behind. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useOrganization } from '../../kit/organization.ts'

/** Collections in the cache by the kind of change that concerns them. */
const concerned: Record<string, string[]> = {
  task: ['tasks', '/billjobs'],
  alert: ['/alerts', 'dashboard'],
  bill: ['/bills', '/billjobs', '/bills/search'],
  billjob: ['/billjobs', '/bills'],
  account: ['/accounts', '/accounts/search'],
  accountplan: ['/accountplans'],
}

export function useLiveChanges(): boolean {
  const { id } = useOrganization()
  const client = useQueryClient()
  const [isLive, setLive] = useState(false)

  // Outside system: the server's stream of changes. It reconnects by itself.
  useEffect(() => {
    const stream = new EventSource(`/organizations/${id}/console/changes`)
    stream.onopen = () => setLive(true)
    stream.onerror = () => setLive(false)
    stream.addEventListener('change', (event) => {
      const { kind } = JSON.parse(String((event as MessageEvent).data)) as { kind: string }
      for (const part of pathsOf(kind))
        void client.invalidateQueries({ queryKey: ['organization', id, part] })
    })
    return () => stream.close()
  }, [client, id])

  return isLive
}

/** `configuration.meter.updated` concerns the collection `/meters`; other kinds are listed above. */
function pathsOf(kind: string): string[] {
  const parts = kind.toLowerCase().split('.')
  const listed = parts.flatMap((part) => concerned[part] ?? [])
  return listed.length > 0
    ? listed
    : parts[0] === 'configuration' && parts[1]
      ? [`/${parts[1]}s`]
      : []
}
