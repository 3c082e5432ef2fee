/** What bills come to, in each of their currencies. */
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { decimal, digits } from '@countinghouse/engine/money/decimal.ts'
import { Money } from '../../kit/format/amount.tsx'
import classes from './bill.module.css'

export function Totals({ bills }: { bills: readonly Pick<Bill, 'currency' | 'billTotal'>[] }) {
  const groups = Map.groupBy(bills, (each) => each.currency)
  return (
    <span className={classes.totals}>
      {[...groups].map(([currency, members]) => (
        <Money
          key={currency}
          currency={currency}
          amount={digits(
            members.reduce((sum, each) => sum.plus(String(each.billTotal ?? 0)), decimal(0)),
          )}
          strong
        />
      ))}
    </span>
  )
}
