/** What was billed, one currency at a time: sums over currencies would mean nothing. */
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useOrganization } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { Lines } from '../../kit/page/states.tsx'
import { behindFirstPage } from '../behind-first-page.tsx'
import classes from './billed.module.css'
import { MonthBars } from './month-bars.tsx'
import { currenciesOf, useTotals } from './totals.ts'

const CURRENCIES_SHOWN = 5

// Below what the first look needs, so its code and its question come behind it.
const LargestBills = behindFirstPage(
  () => import('./largest-bills.tsx').then((part) => part.LargestBills),
  <Lines count={5} />,
)

export function Billed() {
  const { currency, currencyPlaces } = useOrganization()
  const [wanted, setWanted] = useState(currency)
  const totals = useTotals().data
  if (!totals || totals.months.length === 0) return null
  const currencies = currenciesOf(totals)
  const shown = currencies.includes(wanted) ? wanted : (currencies[0] ?? currency)
  return (
    <Panel
      title="Billed by month"
      actions={
        currencies.length > 1 && (
          <SegmentedControl
            aria-label="Currency"
            value={shown}
            onChange={setWanted}
            data={currencies.slice(0, CURRENCIES_SHOWN)}
          />
        )
      }
    >
      <div className={classes.billed}>
        <MonthBars months={totals.months} currency={shown} places={currencyPlaces[shown] ?? 2} />
        {totals.latest && (
          <div className={classes.beside}>
            <LargestBills billDate={totals.latest.billDate} currency={shown} />
          </div>
        )}
      </div>
    </Panel>
  )
}
