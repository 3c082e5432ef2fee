/** What was billed month by month, one currency at a time: sums over currencies would mean nothing. */
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useOrganization } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { MonthBars } from './month-bars.tsx'
import { currenciesOf, useTotals } from './totals.ts'

const CURRENCIES_SHOWN = 5

export function BilledByMonth() {
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
      <MonthBars months={totals.months} currency={shown} places={currencyPlaces[shown] ?? 2} />
    </Panel>
  )
}
