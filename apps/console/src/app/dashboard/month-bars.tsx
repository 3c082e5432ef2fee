/**
 * Bars with their amounts written on them: light enough for the first page, which should not wait
 * for the chart library. Each bar shows the exact amount on hover and to a screen reader.
 */
import { Tooltip } from '@mantine/core'
import { grouped } from '../../kit/format/digits.ts'
import classes from './month-bars.module.css'
import type { Month } from './monthly-billing.ts'

type Props = { months: Month[]; currency: string; places: number }

export function MonthBars({ months, currency, places }: Props) {
  const most = Math.max(...months.map((month) => Number(month.totals[currency] ?? 0)), 1)
  return (
    <ol className={classes.bars}>
      {months.map((month) => {
        const amount = month.totals[currency] ?? '0'
        const exact = `${currency} ${grouped(amount, places)}${month.isOpen ? ' so far' : ''}`
        const share = Math.max(0, Number(amount)) / most
        return (
          <Tooltip key={month.at} label={`${month.label}: ${exact}`} openDelay={0}>
            <li>
              <span className={classes.amount} role="img" aria-label={exact}>
                {compact.format(Number(amount))}
              </span>
              <i data-open={month.isOpen || undefined} style={{ height: `${share * 150}px` }} />
              <small>{month.label}</small>
            </li>
          </Tooltip>
        )
      })}
    </ol>
  )
}

const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 })
