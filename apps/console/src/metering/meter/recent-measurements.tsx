/** What arrived last at a meter; refreshed while somebody looks. */

import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { grouped } from '../../kit/format/digits.ts'
import { Moment } from '../../kit/format/moment.tsx'
import { Code } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import type { Column } from '../../kit/list/column.ts'
import { ListTable } from '../../kit/list/list-table.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { useAnswer } from '../../kit/query/resource.ts'

type Row = {
  uid: string
  accountId: string
  accountCode: string
  accountName: string
  timestamp: string
  receivedAt: string
  values: Record<string, unknown>
}

type Shown = Row & { id: string }

export function RecentMeasurements({ meter }: { meter: Meter }) {
  const answer = useAnswer<{ data: Row[] }>(
    `/meters/${meter.id}/measurements`,
    { limit: 25 },
    { refetchInterval: 10_000 },
  )
  const rows = (answer.data?.data ?? []).map((row) => ({ ...row, id: row.uid }))
  const fields = [...meter.dataFields, ...meter.derivedFields].map((field) => ({
    key: `${field.category.toLowerCase()}.${field.code}`,
    title: field.name,
    isNumber: field.unit !== undefined,
  }))
  return (
    <Panel
      title="Recent measurements"
      flush
      help="The newest by time of arrival. Measurements that were refused stand under Ingest events."
      actions={
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconRefresh size={14} />}
          onClick={() => void answer.refetch()}
        >
          Refresh
        </Button>
      }
    >
      <ListTable
        small
        label="Recent measurements"
        source={{
          rows,
          isLoading: answer.isPending,
          error: answer.error,
          hasMore: false,
          isLoadingMore: false,
          loadMore: () => undefined,
          reload: () => void answer.refetch(),
        }}
        columns={(
          [
            {
              key: 'timestamp',
              title: 'Timestamp',
              width: 140,
              render: (row) => <Moment at={row.timestamp} alwaysExact />,
            },
            {
              key: 'account',
              title: 'Account',
              render: (row) => (
                <AppLink quiet to={`/accounts/${row.accountId}`}>
                  {row.accountName}
                </AppLink>
              ),
              fact: true,
            },
            ...fields.map((field) => ({
              key: field.key,
              title: field.title,
              ...(field.isNumber ? { align: 'right' as const } : {}),
              render: (row: Row) => shown(row.values[field.key], field.isNumber),
              fact: true,
            })),
            {
              key: 'uid',
              title: 'UID',
              hidden: fields.length > 4,
              render: (row) => <Code>{row.uid}</Code>,
            },
            {
              key: 'received',
              title: 'Received',
              width: 140,
              render: (row) => <Moment at={row.receivedAt} />,
            },
          ] satisfies Column<Shown>[] as Column<Shown>[]
        ).filter((column) => !column.hidden)}
        empty={{
          title: 'Nothing has arrived yet',
          text: 'Send a first measurement with one of the samples above, or by the form.',
        }}
      />
    </Panel>
  )
}

function shown(value: unknown, isNumber: boolean): string {
  if (value === undefined || value === null) return '–'
  return isNumber ? grouped(String(value)) : String(value)
}
