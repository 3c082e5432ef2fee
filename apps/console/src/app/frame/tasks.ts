/** Long work of the organization, followed live; where the stream is cut it is polled (console 5.4). */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../../kit/api/client.ts'
import { parseExact } from '../../kit/api/exact-json.ts'
import { useOrganization } from '../../kit/organization.ts'

export type Task = {
  id: string
  kind: string
  title: string
  status: 'PENDING' | 'RUNNING' | 'COMPLETE' | 'FAILED' | 'CANCELLED'
  total?: number
  done?: number
  startedBy?: string
  dtStarted?: string
  dtEnded?: string
  error?: string
  /** Path of its page below the organization. */
  path?: string
}

export type Tasks = { rows: Task[]; running: number; isLoading: boolean; error: Error | null }

export function useTasks(isPanelOpen: boolean): Tasks {
  const { id } = useOrganization()
  const client = useQueryClient()
  const key = ['organization', id, 'tasks']
  const [isLive, setLive] = useState(false)
  const path = `/console/organizations/${id}/tasks`
  const answer = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await api.get<{ data: Task[] }>(path, { signal })).data,
    refetchInterval: isLive ? false : isPanelOpen ? 3_000 : 15_000,
    retry: false,
  })

  // Outside system: the server's event stream of tasks.
  useEffect(() => {
    const stream = new EventSource(`${path}/stream`)
    stream.onopen = () => setLive(true)
    stream.onerror = () => setLive(false)
    stream.onmessage = (event) => {
      const { data } = parseExact(String(event.data)) as { data?: Task[] }
      if (data) client.setQueryData(['organization', id, 'tasks'], data)
    }
    return () => stream.close()
  }, [client, id, path])

  const rows = answer.data ?? []
  return {
    rows,
    running: rows.filter(isRunning).length,
    isLoading: answer.isPending,
    error: answer.error,
  }
}

export function isRunning(task: Task): boolean {
  return task.status === 'PENDING' || task.status === 'RUNNING'
}
