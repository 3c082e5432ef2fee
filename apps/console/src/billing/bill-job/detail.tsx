/** One bill job: its progress, what it was asked, the bills it made. */

import type { BillJob } from '@countinghouse/contract/billing/bill-job.ts'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { DetailPage } from '../../kit/detail/detail-page.tsx'
import { DayText } from '../../kit/format/moment.tsx'
import { words } from '../../kit/format/state.tsx'
import { ButtonLink } from '../../kit/link.tsx'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { useAnswer } from '../../kit/query/resource.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'
import { BillTable } from '../bill/bill-table.tsx'
import { JobFailures } from './failures.tsx'
import { isUnfinished, JobProgress, JobState } from './list.tsx'

export function BillJobDetailPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const api = useOrganizationApi()
  const client = useQueryClient()
  const organization = useOrganization()
  const job = useAnswer<BillJob>(`/billjobs/${id}`, {}, { refetchInterval: 2_500 })
  const cancel = useMutation({
    mutationFn: () => api.post<BillJob>(`/billjobs/${id}/cancel`),
    onSuccess: () => savedToast('Bill job cancelled; the bills it has made stay'),
    onError: (cause) => failedToast(cause),
    onSettled: () => client.invalidateQueries({ queryKey: ['organization', organization.id] }),
  })
  return (
    <DetailPage
      query={job}
      trail={[{ title: 'Billing' }, { title: 'Bill jobs', to: '/billing/jobs' }]}
      title={(row) => (row.type === 'CREATE' ? 'Bill run' : 'Recalculation')}
      state={(row) => <JobState job={row} />}
      actions={(row) => (
        <>
          {isUnfinished(row) && (
            <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
              Cancel job
            </Button>
          )}
          <ButtonLink variant="default" to={`/billing/bills?billJobId=${id}`}>
            Review its bills
          </ButtonLink>
        </>
      )}
      facts={(row) => [
        {
          label: 'Last day',
          value: <DayText day={row.lastDateInBillingPeriod} fallback="current period" />,
        },
        { label: 'Bill date', value: <DayText day={row.billDate} /> },
        { label: 'Frequency', value: row.billingFrequency ? words(row.billingFrequency) : 'All' },
        { label: 'Accounts', value: row.accountIds ? String(row.accountIds.length) : 'All' },
      ]}
    >
      {(row) => (
        <>
          <Panel title="Progress">
            <JobProgress job={row} />
          </Panel>
          {!isUnfinished(row) && <JobFailures job={row} />}
          <Panel title="Bills it calculated last" flush>
            <BillTable
              query={{ billJobId: id }}
              empty="Bills appear here as they are calculated."
            />
          </Panel>
        </>
      )}
    </DetailPage>
  )
}
