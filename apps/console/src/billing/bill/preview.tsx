/** A bill as it would be now, calculated and not stored (billing 4.6, preview). */

import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { Group, Select } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Money, Quantity } from '../../kit/format/amount.tsx'
import reckoning from '../../kit/format/reckoning.module.css'
import { words } from '../../kit/format/state.tsx'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Await, Lines } from '../../kit/page/states.tsx'
import { usePopUp } from '../../kit/pop-up.tsx'
import classes from './bill.module.css'
import { periodWords } from './words.tsx'

export function usePreview(): (account: { id: string; name: string }) => void {
  const popUp = usePopUp()
  return (account) =>
    popUp({ title: `Bill preview: ${account.name}`, size: 720 }, () => (
      <Preview accountId={account.id} />
    ))
}

function Preview({ accountId }: { accountId: string }) {
  const api = useOrganizationApi()
  const organization = useOrganization()
  const [frequency, setFrequency] = useState('MONTHLY')
  const [billDate, setBillDate] = useState<string | null>(null)
  const preview = useQuery({
    queryKey: ['organization', organization.id, 'preview', accountId, frequency, billDate],
    queryFn: () =>
      api.post<Bill>('/bills/preview', {
        body: {
          accountIds: [accountId],
          billingFrequency: frequency,
          billFrequencyInterval: 1,
          ...(billDate !== null && { billDate }),
        },
      }),
    gcTime: 0,
    retry: false,
  })
  return (
    <>
      <Group mb="md">
        <Select
          label="Plans billed"
          w={200}
          value={frequency}
          data={['DAILY', 'WEEKLY', 'MONTHLY', 'ANNUALLY'].map((value) => ({
            value,
            label: words(value),
          }))}
          onChange={(next) => setFrequency(next ?? 'MONTHLY')}
        />
        <DateInput
          label="Bill date"
          w={200}
          valueFormat="D MMM YYYY"
          placeholder="Period in progress"
          clearable
          value={billDate}
          onChange={setBillDate}
        />
      </Group>
      <Await query={preview} skeleton={<Lines count={5} />}>
        {(bill) => <PreviewedBill bill={bill} />}
      </Await>
    </>
  )
}

function PreviewedBill({ bill }: { bill: Bill }) {
  const lines = bill.lineItems ?? []
  return (
    <>
      <p className={classes.none}>
        The period {periodWords(bill)}, with the usage so far. Nothing is stored.
      </p>
      <table className={reckoning.table} aria-label="Lines of the preview">
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Units</th>
            <th scope="col">Amount</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.sequenceNumber}>
              <td>
                {line.productName}: {line.description}
              </td>
              <td>{line.unit !== '' && <Quantity value={line.units} unit={line.unit} />}</td>
              <td>
                <Money amount={line.convertedSubtotal} currency={bill.currency} hideCurrency />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.total}>
        <span>Total so far</span>
        <Money amount={bill.billTotal} currency={bill.currency} strong />
      </div>
    </>
  )
}
