/** What arrived last at a meter; refreshed while somebody looks. A row opens into all it holds. */

import type { DataField, Meter } from '@countinghouse/contract/metering/meter.ts'
import { Button, Select } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { CodeBlock } from '../../kit/code-block.tsx'
import { Absent, Quantity } from '../../kit/format/amount.tsx'
import { Moment } from '../../kit/format/moment.tsx'
import { Code } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import type { Column } from '../../kit/list/column.ts'
import { ListTable } from '../../kit/list/list-table.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { useAnswer } from '../../kit/query/resource.ts'
import { placesOf } from '../usage/places.ts'
import classes from './meter.module.css'

/** As many as the server remembers to give. */
const ROWS_MAX = 200
const ROWS_SHOWN = 25
/** More do not fit beside each other; a row opens into all of them. */
const FIELDS_SHOWN = 3

type Row = {
  id: string
  uid: string
  accountId: string
  accountCode: string
  accountName: string
  timestamp: string
  receivedAt: string
  values: Record<string, unknown>
}

export function RecentMeasurements({ meter }: { meter: Meter }) {
  const [accountId, setAccountId] = useState<string | null>(null)
  const [openUid, setOpenUid] = useState<string | null>(null)
  const answer = useAnswer<{ data: Omit<Row, 'id'>[] }>(
    `/meters/${meter.id}/measurements`,
    { limit: ROWS_MAX },
    { refetchInterval: 10_000 },
  )
  const all = (answer.data?.data ?? []).map((row) => ({ ...row, id: row.uid }))
  const names = new Map(all.map((row) => [row.accountId, row.accountName]))
  const rows = all
    .filter((row) => accountId === null || row.accountId === accountId)
    .slice(0, ROWS_SHOWN)
  return (
    <Panel
      title="Recent measurements"
      flush
      help="The newest by time of arrival. Measurements that were refused stand under Ingest events."
      actions={
        <div className={classes.recentActs}>
          <Select
            size="xs"
            aria-label="Only those of"
            placeholder="All accounts"
            clearable
            searchable
            data={[...names].map(([value, label]) => ({ value, label }))}
            value={accountId}
            onChange={setAccountId}
          />
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconRefresh size={14} />}
            loading={answer.isRefetching}
            onClick={() => void answer.refetch()}
          >
            Refresh
          </Button>
        </div>
      }
    >
      <div className={classes.recent}>
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
          columns={columnsOf(meter, rows)}
          onOpen={(row) => setOpenUid(row.uid === openUid ? null : row.uid)}
          expanded={(row) => row.uid === openUid && <Opened meter={meter} row={row} />}
          empty={{
            title: 'Nothing has arrived yet',
            text: 'Send a first measurement with one of the samples above, or by the form.',
          }}
        />
      </div>
    </Panel>
  )
}

function columnsOf(meter: Meter, rows: readonly Row[]): Column<Row>[] {
  const fields = [...meter.dataFields, ...meter.derivedFields]
  // Figures say more than names, so they come first where not all fit.
  const shown = [...fields.filter(isNumeric), ...fields.filter((each) => !isNumeric(each))]
  return [
    {
      key: 'timestamp',
      title: 'Timestamp',
      width: 136,
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
      fact: 'bare',
    },
    ...shown.slice(0, FIELDS_SHOWN).map((field, at): Column<Row> => {
      const key = keyOf(field)
      const places = isNumeric(field) ? placesOf(rows.map((row) => textOf(row.values[key]))) : null
      return {
        key,
        title: field.name,
        ...(places === null ? {} : { align: 'right' as const }),
        render: (row) => <Value value={textOf(row.values[key])} places={places} />,
        // One is enough for a phone: a row opens into all of them.
        fact: at === 0 && 'side',
      }
    }),
    {
      key: 'received',
      title: 'Received',
      width: 132,
      render: (row) => <Moment at={row.receivedAt} />,
    },
  ]
}

function Opened({ meter, row }: { meter: Meter; row: Row }) {
  return (
    <div className={classes.opened}>
      <CodeBlock language="json" code={JSON.stringify(measurementOf(meter, row), null, 2)} />
    </div>
  )
}

/** In the shape in which it was sent; what was derived on arrival comes last. */
function measurementOf(meter: Meter, row: Row): Record<string, unknown> {
  const sent: Record<string, Record<string, unknown>> = {}
  for (const field of meter.dataFields) {
    const group = field.category.toLowerCase()
    sent[group] = { ...sent[group], [field.code]: row.values[keyOf(field)] }
  }
  const derived = Object.fromEntries(
    meter.derivedFields.map((field) => [field.code, row.values[keyOf(field)]]),
  )
  return {
    uid: row.uid,
    meter: meter.code,
    account: row.accountCode,
    ts: row.timestamp,
    ...sent,
    ...(meter.derivedFields.length > 0 && { derived }),
    receivedAt: row.receivedAt,
  }
}

function Value({ value, places }: { value: string | undefined; places: number | null }) {
  if (value === undefined) return <Absent />
  return places === null ? <Code>{value}</Code> : <Quantity value={value} places={places} />
}

function textOf(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value)
}

type Field = Pick<DataField, 'category' | 'code' | 'unit'>

const isNumeric = (field: Field) => field.unit !== undefined

const keyOf = (field: Field) => `${field.category.toLowerCase()}.${field.code}`
