/** The bill of the same account before this one, and by how much this one differs from it. */
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { decimal } from '@countinghouse/engine/money/decimal.ts'
import { Money } from '../../kit/format/amount.tsx'
import { AppLink } from '../../kit/link.tsx'
import classes from './bill.module.css'
import { useBills } from './queries.ts'
import { billReference, periodWords } from './words.tsx'

export function EarlierBill({ bill }: { bill: Bill }) {
  const bills = useBills({
    accountId: bill.accountId,
    billingFrequency: bill.billingFrequency,
    billDateEnd: bill.billDate,
    pageSize: 100,
  })
  const earlier = bills.rows
    .filter((row) => row.currency === bill.currency && row.id !== bill.id)
    .toSorted((a, b) => b.billDate.localeCompare(a.billDate))[0]
  if (!earlier || bill.billTotal === undefined || earlier.billTotal === undefined) return null
  const change = decimal(String(bill.billTotal)).minus(decimal(String(earlier.billTotal)))
  const more = change.isPositive() && !change.isZero()
  return (
    <p className={classes.before}>
      {change.isZero() ? (
        'The same as '
      ) : (
        <>
          <Money amount={change.abs().toString()} currency={bill.currency} copied />{' '}
          {more ? 'more' : 'less'} than{' '}
        </>
      )}
      <AppLink to={`/billing/bills/${earlier.id}`}>{billReference(earlier)}</AppLink> for{' '}
      {periodWords(earlier)}
    </p>
  )
}
