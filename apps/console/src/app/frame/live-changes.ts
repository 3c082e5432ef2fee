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

/**
 * Follows until the returned function is called, across restarts of the server and ended sessions.
 * Only while the page is looked at: without HTTP/2 all tabs of a browser share six connections to a
 * server, and six that follow would leave none to load anything with.
 */
function followChanges(client: QueryClient, id: string, setLive: (live: boolean) => void) {
  let stream: EventSource | null = null
  let timer = 0
  let wasInterrupted = document.hidden

  function open() {
    const opened = new EventSource(`/organizations/${id}/console/changes`)
    stream = opened
    opened.onopen = () => {
      setLive(true)
      if (!wasInterrupted) return
      wasInterrupted = false
      // What changed in between was not heard, and the server may have been upgraded.
      void client.invalidateQueries()
      void lookForNewerVersion()
    }
    opened.onerror = () => {
      setLive(false)
      wasInterrupted = true
      void checkReachable()
      // A browser reconnects after silence by itself, but not after a refusal.
      if (opened.readyState === EventSource.CLOSED) timer = window.setTimeout(open, REOPEN_MS)
    }
    opened.addEventListener('change', (event) => {
      const { kind } = JSON.parse(String((event as MessageEvent).data)) as { kind: string }
      for (const part of pathsOf(kind))
        void client.invalidateQueries({ queryKey: ['organization', id, part] })
    })
  }

  function close() {
    window.clearTimeout(timer)
    stream?.close()
  }

  function followVisibility() {
    close()
    if (!document.hidden) return open()
    setLive(false)
    wasInterrupted = true
  }

  document.addEventListener('visibilitychange', followVisibility)
  if (!document.hidden) open()
  return () => {
    document.removeEventListener('visibilitychange', followVisibility)
    close()
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
