/** Work that people watch in Running Tasks: what it is, how far it is, how it ended. */
import { randomUUID } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Reader, Writer } from '../postgres/database.ts'

export type TaskStatus = 'PENDING' | 'RUNNING' | 'COMPLETE' | 'FAILED' | 'CANCELLED'

export type NewTask = {
  organizationId: string
  /** The entity's own id where there is one (a bill job), so that both are found by the same id. */
  id?: string
  /** `billJob`, `recalculation`, … */
  kind: string
  /** What people read: `Bills for 1 June 2024`. */
  title: string
  total?: number
  entity?: { type: string; id: string }
  startedBy: string
  /** The clock's instant, epoch milliseconds. */
  at: number
}

export type Progress = {
  status?: TaskStatus
  done?: number
  total?: number
  /** Why it failed, or what came of it. */
  message?: string
  at: number
}

export async function startTask(writer: Writer, task: NewTask): Promise<string> {
  const id = task.id ?? randomUUID()
  await sql`
    insert into task (organization_id, id, kind, title, total, entity_type, entity_id, created_at, created_by)
    values (${task.organizationId}, ${id}, ${task.kind}, ${task.title}, ${task.total ?? null},
      ${task.entity?.type ?? null}, ${task.entity?.id ?? null}, ${new Date(task.at)}, ${task.startedBy})
  `.execute(writer)
  return id
}

/** Also outside the work's own transaction: progress must be seen before the end. */
export async function reportTask(
  writer: Reader | Writer,
  organizationId: string,
  id: string,
  { status, done, total, message, at }: Progress,
): Promise<void> {
  const instant = new Date(at)
  const hasEnded = status === 'COMPLETE' || status === 'FAILED' || status === 'CANCELLED'
  await sql`
    update task set
      status = coalesce(${status ?? null}, status),
      done = coalesce(${done ?? null}::bigint, done),
      total = coalesce(${total ?? null}::bigint, total),
      message = coalesce(${message ?? null}, message),
      started_at = coalesce(started_at, ${status === undefined ? null : instant}::timestamptz),
      finished_at = ${hasEnded ? instant : null}::timestamptz
    where organization_id = ${organizationId} and id = ${id}
  `.execute(writer)
}

export type TaskRow = {
  id: string
  kind: string
  title: string
  status: TaskStatus
  done: string
  total: string | null
  message: string | null
  entity_type: string | null
  entity_id: string | null
  created_at: Date
  created_by: string
  finished_at: Date | null
}

/** Running ones, and those that ended within the day, newest first. */
export async function listTasks(
  reader: Reader,
  organizationId: string,
  now: number,
  more: RawBuilder<unknown>[] = [],
): Promise<TaskRow[]> {
  const dayAgo = new Date(now - 86_400_000)
  const { rows } = await sql<TaskRow>`
    select id, kind, title, status, done, total, message, entity_type, entity_id, created_at,
      created_by, finished_at
    from task
    where organization_id = ${organizationId} and (finished_at is null or finished_at > ${dayAgo})
      and ${sql.join([sql`true`, ...more], sql` and `)}
    order by sequence desc limit 100
  `.execute(reader)
  return rows
}

/** One that has not ended yet, however many there are. */
export async function findOpenTask(
  reader: Reader,
  organizationId: string,
): Promise<{ title: string } | null> {
  const { rows } = await sql<{ title: string }>`
    select title from task where organization_id = ${organizationId} and finished_at is null limit 1
  `.execute(reader)
  return rows[0] ?? null
}
