/**
 * Ingest events: measurements that were accepted by the API and then could not be counted, or not
 * wholly. Fix the cause, send again, mark as actioned (metering 6).
 */

import { type IngestFailure, refusalTypes } from '@countinghouse/contract/metering/ingest-event.ts'
import { dayOf, normalizeZone } from '@countinghouse/engine/time/zone.ts'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconDownload, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { LACKS_RIGHT } from '../../kit/act-button.tsx'
import { counted, grouped } from '../../kit/format/digits.ts'
import { Moment } from '../../kit/format/moment.tsx'
import { Code, State } from '../../kit/format/state.tsx'
import { ListPage } from '../../kit/list/list-page.tsx'
import { type ListState, useListState } from '../../kit/list/list-state.ts'
import { useCan, useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { keysOf, usePages } from '../../kit/query/resource.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'
import { useResubmit } from './resubmit.tsx'

type IngestEvent = {
  id: string
  eventTime: string
  dtActioned: string | null
  m3terEvent: { eventData: { newDto: IngestFailure } }
}

const meanings: Record<string, string> = {
  UndefinedMeter: 'No meter has this code. Not counted.',
  MissingField: 'A data field has no value. Not counted.',
  DuplicateUid: 'The uid had arrived before; the first copy counts.',
  DuplicateField: 'One field stands in two categories. Not counted.',
  InvalidAccountCode: 'Nearly the code of another account, so none was made. Not counted.',
  CalculationError: 'A derived field could not be worked out. Counted without it.',
}

export function IngestEventListPage() {
  const list = useListState(['includeActioned', 'type', 'from', 'until'])
  const { includeActioned, ...sifted } = list.filters
  const events = usePages<IngestEvent>('/events', {
    eventName: 'ingest.validation.failure',
    pageSize: 100,
    ...(includeActioned && { includeActioned }),
  })
  const { timezone } = useOrganization()
  const rows = events.rows.filter((row) => fits(row, sifted, timezone))
  const isSifted = Object.keys(sifted).length > 0
  const { hasMore, isLoadingMore, loadMore, error } = events
  // Outside system: the server. Sifting what is loaded is only honest once all of it is.
  useEffect(() => {
    if (isSifted && hasMore && !isLoadingMore && !error) loadMore()
  }, [isSifted, hasMore, isLoadingMore, loadMore, error])
  const api = useOrganizationApi()
  const client = useQueryClient()
  const { id } = useOrganization()
  const resubmit = useResubmit()
  const mayMark = useCan('config:update', 'config:event')
  const mark = useMutation({
    mutationFn: (ids: string[]) => api.put('/events/actioned', { body: { actioned: true, ids } }),
    onSuccess: (_answer, ids) => savedToast(`${counted(ids.length, 'event')} marked as actioned`),
    onError: (cause) => failedToast(cause),
    onSettled: () => client.invalidateQueries({ queryKey: keysOf(id, '/events').all }),
  })

  async function download(row: IngestEvent) {
    try {
      const { url } = await api.get<{ url: string }>(relative(failureOf(row).getDownloadUrl))
      window.location.assign(url)
    } catch (cause) {
      failedToast(cause)
    }
  }

  return (
    <ListPage
      trail={[{ title: 'Metering' }]}
      title="Ingest events"
      lead="Measurements that the API accepted and that could not be counted, or not wholly. Open one to mend it and send it again."
      state={list}
      source={{ ...events, rows }}
      actions={
        <Button variant="default" leftSection={<IconRefresh size={15} />} onClick={events.reload}>
          Refresh
        </Button>
      }
      columns={[
        {
          key: 'type',
          title: 'Type',
          width: 160,
          render: (row) => (
            <State tone={failureOf(row).type === 'DuplicateUid' ? 'plain' : 'warn'}>
              {failureOf(row).type}
            </State>
          ),
        },
        {
          key: 'message',
          title: 'What happened',
          grow: true,
          render: (row) => <span title={messageOf(row)}>{messageOf(row)}</span>,
          fact: 'bare',
        },
        {
          key: 'meter',
          title: 'Meter',
          wide: true,
          render: (row) => <Code>{failureOf(row).meterCode}</Code>,
        },
        {
          key: 'account',
          title: 'Account',
          render: (row) => <Code>{failureOf(row).accountCode}</Code>,
          fact: true,
        },
        {
          key: 'count',
          title: 'Times',
          align: 'right',
          width: 70,
          wide: true,
          render: (row) => grouped(failureOf(row).count ?? 1),
        },
        { key: 'time', title: 'When', width: 140, render: (row) => <Moment at={row.eventTime} /> },
        {
          key: 'state',
          title: 'Status',
          width: 110,
          hidden: true,
          render: (row) => (row.dtActioned ? 'Actioned' : 'Open'),
        },
      ]}
      onOpen={(row) => resubmit(failureOf(row), () => mark.mutate([row.id]))}
      searchText={(row) =>
        `${failureOf(row).message} ${failureOf(row).meterCode} ${failureOf(row).accountCode} ${failureOf(row).uid}`
      }
      filters={[
        {
          kind: 'options',
          key: 'type',
          title: 'Type',
          options: refusalTypes.map((value) => ({ value, label: value })),
        },
        { kind: 'day', key: 'from', title: 'From' },
        { kind: 'day', key: 'until', title: 'Until' },
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
          run: (chosen) => mark.mutateAsync(chosen.map((row) => row.id)),
          closedBecause: () => (mayMark ? null : LACKS_RIGHT),
        },
      ]}
      rowActions={(row) => [
        {
          label:
            failureOf(row).type === 'CalculationError'
              ? 'Look at the measurement'
              : 'Fix and resubmit',
          run: () => resubmit(failureOf(row), () => mark.mutate([row.id])),
        },
        { label: 'Download log', icon: IconDownload, run: () => void download(row) },
        {
          label: 'Mark as actioned',
          needs: ['update', 'config:event'],
          run: () => mark.mutate([row.id]),
        },
      ]}
      empty={{
        icon: IconAlertTriangle,
        title: 'Every measurement counted',
        text: 'Measurements that the API accepted but could not count would stand here, with the reason and the way to send them again.',
        docs: 'guides/ingest-events',
      }}
    />
  )
}

/** Days are those of the organization, the last one included. */
function fits(
  row: IngestEvent,
  { type, from, until }: ListState['filters'],
  timezone: string,
): boolean {
  const day = dayOf(Date.parse(row.eventTime), normalizeZone(timezone))
  return (
    (!type || failureOf(row).type === type) && (!from || day >= from) && (!until || day <= until)
  )
}

function messageOf(row: IngestEvent): string {
  return failureOf(row).message || (meanings[failureOf(row).type] ?? '')
}

function failureOf(row: IngestEvent): IngestFailure {
  return row.m3terEvent.eventData.newDto
}

/** The event carries the full address of the call; the page asks its own server. */
function relative(url: string): string {
  return url.replace(/^.*\/organizations\/[^/]+/, '')
}
