/** Approves all pending bills of a span of invoice dates, and says beforehand which (console 4.9). */

import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { addDays } from '@countinghouse/engine/time/calendar.ts'
import { Alert, Button, Group } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import { IconCalendar } from '@tabler/icons-react'
import { useState } from 'react'
import { type RequestFailure, toFailure } from '../../kit/api/request-failure.ts'
import { counted } from '../../kit/format/digits.ts'
import { Lines } from '../../kit/page/states.tsx'
import { usePopUp } from '../../kit/pop-up.tsx'
import { useEvery } from '../../kit/query/every.ts'
import { savedToast } from '../../kit/toast.tsx'
import classes from './bill.module.css'
import { useBillActs } from './queries.ts'
import { Totals } from './totals.tsx'

export function useApproveBills(): () => void {
  const popUp = usePopUp()
  return () => popUp({ title: 'Approve bills' }, (close) => <ApproveForm close={close} />)
}

function ApproveForm({ close }: { close: () => void }) {
  const [[from, to], setDays] = useState<[string | null, string | null]>([null, null])
  const [failure, setFailure] = useState<RequestFailure | null>(null)
  const { approveInvoiced } = useBillActs()
  const isChosen = from !== null && to !== null
  const dates = isChosen
    ? { externalInvoiceDateStart: from, externalInvoiceDateEnd: addDays(to, 1) }
    : null
  const pending = useEvery<Bill>(
    { path: '/bills', maxPageSize: 100 },
    {
      status: 'PENDING',
      locked: 'false',
      excludeLineItems: 'true',
      includeBillTotal: 'true',
      ...dates,
    },
    { enabled: isChosen },
  )

  async function approve() {
    if (dates === null) return
    try {
      await approveInvoiced.mutateAsync(dates)
      savedToast(`${counted(pending.rows.length, 'bill')} approved`)
      close()
    } catch (cause) {
      setFailure(toFailure(cause))
    }
  }

  return (
    <>
      <DatePickerInput
        type="range"
        label="Invoice dates, both included"
        placeholder="Choose the first and the last day"
        leftSection={<IconCalendar size={15} stroke={1.6} />}
        valueFormat="D MMM YYYY"
        value={[from, to]}
        onChange={setDays}
        data-autofocus
      />
      <div className={classes.consequence} aria-live="polite">
        {!isChosen && 'All pending bills with these invoice dates are approved; others stay.'}
        {isChosen && pending.isLoading && <Lines count={1} />}
        {isChosen && !pending.isLoading && pending.rows.length === 0 && (
          <>No bill with these invoice dates is pending.</>
        )}
        {pending.rows.length > 0 && isChosen && (
          <>
            This approves {counted(pending.rows.length, 'bill')}: <Totals bills={pending.rows} />
          </>
        )}
      </div>
      {failure && <Alert color="oxblood" mt="sm" title={failure.message} />}
      <Group mt="md" gap="xs" justify="flex-end">
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button
          disabled={pending.rows.length === 0 || !isChosen}
          loading={approveInvoiced.isPending}
          onClick={() => void approve()}
        >
          Approve {isChosen && pending.rows.length > 0 && counted(pending.rows.length, 'bill')}
        </Button>
      </Group>
    </>
  )
}
