/** Word from the server of what changed; whatever a page shows of it is read again behind. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { checkReachable } from '../../kit/api/reachable.ts'
import { useOrganization } from '../../kit/organization.ts'
import { lookForNewerVersion } from '../newer-version.ts'

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

  // Outside system: the server's stream of changes.
  useEffect(() => followChanges(client, id, setLive), [client, id])

  return isLive
}

const REOPEN_MS = 5000

/** Follows until the returned function is called, across restarts of the server and ended sessions. */
function followChanges(client: QueryClient, id: string, setLive: (live: boolean) => void) {
  let stream: EventSource
  let timer = 0
  let wasInterrupted = false

  function open() {
    stream = new EventSource(`/organizations/${id}/console/changes`)
    stream.onopen = () => {
      setLive(true)
      if (!wasInterrupted) return
      wasInterrupted = false
      // What changed in between was not heard, and the server may have been upgraded.
      void client.invalidateQueries()
      void lookForNewerVersion()
    }
    stream.onerror = () => {
      setLive(false)
      wasInterrupted = true
      void checkReachable()
      // A browser reconnects after silence by itself, but not after a refusal.
      if (stream.readyState === EventSource.CLOSED) timer = window.setTimeout(open, REOPEN_MS)
    }
    stream.addEventListener('change', (event) => {
      const { kind } = JSON.parse(String((event as MessageEvent).data)) as { kind: string }
      for (const part of pathsOf(kind))
        void client.invalidateQueries({ queryKey: ['organization', id, part] })
    })
  }

  open()
  return () => {
    window.clearTimeout(timer)
    stream.close()
  }
}

/** `configuration.meter.updated` is an event and concerns the collection `/meters`; other kinds are listed above. */
function pathsOf(kind: string): string[] {
  const parts = kind.toLowerCase().split('.')
  const listed = parts.flatMap((part) => concerned[part] ?? [])
  const told = parts.length > 1 ? ['/events'] : []
  if (listed.length > 0) return [...listed, ...told]
  return parts[0] === 'configuration' && parts[1] ? [`/${parts[1]}s`, ...told] : told
}
