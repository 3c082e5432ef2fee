/** What was billed month by month, one currency at a time: sums over currencies would mean nothing. */
import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useOrganization } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { type MonthlyBilling, readMonthlyBilling } from './monthly-billing.ts'

const Chart = lazy(() =>
  import('../../kit/chart/chart.tsx').then((module) => ({ default: module.Chart })),
)

const HEIGHT = 220

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
      <div style={{ minHeight: HEIGHT + 36 }}>
        <Suspense fallback={null}>
          <Chart
            label={`Billed by month in ${shown}`}
            kind="bars"
            height={HEIGHT}
            unit={shown}
            places={currencyPlaces[shown] ?? 2}
            series={[{ key: 'billed', title: 'Billed' }]}
            points={pointsOf(billing, shown)}
            open={(point) => billing.months.find((month) => month.at === point.at)?.isOpen ?? false}
          />
        </Suspense>
      </div>
    </Panel>
  )
}

function pointsOf({ months }: MonthlyBilling, currency: string) {
  return months.map(({ at, label, totals }) => ({
    at,
    label,
    values: { billed: totals[currency] ?? 0 },
  }))
}
