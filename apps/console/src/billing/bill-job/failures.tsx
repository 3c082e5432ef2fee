/** The accounts that a job could not bill, why, and the way to try them again (billing 14). */

import { type BillJob, billJobBody } from '@countinghouse/contract/billing/bill-job.ts'
import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { counted } from '../../kit/format/digits.ts'
import { AppLink, useGo } from '../../kit/link.tsx'
import { useCan, useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { useEvery } from '../../kit/query/every.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'
import classes from './bill-job.module.css'

/** A run names at most so many accounts. */
const AGAIN_MAX = 100

/** Each failure is an alert that carries the job; very many with one reason share an alert. */
type FailureAlert = {
  id: string
  entityId?: string
  payload: { billJobId?: string; accountName?: string; reason?: string; codes?: string[] }
}

export function JobFailures({ job }: { job: BillJob }) {
  const alerts = useEvery<FailureAlert>(
    { path: '/alerts', maxPageSize: 100 },
    {
      type: 'BILLING',
      severity: 'ERROR',
      status: 'NEW,IN_PROGRESS,RESOLVED',
      dateStart: job.dtCreated,
    },
  )
  const failures = alerts.rows.filter(({ payload }) => payload.billJobId === job.id)
  const shared = alerts.rows.filter(
    ({ entityId, payload }) => entityId === job.id && payload.codes !== undefined,
  )
  const count = shared.reduce(
    (sum, { payload }) => sum + (payload.codes?.length ?? 0),
    failures.length,
  )
  if (count === 0) return null
  return (
    <Panel
      title="Accounts without a bill"
      count={count}
      help="Remove the cause, then bill these accounts again. Bills of other accounts stay as they are."
      flush
      actions={job.type === 'CREATE' && <RunAgain job={job} failures={failures} count={count} />}
    >
      <ul className={classes.failures}>
        {failures.map(({ id, entityId, payload }) => (
          <li key={id}>
            <AppLink to={`/accounts/${entityId}`}>{payload.accountName ?? 'Account'}</AppLink>
            <span>{payload.reason}</span>
          </li>
        ))}
        {shared.map(({ id, payload: { codes = [], reason } }) => (
          <li key={id}>
            <span title={codes.join(', ')}>{counted(codes.length, 'more account')}</span>
            <span>{reason}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

type RunAgainProps = { job: BillJob; failures: readonly FailureAlert[]; count: number }

/** The same request, for the failed accounts alone; for more than a run can name, the whole again. */
function RunAgain({ job, failures, count }: RunAgainProps) {
  const api = useOrganizationApi()
  const client = useQueryClient()
  const go = useGo()
  const { id } = useOrganization()
  const may = useCan('config:create', 'config:billJob')
  const again = useMutation({
    mutationFn: () =>
      api.post<BillJob>('/billjobs', {
        schema: billJobBody,
        body: {
          ...requestOf(job),
          ...(count <= AGAIN_MAX &&
            count === failures.length && { accountIds: failures.map(({ entityId }) => entityId) }),
        },
      }),
    onSuccess: async (started) => {
      savedToast('Bill run started')
      await client.invalidateQueries({ queryKey: ['organization', id] })
      go(`/billing/jobs/${started.id}`)
    },
    onError: (cause) => failedToast(cause),
  })
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconRefresh size={14} />}
      disabled={!may}
      loading={again.isPending}
      onClick={() => again.mutate()}
    >
      Bill {count === 1 ? 'it' : 'them'} again
    </Button>
  )
}

function requestOf(job: BillJob): Record<string, unknown> {
  const asked = new Set(Object.keys(billJobBody.properties))
  return Object.fromEntries(
    Object.entries(job).filter(([key]) => asked.has(key) && key !== 'version'),
  )
}
