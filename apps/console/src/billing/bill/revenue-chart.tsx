/** Billed amounts of an account, bill by bill; not drawn where currencies are mixed (console 4.7). */
import { Chart } from '../../kit/chart/chart.tsx'
import { dayText } from '../../kit/format/moment.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { useBills } from './queries.ts'

export function RevenueChart({ accountId }: { accountId: string }) {
  const { currencyPlaces } = useOrganization()
  const bills = useBills({ accountId, pageSize: 24 })
  const currencies = new Set(bills.rows.map((row) => row.currency))
  const [currency] = currencies
  if (bills.rows.length < 2 || currencies.size !== 1 || !currency) return null
  const points = bills.rows
    .toSorted((a, b) => a.billDate.localeCompare(b.billDate))
    .map((row) => ({
      at: row.id,
      label: dayText(row.startDate),
      values: { total: row.billTotal ?? null },
      isOpen: row.billDate > new Date().toISOString().slice(0, 10),
    }))
  const open = new Set(points.filter((point) => point.isOpen).map((point) => point.at))
  return (
    <Panel
      title="Billed by period"
      help="The total of each bill. The period that is still running is drawn lighter."
    >
      <Chart
        label="Billed by period"
        kind="bars"
        unit={currency}
        places={currencyPlaces[currency] ?? 2}
        height={180}
        series={[{ key: 'total', title: 'Total' }]}
        points={points}
        open={(point) => open.has(point.at)}
        zoom="here"
      />
    </Panel>
  )
}
