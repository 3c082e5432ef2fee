/** What can be done with many bills at once, wherever they are listed (console 4.7, 4.9). */
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { LACKS_RIGHT } from '../../kit/act-button.tsx'
import { confirmAct } from '../../kit/confirm.tsx'
import { counted } from '../../kit/format/digits.ts'
import type { BulkAct } from '../../kit/list/bulk-bar.tsx'
import { useCan } from '../../kit/organization.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'
import { runRight } from '../bill-job/run-billing.tsx'
import { useBillActs } from './queries.ts'

/** Bills in one recalculation (billing 2). */
const RECALCULATED_MAX = 100

/** Whoever decides against it keeps the selection. */
const LET_BE = 'let be'

const pendingOf = (rows: readonly Bill[]) => rows.filter((row) => row.status === 'PENDING')

export function useBulkActs(): BulkAct<Bill>[] {
  const { approve, recalculate, lock } = useActs()
  const mayRun = useCan(runRight.action, runRight.resource)
  const mayUpdate = useCan('config:update', 'config:bill')
  return [
    {
      label: 'Approve',
      run: approve,
      closedBecause: (rows) =>
        closedBecause(mayUpdate, pendingOf(rows).length === 0, 'None of these is pending'),
    },
    {
      label: 'Recalculate',
      run: recalculate,
      closedBecause: (rows) =>
        closedBecause(
          mayRun,
          rows.length > RECALCULATED_MAX,
          `At most ${RECALCULATED_MAX} bills can be recalculated at once`,
        ),
    },
    {
      label: 'Lock',
      run: lock,
      closedBecause: (rows) =>
        closedBecause(
          mayUpdate,
          rows.some((row) => row.status === 'PENDING'),
          'Approve the pending ones first',
        ),
    },
  ]
}

const idsOf = (rows: readonly Bill[]) => rows.map(({ id }) => id)

function useActs() {
  const acts = useBillActs()

  function approve(rows: Bill[]) {
    const pending = pendingOf(rows)
    const done = `${counted(pending.length, 'bill')} approved`
    return tell(acts.approve.mutateAsync(idsOf(pending)), done)
  }

  async function recalculate(rows: Bill[]) {
    const approved = rows.length - pendingOf(rows).length
    const sure =
      approved === 0 ||
      (await confirmAct({
        title: `Recalculate ${counted(rows.length, 'bill')}?`,
        text: `${counted(approved, 'approved bill')} among them will be pending again.`,
        act: 'Recalculate',
        harmless: true,
      }))
    if (!sure) throw new Error(LET_BE)
    const done = 'Recalculation started; see Running Tasks'
    await tell(acts.recalculate.mutateAsync(idsOf(rows)), done)
  }

  async function lock(rows: Bill[]) {
    const sure = await confirmAct({
      title: `Lock ${counted(rows.length, 'bill')}?`,
      text: 'Locked bills can never change again: no recalculation, no deletion, no way back.',
      act: rows.length === 1 ? 'Lock bill' : 'Lock bills',
    })
    if (!sure) throw new Error(LET_BE)
    await tell(acts.lock.mutateAsync(idsOf(rows)), `${counted(rows.length, 'bill')} locked`)
  }

  return { approve, recalculate, lock }
}

async function tell(work: Promise<unknown>, done: string) {
  try {
    await work
    savedToast(done)
  } catch (cause) {
    failedToast(cause)
    // The selection stays for another try.
    throw cause
  }
}

function closedBecause(may: boolean, isUnfit: boolean, reason: string): string | null {
  if (!may) return LACKS_RIGHT
  return isUnfit ? reason : null
}
