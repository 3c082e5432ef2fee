/**
 * What an account was billed for, in units, bill by bill and one aggregation at a time (console 4.7).
 * Not drawn where its bills hold fixed charges only.
 */
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { type Aggregation, aggregation } from '@countinghouse/contract/metering/aggregation.ts'
import {
  type CompoundAggregation,
  compoundAggregation,
} from '@countinghouse/contract/metering/compound-aggregation.ts'
import { decimal, digits } from '@countinghouse/engine/money/decimal.ts'
import { Select } from '@mantine/core'
import { useState } from 'react'
import { Chart } from '../../kit/chart/chart.tsx'
import { dayText } from '../../kit/format/moment.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { useByIds } from '../../kit/query/resource.ts'
import { useBills } from './queries.ts'

const BILLS_MOST = 12

export function BilledUsage({ accountId }: { accountId: string }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const found = useBills({ accountId, pageSize: BILLS_MOST, excludeLineItems: 'false' })
  const bills = found.rows
    .filter((bill) => bill.lineItems)
    .toSorted((a, b) => a.billDate.localeCompare(b.billDate))
  const billed = aggregationsOf(bills)
  const nameOf = useNames(billed)
  const [first] = billed
  const shown = billed.find((each) => each.id === chosen) ?? first
  if (!shown || bills.length < 2) return null
  const today = new Date().toISOString().slice(0, 10)
  const open = new Set(bills.filter((bill) => bill.billDate > today).map((bill) => bill.id))
  const name = nameOf(shown)
  return (
    <Panel
      title="Billed usage"
      help="The units that the lines of each bill were charged for, of all segments together."
      actions={
        billed.length > 1 && (
          <Select
            aria-label="Aggregation"
            size="xs"
            w={280}
            value={shown.id}
            onChange={setChosen}
            data={billed.map((each) => ({ value: each.id, label: nameOf(each) }))}
          />
        )
      }
    >
      <Chart
        label={`Billed usage, ${name}`}
        kind="bars"
        unit={shown.unit}
        height={180}
        series={[{ key: 'units', title: name }]}
        points={bills.map((bill) => ({
          at: bill.id,
          label: dayText(bill.startDate),
          values: { units: unitsOf(bill, shown.id) },
        }))}
        open={(point) => open.has(point.at)}
        zoom="here"
      />
    </Panel>
  )
}

type Line = NonNullable<Bill['lineItems']>[number]
type Billed = { id: string; unit: string; isCompound: boolean; description: string }

const aggregationOf = (line: Line) => line.aggregationId ?? line.compoundAggregationId

function aggregationsOf(bills: readonly Bill[]): Billed[] {
  const found = new Map<string, Billed>()
  for (const line of bills.flatMap((bill) => bill.lineItems ?? [])) {
    const id = aggregationOf(line)
    if (line.lineItemType !== 'USAGE' || !id) continue
    found.set(id, {
      id,
      unit: line.unit,
      isCompound: line.compoundAggregationId !== undefined,
      description: line.description,
    })
  }
  return [...found.values()]
}

function unitsOf(bill: Bill, id: string): string {
  const lines = (bill.lineItems ?? []).filter(
    (line) => line.lineItemType === 'USAGE' && aggregationOf(line) === id,
  )
  return digits(lines.reduce((sum, line) => sum.plus(String(line.units)), decimal(0)))
}

/** An aggregation deleted since keeps the words of its lines. */
function useNames(billed: readonly Billed[]): (one: Billed) => string {
  const idsOf = (isCompound: boolean) =>
    billed.filter((each) => each.isCompound === isCompound).map(({ id }) => id)
  const simple = useByIds<Aggregation>(aggregation, idsOf(false))
  const compound = useByIds<CompoundAggregation>(compoundAggregation, idsOf(true))
  return ({ id, description }) => (simple.get(id) ?? compound.get(id))?.name ?? description
}
