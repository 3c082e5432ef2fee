/** The newest billed day in figures: what was billed in each currency, and what waits for approval. */
import type { ReactNode } from 'react'
import { Money } from '../../kit/format/amount.tsx'
import { counted, grouped } from '../../kit/format/digits.ts'
import { dayText } from '../../kit/format/moment.tsx'
import { AppLink } from '../../kit/link.tsx'
import { useOrganization } from '../../kit/organization.ts'
import classes from './dashboard.module.css'
import { type Figure, type Totals, useTotals } from './totals.ts'

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
      <p className={classes.figuresLabel}>
        {label}
        {more > 0 && `, and ${counted(more, 'more currency', 'more currencies')}`}
      </p>
      {latest.totals.slice(0, CURRENCIES_SHOWN).map((each) => (
        <Sum
          key={each.currency}
          label={`${counted(each.bills, 'bill')}${isRunning ? ' so far' : ''}`}
          value={<Money amount={each.total} currency={each.currency} />}
        >
          <Compared totals={totals} figure={each} isRunning={isRunning} />
        </Sum>
      ))}
      <Sum label="To approve" value={grouped(pending)}>
        {pending === 0 ? (
          'all bills are approved'
        ) : (
          <AppLink to="/billing/bills?status=PENDING">Review pending bills</AppLink>
        )}
      </Sum>
    </section>
  )
}

type ComparedProps = { totals: Totals; figure: Figure; isRunning: boolean }

/** Beside the month before, to see at a glance where this one is heading. */
function Compared({ totals, figure, isRunning }: ComparedProps) {
  const { currencyPlaces } = useOrganization()
  const [earlier, same] = totals.months
    .filter((each) => each.currency === figure.currency)
    .slice(-2)
  // Only where the day's bills are the month's: else the two could not be compared.
  if (!earlier || String(same?.total) !== String(figure.total)) return null
  const before = Number(earlier.total)
  if (before <= 0) return null
  const share = Number(figure.total) / before
  const month = `${grouped(earlier.total, currencyPlaces[figure.currency] ?? 2)} in ${monthText(earlier.month)}`
  return (
    <>
      <span className={classes.share} aria-hidden>
        <i style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
      </span>
      {isRunning ? `${percent(share)} of ${month}` : `${changeText(share)} ${month}`}
    </>
  )
}

function changeText(share: number): string {
  const change = percent(Math.abs(share - 1))
  if (change === '0 %') return 'about the same as'
  return share > 1 ? `${change} more than` : `${change} less than`
}

function percent(share: number): string {
  return `${grouped(String(Math.round(share * 100)))} %`
}

function monthText(month: string): string {
  return dayText(month).replace(/^1 /, '')
}

type SumProps = { label: string; value: ReactNode; children: ReactNode }

function Sum({ label, value, children }: SumProps) {
  return (
    <div className={classes.figure}>
      <span className={classes.figureLabel}>{label}</span>
      <span className={classes.figureValue}>{value}</span>
      <span className={classes.figureFoot}>{children}</span>
    </div>
  )
}
