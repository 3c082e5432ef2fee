/** Alerts: listed, counted, looked after, deleted. */
import {
  ALERT_PAGE_MAX,
  alertSeverities,
  countAlerts,
  deleteAlert,
  listAlerts,
  readAlert,
  updateAlertStatus,
  updateAlertStatuses,
} from '@countinghouse/contract/notifications/alert.ts'
import { type AlertRow, announceAlert, toAlert } from '../../kit/alert/alert.ts'
import { route } from '../../kit/area.ts'
import { InvalidInputError, NotFoundError } from '../../kit/errors.ts'
import { refuseHidden, visibleConditions } from '../../kit/permission/visible.ts'
import type { Reader } from '../../kit/postgres/database.ts'
import { fromToken, isUuid, manyOf, pageSizeOf, toPage } from '../../kit/resource/page.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import { checkVersion } from '../../kit/resource/write.ts'
import { countUnresolved, lockAlert, removeAlert, selectAlerts, setStatus } from './store.ts'

const updateRight = { action: 'config:update', resource: 'config:alert' }

export const alertRoutes = [
  route(listAlerts, async ({ context, organization, query, visible }) => {
    const limit = pageSizeOf(query.pageSize, ALERT_PAGE_MAX)
    const rows = await selectAlerts(context.database.reader, organization.id, {
      after: fromToken(query.nextToken),
      limit: limit + 1,
      status: manyOf(query.status),
      severity: manyOf(query.severity),
      type: manyOf(query.type),
      from: query.dateStart,
      to: query.dateEnd,
      more: visibleConditions(visible),
    })
    return toPage(rows, limit, (shown) => shown.map(toAlert))
  }),

  route(countAlerts, async ({ context, organization, visible }) => {
    const counts = await countUnresolved(
      context.database.reader,
      organization.id,
      visibleConditions(visible),
    )
    const sum = (of: (row: (typeof counts)[number]) => boolean) =>
      counts.filter(of).reduce((total, { count }) => total + count, 0)
    const [INFO = 0, WARN = 0, ERROR = 0] = alertSeverities.map((severity) =>
      sum((row) => row.severity === severity),
    )
    return { total: sum(() => true), new: sum(({ status }) => status === 'NEW'), INFO, WARN, ERROR }
  }),

  route(readAlert, async ({ context, organization, params }) =>
    toAlert(await alertNamed(context.database.reader, organization.id, params.id)),
  ),

  route(updateAlertStatus, (call) =>
    call.context.database.transaction(async (writer) => {
      const { organization, params, body } = call
      const stored = isUuid(params.id) ? await lockAlert(writer, organization.id, params.id) : null
      if (stored === null) throw noAlert(params.id)
      if (body.version !== undefined) {
        checkVersion({ title: { one: 'alert' } }, toAlert(stored), body.version)
      }
      await setStatus(writer, scopeOf(call), [params.id], body)
      const after = await alertNamed(writer, organization.id, params.id)
      await announceAlert(writer, scopeOf(call), { before: stored, after })
      return toAlert(after)
    }),
  ),

  route(updateAlertStatuses, (call) =>
    call.context.database.transaction(async (writer) => {
      const { ids, status } = call.body
      refuseHidden(call.visible, updateRight, ids)
      const question = { after: null, limit: ids.length, ids: ids.filter(isUuid) }
      const found = await selectAlerts(writer, call.organization.id, question)
      const known = new Set(found.map(({ id }) => id))
      const unknown = ids.flatMap((id, index) =>
        known.has(id.toLowerCase())
          ? []
          : [{ field: `ids[${index}]`, message: noAlert(id).message }],
      )
      if (unknown.length > 0) throw new InvalidInputError('Some alerts are not there.', unknown)
      await setStatus(writer, scopeOf(call), ids, { status })
      const changed = await selectAlerts(writer, call.organization.id, question)
      const before = new Map(found.map((row) => [row.id, row]))
      for (const after of changed) {
        const stored = before.get(after.id)
        if (stored) await announceAlert(writer, scopeOf(call), { before: stored, after })
      }
      return { data: changed.map(toAlert) }
    }),
  ),

  route(deleteAlert, (call) =>
    call.context.database.transaction(async (writer) => {
      const found = await alertNamed(writer, call.organization.id, call.params.id)
      await removeAlert(writer, call.organization.id, found.id)
      await announceAlert(writer, scopeOf(call), { before: found })
      return toAlert(found)
    }),
  ),
]

async function alertNamed(reader: Reader, organizationId: string, id: string): Promise<AlertRow> {
  const [row] = isUuid(id)
    ? await selectAlerts(reader, organizationId, { after: null, limit: 1, ids: [id] })
    : []
  if (row === undefined) throw noAlert(id)
  return row
}

function noAlert(id: string): NotFoundError {
  return new NotFoundError(`There is no alert with the id ${id} in this organization.`)
}
