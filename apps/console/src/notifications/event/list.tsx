/** Everything that happened in the organization, newest first; one opens in place (console 4.10). */

import { type Event, eventTypes } from '@countinghouse/contract/metering/ingest-event.ts'
import { IconTimeline } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { LACKS_RIGHT } from '../../kit/act-button.tsx'
import { CodeBlock } from '../../kit/code-block.tsx'
import { Absent } from '../../kit/format/amount.tsx'
import { counted } from '../../kit/format/digits.ts'
import { Moment } from '../../kit/format/moment.tsx'
import { Code, State } from '../../kit/format/state.tsx'
import { ListPage } from '../../kit/list/list-page.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { useCan, useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { useSearchText } from '../../kit/params.ts'
import { keysOf, usePages } from '../../kit/query/resource.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'

const typeWords: Record<(typeof eventTypes)[number], string> = {
  Notification: 'Notifications',
  IntegrationEvent: 'Integrations',
  IngestValidationFailure: 'Refused measurements',
  DataExportJobFailure: 'Failed exports',
}

export function EventListPage() {
  const list = useListState(['eventName', 'eventType', 'accountId', 'includeActioned'])
  const events = usePages<Event>('/events', { pageSize: 100, ...list.query })
  const open = useSearchText('open')
  const mark = useMark()
  const mayMark = useCan('config:update', 'config:event')
  const names = [
    ...new Set([list.filters['eventName'], ...events.rows.map((row) => row.eventName)]),
  ]
  return (
    <ListPage
      trail={[{ title: 'Alerts', to: '/alerts' }]}
      title="Events"
      lead="What happened in the organization: bills, configuration, refused measurements. Programs read the same list at /events."
      state={list}
      source={events}
      columns={[
        { key: 'name', title: 'Event', render: (row) => <Code>{row.eventName}</Code> },
        {
          key: 'about',
          title: 'About',
          render: (row) => aboutOf(row) ?? <Absent />,
          grow: true,
          fact: 'bare',
        },
        {
          key: 'time',
          title: 'When',
          width: 150,
          render: (row) => <Moment at={row.eventTime} />,
          fact: 'side',
        },
        {
          key: 'state',
          title: 'Actioned',
          width: 130,
          render: (row) =>
            row.dtActioned ? <State tone="good">Actioned</State> : <State tone="quiet">Open</State>,
        },
      ]}
      onOpen={(row) => list.set({ open: row.id === open ? null : row.id })}
      expanded={(row) =>
        row.id === open && (
          <CodeBlock language="json" code={JSON.stringify(row.m3terEvent, null, 2)} />
        )
      }
      searchText={(row) => `${row.eventName} ${aboutOf(row) ?? ''}`}
      filters={[
        {
          kind: 'options',
          key: 'eventName',
          title: 'Event',
          options: names
            .filter((name) => name !== undefined)
            .sort()
            .map((value) => ({ value, label: value })),
        },
        {
          kind: 'options',
          key: 'eventType',
          title: 'Kind',
          options: eventTypes.map((value) => ({ value, label: typeWords[value] })),
        },
        { kind: 'account', key: 'accountId', title: 'Account' },
        {
          kind: 'options',
          key: 'includeActioned',
          title: 'Actioned',
          options: [{ value: 'true', label: 'Shown too' }],
        },
      ]}
      bulk={[
        {
          label: 'Mark as actioned',
          run: (rows) => mark.mutateAsync({ rows, actioned: true }),
          closedBecause: () => (mayMark ? null : LACKS_RIGHT),
        },
      ]}
      rowActions={(row) => [
        {
          label: row.dtActioned ? 'Put back' : 'Mark as actioned',
          needs: ['update', 'config:event'],
          run: () => mark.mutate({ rows: [row], actioned: !row.dtActioned }),
        },
      ]}
      empty={{
        icon: IconTimeline,
        title: 'Nothing has happened yet',
        text: 'Every change, bill and refused measurement leaves an event here.',
        docs: 'guides/ingest-events',
      }}
    />
  )
}

function useMark() {
  const api = useOrganizationApi()
  const client = useQueryClient()
  const { id } = useOrganization()
  return useMutation({
    mutationFn: ({ rows, actioned }: { rows: readonly Event[]; actioned: boolean }) =>
      api.put('/events/actioned', { body: { actioned, ids: rows.map((row) => row.id) } }),
    onSuccess: (_answer, { rows, actioned }) =>
      savedToast(
        `${counted(rows.length, 'event')} ${actioned ? 'marked as actioned' : 'put back'}`,
      ),
    onError: (cause) => failedToast(cause),
    onSettled: () => client.invalidateQueries({ queryKey: keysOf(id, '/events').all }),
  })
}

type Named = Partial<
  Record<'name' | 'code' | 'message' | 'description' | 'accountCode' | 'status', string>
>

/** What a person knows it by: its message, or the name or code of what it is about. */
function aboutOf({ m3terEvent }: Event): string | undefined {
  const { eventData } = (m3terEvent ?? {}) as { eventData?: { newDto?: Named; oldDto?: Named } }
  const about = eventData?.newDto ?? eventData?.oldDto
  return (
    about?.message ??
    about?.name ??
    about?.code ??
    about?.accountCode ??
    // Alerts and bill jobs have no name.
    about?.description ??
    about?.status?.toLowerCase()
  )
}
