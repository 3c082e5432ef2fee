/** What was billed month by month, one currency at a time: sums over currencies would mean nothing. */
import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useOrganization } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { MonthBars } from './month-bars.tsx'
import { readMonthlyBilling } from './monthly-billing.ts'

export function BilledByMonth() {
  const { id, currency, currencyPlaces } = useOrganization()
  const [wanted, setWanted] = useState(currency)
  const billing = useQuery({
    queryKey: ['organization', id, '/bills', 'by-month'],
    queryFn: () => readMonthlyBilling(id),
  }).data
  if (!billing || billing.months.length < 2) return null
  const shown = billing.currencies.includes(wanted) ? wanted : (billing.currencies[0] ?? currency)
  return (
    <Panel
      title="Billed by month"
      actions={
        billing.currencies.length > 1 && (
          <SegmentedControl
            aria-label="Currency"
            value={shown}
            onChange={setWanted}
            data={billing.currencies.slice(0, 5)}
          />
        )
      }
    >
      <MonthBars months={billing.months} currency={shown} places={currencyPlaces[shown] ?? 2} />
    </Panel>
  )
}
