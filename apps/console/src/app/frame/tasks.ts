/** Long work of the organization, followed live (console 5.4). */
import { useQuery } from '@tanstack/react-query'
import { apiAt } from '../../kit/api/client.ts'
import { useOrganization } from '../../kit/organization.ts'

export type Task = {
  id: string
  kind: string
  title: string
  status: 'PENDING' | 'RUNNING' | 'COMPLETE' | 'FAILED' | 'CANCELLED'
  done: number
  total?: number
  message?: string
  entityType?: string
  entityId?: string
  dtCreated: string
  createdBy: string
  dtFinished?: string
}

export type Tasks = { rows: Task[]; running: number; isLoading: boolean; error: Error | null }

/** With the live stream tasks are read when they change; without it every few seconds. */
export function useTasks(isPanelOpen: boolean, isLive: boolean): Tasks {
  const { id, can } = useOrganization()
  const answer = useQuery({
    queryKey: ['organization', id, 'tasks'],
    queryFn: async ({ signal }) =>
      (await apiAt(`/organizations/${id}`).get<{ data: Task[] }>('/console/tasks', { signal }))
        .data,
    // Whoever may not see the jobs has no tasks to see.
    enabled: can('config:retrieve', 'config:billJob'),
    refetchInterval: isLive ? 60_000 : isPanelOpen ? 3_000 : 15_000,
  })
  const rows = answer.data ?? []
  return {
    rows,
    running: rows.filter(isRunning).length,
    isLoading: answer.isLoading,
    error: answer.error,
  }
}

export function isRunning(task: Task): boolean {
  return task.status === 'PENDING' || task.status === 'RUNNING'
}
