/** What happened to a bill of an account: calculated, approved, locked, deleted. */
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { billReference, periodWords } from '../../billing/bill/words.tsx'
import { Money } from '../../kit/format/amount.tsx'
import { AppLink } from '../../kit/link.tsx'
import classes from './activity.module.css'
import type { Happening, Story } from './happening.ts'

export const billEntity = 'billing.bill'

export function billStory(happening: Happening, isGone: boolean): Story {
  // Bills tell of themselves as the API answers them.
  const bill = happening.now as Bill
  const before = happening.before as Bill | undefined
  const reference = billReference(bill)
  const isOtherTotal = before !== undefined && String(before.billTotal) !== String(bill.billTotal)
  return {
    text: (
      <>
        Bill {isGone ? reference : <AppLink to={`/billing/bills/${bill.id}`}>{reference}</AppLink>}{' '}
        {actOf(happening.verb, bill, before)}
      </>
    ),
    detail: (
      <span className={classes.amounts}>
        {periodWords(bill)}
        <span>
          {isOtherTotal && (
            <>
              <s>
                <Money amount={before.billTotal} currency={before.currency} />
              </s>{' '}
              →{' '}
            </>
          )}
          <Money amount={bill.billTotal} currency={bill.currency} />
        </span>
      </span>
    ),
  }
}

function actOf(verb: string, bill: Bill, before: Bill | undefined): string {
  if (verb === 'deleted') return 'deleted'
  if (before === undefined) return 'calculated'
  if (bill.lastCalculatedDate !== before.lastCalculatedDate) {
    const isOpenAgain = before.status === 'APPROVED' && bill.status === 'PENDING'
    return isOpenAgain ? 'calculated again, pending again' : 'calculated again'
  }
  if (bill.locked && !before.locked) return 'locked'
  if (bill.status === before.status) return 'changed'
  return bill.status === 'APPROVED' ? 'approved' : 'put back to pending'
}
