/** `GET /console/tasks`: the Running Tasks panel. */
import { listTasksOperation } from '@countinghouse/contract/organization/task.ts'
import { type Route, route } from '../area.ts'
import { visibleConditions } from '../permission/visible.ts'
import { listTasks, type TaskRow } from './task.ts'

export const taskRoutes: Route[] = [
  route(listTasksOperation, async ({ context, organization, visible }) => {
    const { reader } = context.database
    const shown = visibleConditions(visible)
    const rows = await listTasks(reader, organization.id, context.clock.now(), shown)
    return { data: rows.map(present) }
  }),
]

function present(row: TaskRow) {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    status: row.status,
    done: Number(row.done),
    ...(row.total !== null && { total: Number(row.total) }),
    ...(row.message !== null && { message: row.message }),
    ...(row.entity_type !== null && { entityType: row.entity_type }),
    ...(row.entity_id !== null && { entityId: row.entity_id }),
    dtCreated: row.created_at.toISOString(),
    createdBy: row.created_by,
    ...(row.finished_at !== null && { dtFinished: row.finished_at.toISOString() }),
  }
}
