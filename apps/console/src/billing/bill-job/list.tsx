/** Bill jobs, newest first, with their progress. */

import type { BillJob, BillJobStatus } from '@countinghouse/contract/billing/bill-job.ts'
import { Progress } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import { Who } from '../../kit/detail/audit.tsx'
import { grouped } from '../../kit/format/digits.ts'
import { DayText, Moment } from '../../kit/format/moment.tsx'
import { State, type Tone, words } from '../../kit/format/state.tsx'
import type { CsvFile } from '../../kit/list/csv-export.ts'
import { ListPage } from '../../kit/list/list-page.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { usePages } from '../../kit/query/resource.ts'

const tones: Record<BillJobStatus, Tone> = {
  PENDING: 'quiet',
  INITIALIZING: 'note',
  RUNNING: 'note',
  COMPLETE: 'good',
  CANCELLED: 'plain',
}

export const isUnfinished = (job: Pick<BillJob, 'status'>) =>
  job.status !== 'COMPLETE' && job.status !== 'CANCELLED'

const file: CsvFile<BillJob> = {
  name: 'bill-jobs',
  columns: [
    ['Kind', (row) => row.type],
    ['Status', (row) => row.status],
    ['Last day', (row) => row.lastDateInBillingPeriod],
    ['Frequency', (row) => row.billingFrequency],
    ['Accounts or bills', (row) => row.total],
    ['Still to come', (row) => row.pending],
    ['Started by', (row) => row.createdBy],
    ['Started', (row) => row.dtCreated],
    ['ID', (row) => row.id],
  ],
}

export function BillJobListPage() {
  const list = useListState(['status'])
  const jobs = usePages<BillJob>(
    '/billjobs',
    { pageSize: 50, ...list.query },
    { refetchInterval: 5_000 },
  )
  return (
    <ListPage
      trail={[{ title: 'Billing' }]}
      title="Bill jobs"
      lead="Every run of the bills, started by a person, a program or the schedule."
      state={list}
      file={file}
      source={jobs}
      columns={[
        {
          key: 'type',
          title: 'Kind',
          render: (row) => (row.type === 'CREATE' ? 'Bill run' : 'Recalculation'),
        },
        { key: 'status', title: 'Status', render: (row) => <JobState job={row} />, fact: 'side' },
        {
          key: 'progress',
          title: 'Progress',
          width: 200,
          render: (row) => <JobProgress job={row} />,
        },
        {
          key: 'last',
          title: 'Last day',
          render: (row) => <DayText day={row.lastDateInBillingPeriod} fallback="current period" />,
          fact: true,
        },
        {
          key: 'frequency',
          title: 'Frequency',
          render: (row) => (row.billingFrequency ? words(row.billingFrequency) : 'All'),
        },
        { key: 'by', title: 'Started by', render: (row) => <Who id={row.createdBy} />, wide: true },
        {
          key: 'created',
          title: 'Started',
          render: (row) => <Moment at={row.dtCreated} />,
          fact: true,
        },
      ]}
      rowPath={(row) => `/billing/jobs/${row.id}`}
      filters={[
        {
          kind: 'options',
          key: 'status',
          title: 'Status',
          options: Object.keys(tones).map((value) => ({ value, label: words(value) })),
        },
      ]}
      empty={{
        icon: IconListCheck,
        title: 'No bill jobs yet',
        text: 'Each bill run and each recalculation is a job. Start one on the page Bill management.',
        docs: 'guides/running-bills',
      }}
    />
  )
}

export function JobState({ job }: { job: Pick<BillJob, 'status'> }) {
  return <State tone={tones[job.status]}>{words(job.status)}</State>
}

export function JobProgress({ job }: { job: Pick<BillJob, 'total' | 'pending' | 'status'> }) {
  const done = job.total - job.pending
  const share = job.total === 0 ? (isUnfinished(job) ? 0 : 100) : (done / job.total) * 100
  return (
    <div style={{ display: 'flex', alignItems: 'center', gap: 10 }}>
      <Progress value={share} size={5} style={{ flex: 1 }} aria-label="Progress" />
      <span>
        {grouped(done)} of {grouped(job.total)}
      </span>
    </div>
  )
}
