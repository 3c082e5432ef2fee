/** Work in progress that people watch in the Console (console 5.4). */
import Type from 'typebox'
import { operation } from '../kit/operation.ts'
import { id, instant, oneOf, optional } from '../kit/schema.ts'

export const task = Type.Object({
  id: id({ title: 'ID' }),
  kind: Type.String({ title: 'Kind', description: 'What sort of work it is, such as billJob.' }),
  title: Type.String({ title: 'Task' }),
  status: oneOf(['PENDING', 'RUNNING', 'COMPLETE', 'FAILED', 'CANCELLED'], { title: 'Status' }),
  done: Type.Integer({ minimum: 0, title: 'Done' }),
  total: optional(
    Type.Integer({ minimum: 0, title: 'Total', description: 'Absent while it is not known.' }),
  ),
  message: optional(
    Type.String({ title: 'Message', description: 'Why it failed, or what came of it.' }),
  ),
  entityType: optional(Type.String({ description: 'What the task works on.' })),
  entityId: optional(Type.String()),
  dtCreated: instant({ title: 'Started' }),
  createdBy: Type.String({ title: 'Started by' }),
  dtFinished: optional(instant({ title: 'Finished' })),
})

export const listTasksOperation = operation({
  id: 'listTasks',
  method: 'GET',
  path: '/console/tasks',
  scope: 'organization',
  area: 'organization',
  tag: 'Console',
  summary: 'List running tasks, and those that ended within a day, newest first',
  // Every task there is so far is a bill job, of which it shows what the job itself shows.
  permission: { action: 'config:retrieve', resource: 'config:billJob' },
  response: Type.Object({ data: Type.Array(task) }),
})
