/** All alerts of the organization; one opens in place below its row (console 4.10). */
import { IconBellCheck } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { LACKS_RIGHT } from '../../kit/act-button.tsx'
import { Moment } from '../../kit/format/moment.tsx'
import { State, words } from '../../kit/format/state.tsx'
import { ListPage } from '../../kit/list/list-page.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { useCan, useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { useSearchText } from '../../kit/params.ts'
import { keysOf, usePages } from '../../kit/query/resource.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'
import {
  type Alert,
  type AlertStatus,
  alertRight,
  type Severity,
  severityTone,
  severityWords,
  statusTone,
} from './alert.ts'
import { AlertDetails } from './details.tsx'

const statuses: AlertStatus[] = ['NEW', 'IN_PROGRESS', 'RESOLVED']
/** The worst first. */
const severities: Severity[] = ['ERROR', 'WARN', 'INFO']
const usualTypes = ['API_INGEST', 'BILLING', 'SYSTEM']

export function AlertListPage() {
  const list = useListState(['status', 'severity', 'type'])
  // Resolved ones are out of the way until asked for.
  const source = usePages<Alert>('/alerts', {
    pageSize: 100,
    status: 'NEW,IN_PROGRESS',
    ...list.query,
  })
  const open = useSearchText('open')
  const setStatus = useSetStatus()
  const may = useCan(alertRight.action, alertRight.resource)
  const closedBecause = () => (may ? null : LACKS_RIGHT)
  return (
    <ListPage
      trail={[{ title: 'Alerts' }]}
      title="System alerts"
      lead="What went wrong or needs a look, raised by the system itself."
      state={list}
      source={source}
      searchText={(row) => `${row.type} ${row.description}`}
      filters={[
        {
          kind: 'options',
          key: 'status',
          title: 'Status',
          many: true,
          options: statuses.map((value) => ({ value, label: words(value) })),
        },
        {
          kind: 'options',
          key: 'severity',
          title: 'Severity',
          many: true,
          options: severities.map((value) => ({
            value,
            label: severityWords[value],
          })),
        },
        {
          kind: 'options',
          key: 'type',
          title: 'Type',
          many: true,
          options: typesOf(source.rows, list.filters['type']).map((value) => ({
            value,
            label: words(value),
          })),
        },
      ]}
      columns={[
        { key: 'description', title: 'Description', render: (row) => row.description, grow: true },
        {
          key: 'severity',
          title: 'Severity',
          width: 110,
          render: (row) => (
            <State tone={severityTone[row.severity]}>{severityWords[row.severity]}</State>
          ),
          sort: (row) => severities.indexOf(row.severity),
          fact: 'side',
        },
        {
          key: 'status',
          title: 'Status',
          width: 120,
          render: (row) => <State tone={statusTone[row.status]}>{words(row.status)}</State>,
          sort: (row) => row.status,
        },
        {
          key: 'type',
          title: 'Type',
          width: 110,
          render: (row) => words(row.type),
          sort: (row) => row.type,
        },
        {
          key: 'created',
          title: 'Created',
          width: 130,
          render: (row) => <Moment at={row.dtCreated} />,
          sort: (row) => row.dtCreated,
          fact: 'bare',
        },
        {
          key: 'updated',
          title: 'Last updated',
          width: 130,
          wide: true,
          render: (row) => <Moment at={row.dtLastModified} />,
          sort: (row) => row.dtLastModified,
        },
      ]}
      onOpen={(row) => list.set({ open: row.id === open ? null : row.id })}
      expanded={(row) =>
        row.id === open ? (
          <AlertDetails alert={row} setStatus={(status) => setStatus([row], status)} />
        ) : null
      }
      bulk={[
        { label: 'In progress', run: (rows) => setStatus(rows, 'IN_PROGRESS'), closedBecause },
        { label: 'Resolve', run: (rows) => setStatus(rows, 'RESOLVED'), closedBecause },
      ]}
      empty={{
        icon: IconBellCheck,
        title: 'Nothing needs you',
        text: 'Problems with usage, bills and other work show here as soon as they happen.',
        docs: 'guides/concepts#from-a-price-to-a-bill',
      }}
    />
  )
}

/** Any part of the system may raise alerts of its own type. */
function typesOf(alerts: readonly Alert[], chosen = ''): string[] {
  const seen = alerts.map((alert) => alert.type)
  return [...new Set([...usualTypes, ...seen, ...chosen.split(',').filter(Boolean)])].sort()
}

function useSetStatus() {
  const api = useOrganizationApi()
  const { id } = useOrganization()
  const client = useQueryClient()
  return async (alerts: Alert[], status: AlertStatus) => {
    try {
      await api.put('/alerts/status', { body: { ids: alerts.map((alert) => alert.id), status } })
      savedToast(
        alerts.length === 1
          ? `Alert is ${words(status).toLowerCase()}`
          : `${alerts.length} alerts are ${words(status).toLowerCase()}`,
      )
    } catch (cause) {
      failedToast(cause, 'The status did not change')
    } finally {
      await client.invalidateQueries({ queryKey: keysOf(id, '/alerts').all })
    }
  }
}
