/**
 * Bars with their amounts written on them: light enough for the first page, which should not wait
 * for the chart library. Each bar shows the exact amount on hover and to a screen reader.
 */
import { compactText, counted, grouped } from '../../kit/format/digits.ts'
import classes from './month-bars.module.css'
import type { Totals } from './totals.ts'

const HEIGHT_MAX_PX = 150

type Props = { months: Totals['months']; currency: string; places: number }

export function MonthBars({ months, currency, places }: Props) {
  const amounts = new Map(
    months.filter((each) => each.currency === currency).map((each) => [each.month, each]),
  )
  const most = Math.max(...[...amounts.values()].map(({ total }) => Number(total)), 1)
  return (
    <ol className={classes.bars}>
      {[...new Set(months.map(({ month }) => month))].map((month, at) => {
        const { total = '0', bills = 0, isOpen = false } = amounts.get(month) ?? {}
        const exact = `${currency} ${grouped(total, places)}${isOpen ? ' so far' : ''}`
        const label = labelOf(month)
        return (
          <li key={month} data-tip={`${label}: ${exact}, ${counted(bills, 'bill')}`} data-tip-now>
            <span className={classes.amount} role="img" aria-label={exact}>
              {compactText(Number(total))}
            </span>
            <i
              data-open={isOpen || undefined}
              style={{ height: `${(Math.max(0, Number(total)) / most) * HEIGHT_MAX_PX}px` }}
            />
            <small>{at === 0 || month.slice(5, 7) === '01' ? label : label.slice(0, 3)}</small>
          </li>
        )
      })}
    </ol>
  )
}

const monthYear = new Intl.DateTimeFormat('en-GB', {
  month: 'short',
  year: '2-digit',
  timeZone: 'UTC',
})

function labelOf(month: string): string {
  return monthYear.format(new Date(month)).replace('Sept', 'Sep')
}
