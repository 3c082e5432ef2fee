/** A bill as it would be now, calculated and not stored (billing 4.6, preview). */

import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { Group, Select } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Money, Quantity } from '../../kit/format/amount.tsx'
import { words } from '../../kit/format/state.tsx'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Await, Lines } from '../../kit/page/states.tsx'
import { usePopUp } from '../../kit/pop-up.tsx'
import classes from './bill.module.css'
import { EarlierBill } from './earlier-bill.tsx'
import { linesByProduct, sumOf } from './products.ts'
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
  const groups = linesByProduct(bill)
  return (
    <>
      <div className={classes.figure}>
        <span className={classes.figureAmount}>
          <Money amount={bill.billTotal} currency={bill.currency} copied />
        </span>
        <span className={classes.figureLabel}>
          for {periodWords(bill)}, with the usage so far. Nothing is stored.
        </span>
        <EarlierBill bill={bill} />
      </div>
      {groups.length === 0 && (
        <p className={classes.none}>No fixed charge and no priced usage falls on this period.</p>
      )}
      {groups.map(([product, lines]) => (
        <section key={product} className={classes.group} aria-label={product}>
          <div className={classes.product}>
            <h3>{product}</h3>
            {groups.length > 1 && (
              <Money amount={sumOf(lines)} currency={bill.currency} hideCurrency />
            )}
          </div>
          {lines.map((line) => (
            <div key={line.sequenceNumber} className={classes.previewLine}>
              <span>{line.description}</span>
              <span>{line.unit !== '' && <Quantity value={line.units} unit={line.unit} />}</span>
              <Money amount={line.convertedSubtotal} currency={bill.currency} hideCurrency />
            </div>
          ))}
        </section>
      ))}
    </>
  )
}
