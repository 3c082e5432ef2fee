/** Rows of alerts; the kit writes them, people look after them here. */
import type { Alert } from '@countinghouse/contract/notifications/alert.ts'
import { type RawBuilder, sql } from 'kysely'
import type { AlertRow } from '../../kit/alert/alert.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { Scope } from '../../kit/resource/hooks.ts'

export type AlertQuestion = {
  after: string | null
  limit: number
  ids?: string[] | undefined
  status?: string[] | undefined
  severity?: string[] | undefined
  type?: string[] | undefined
  from?: string | undefined
  to?: string | undefined
  more?: RawBuilder<unknown>[]
}

export async function selectAlerts(
  reader: Reader,
  organizationId: string,
  question: AlertQuestion,
): Promise<AlertRow[]> {
  const conditions = [
    sql`organization_id = ${organizationId}`,
    ...(question.after === null ? [] : [sql`sequence < ${question.after}`]),
    ...(question.ids ? [sql`id = any(${question.ids}::uuid[])`] : []),
    ...(question.status ? [sql`status = any(${question.status})`] : []),
    ...(question.severity ? [sql`severity = any(${question.severity})`] : []),
    ...(question.type ? [sql`type = any(${question.type})`] : []),
    ...(question.from ? [sql`modified_at >= ${question.from}`] : []),
    ...(question.to ? [sql`modified_at < ${question.to}`] : []),
    ...(question.more ?? []),
  ]
  const { rows } = await sql<AlertRow>`
    select * from alert where ${sql.join(conditions, sql` and `)}
    order by sequence desc limit ${question.limit}
  `.execute(reader)
  return rows
}

export async function countUnresolved(
  reader: Reader,
  organizationId: string,
  more: RawBuilder<unknown>[],
): Promise<{ status: Alert['status']; severity: Alert['severity']; count: number }[]> {
  const { rows } = await sql<{
    status: Alert['status']
    severity: Alert['severity']
    count: string
  }>`
    select status, severity, count(*) as count from alert
    where ${sql.join([sql`organization_id = ${organizationId}`, sql`status <> 'RESOLVED'`, ...more], sql` and `)}
    group by status, severity
  `.execute(reader)
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}

export async function lockAlert(
  writer: Writer,
  organizationId: string,
  id: string,
): Promise<AlertRow | null> {
  const { rows } = await sql<AlertRow>`
    select * from alert where organization_id = ${organizationId} and id = ${id} for update
  `.execute(writer)
  return rows[0] ?? null
}

/** Without a note the stored one stays. */
export async function setStatus(
  writer: Writer,
  scope: Scope,
  ids: string[],
  change: { status: Alert['status']; note?: string | undefined },
): Promise<void> {
  await sql`
    update alert set status = ${change.status}, note = coalesce(${change.note ?? null}, note),
      version = version + 1, modified_at = ${new Date(scope.now)}, modified_by = ${scope.principalId}
    where organization_id = ${scope.organizationId} and id = any(${ids}::uuid[])
  `.execute(writer)
}

export async function removeAlert(
  writer: Writer,
  organizationId: string,
  id: string,
): Promise<void> {
  await sql`
    delete from alert where organization_id = ${organizationId} and id = ${id}
  `.execute(writer)
}

/** Alerts are kept for 90 days after they changed last. */
export async function removeAlertsBefore(reader: Reader, instant: number): Promise<void> {
  await sql`delete from alert where modified_at < ${new Date(instant)}`.execute(reader)
}
