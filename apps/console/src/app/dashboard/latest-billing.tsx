/** The newest billed day in figures: what was billed in each currency, and what waits for approval. */
import type { ReactNode } from 'react'
import type { Numeric } from '../../kit/api/exact-json.ts'
import { Money } from '../../kit/format/amount.tsx'
import { counted, grouped } from '../../kit/format/digits.ts'
import { dayText } from '../../kit/format/moment.tsx'
import { AppLink } from '../../kit/link.tsx'
import classes from './dashboard.module.css'
import { type Totals, useTotals } from './totals.ts'

const CURRENCIES_SHOWN = 3

export function LatestBilling() {
  const totals = useTotals().data
  if (!totals?.latest) return null
  const { pending, latest } = totals
  const isRunning = latest.totals.some((each) => each.isOpen)
  const label = `${isRunning ? 'Running up to' : 'Billed on'} ${dayText(latest.billDate)}`
  const more = latest.totals.length - CURRENCIES_SHOWN
  return (
    <section className={classes.figures} aria-label={label}>
      {latest.totals.slice(0, CURRENCIES_SHOWN).map((each, index) => (
        <Figure
          key={each.currency}
          label={label}
          value={<Money amount={each.total} currency={each.currency} />}
          foot={
            <>
              {counted(each.bills, 'bill')}
              {isRunning ? ' so far' : ''}
              {earlierWords(totals, each)}
              {more > 0 &&
                index === CURRENCIES_SHOWN - 1 &&
                `, and ${counted(more, 'more currency', 'more currencies')}`}
            </>
          }
        />
      ))}
      <Figure
        label="To approve"
        value={grouped(pending)}
        foot={
          pending === 0 ? (
            'all bills are approved'
          ) : (
            <AppLink to="/billing/bills?status=PENDING">Review pending bills</AppLink>
          )
        }
      />
    </section>
  )
}

/** The month before, to see at a glance where this one is heading. */
function earlierWords(
  { months }: Totals,
  { currency, total }: { currency: string; total: Numeric },
): string {
  const [earlier, same] = months.filter((each) => each.currency === currency).slice(-2)
  // Only where the day's bills are the month's: else the two could not be compared.
  if (!earlier || String(same?.total) !== String(total)) return ''
  return `, ${grouped(earlier.total, 2)} in ${dayText(earlier.month).replace(/^1 /, '')}`
}

type FigureProps = { label: string; value: ReactNode; foot: ReactNode }

function Figure({ label, value, foot }: FigureProps) {
  return (
    <div className={classes.figure}>
      <span className={classes.figureLabel}>{label}</span>
      <span className={classes.figureValue}>{value}</span>
      <span className={classes.figureFoot}>{foot}</span>
    </div>
  )
}
