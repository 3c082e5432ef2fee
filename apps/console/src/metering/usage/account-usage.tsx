/** What an account used day by day: one chart for each numeric field that it has usage of. */

import { type Meter, meter } from '@countinghouse/contract/metering/meter.ts'
import { SegmentedControl } from '@mantine/core'
import { Chart } from '../../kit/chart/chart.tsx'
import { dayText } from '../../kit/format/moment.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { Panel } from '../../kit/page/page.tsx'
import { EmptyLesson, Failure, Lines } from '../../kit/page/states.tsx'
import { useEvery } from '../../kit/query/every.ts'
import classes from './account-usage.module.css'
import { DAY_MS, lastDays } from './period.ts'
import { type UsageRow, useUsage } from './queries.ts'

/** Kept in the address, so that a link shows the same. */
const choices = ['7', '30', '90']

type Figure = { meter: Meter; code: string; name: string; unit: string; key: string }

export function AccountUsage({ accountId }: { accountId: string }) {
  const list = useListState(['days'])
  const days = choices.find((each) => each === list.filters['days']) ?? '30'
  const period = lastDays(Number(days), Date.now())
  const meters = useEvery<Meter>(meter)
  const figures = meters.rows.flatMap((row): Figure[] =>
    [...row.dataFields, ...row.derivedFields]
      .filter((field) => field.category === 'MEASURE')
      .map((field) => ({
        meter: row,
        code: field.code,
        name: field.name,
        unit: field.unit ?? '',
        key: `${row.code}.${field.code}.SUM`,
      })),
  )
  const usage = useUsage(
    figures.length === 0
      ? null
      : {
          ...period,
          accountIds: [accountId],
          aggregations: figures.map((each) => ({
            meterId: each.meter.id,
            fieldCode: each.code,
            fieldType: 'MEASURE' as const,
            function: 'SUM' as const,
          })),
          groups: [{ groupType: 'TIME' as const, frequency: 'DAY' as const }],
        },
  )
  const rows = usage.data?.data ?? []
  const today = new Date().toISOString().slice(0, 10)
  const used = figures.filter((each) =>
    rows.some((row) => row[each.key] !== null && row[each.key] !== undefined),
  )
  return (
    <Panel
      title="Usage by day"
      help="Sums of what arrived, by the time of each measurement, days in UTC. Bills may count it differently: they follow the aggregations and the time zone of the organization."
      actions={
        <SegmentedControl
          value={days}
          onChange={(next) => list.set({ days: next })}
          data={choices.map((value) => ({ value, label: `${value} days` }))}
        />
      }
    >
      {usage.error && <Failure error={usage.error} retry={() => void usage.refetch()} />}
      {(meters.isLoading || (usage.isPending && figures.length > 0)) && <Lines count={6} />}
      {!usage.isPending && used.length === 0 && (
        <EmptyLesson
          small
          title="No usage in these days"
          text="As soon as measurements name the code of this account, they show here."
          docs="guides/sending-measurements"
        />
      )}
      <div className={classes.multiples}>
        {used.map((each) => (
          <Chart
            key={each.key}
            label={`${each.meter.name}: ${each.name}`}
            title={`${each.meter.name}: ${each.name}`}
            kind="bars"
            unit={each.unit}
            height={150}
            series={[{ key: 'value', title: each.name }]}
            points={pointsOf(rows, each.key, period)}
            zoom="here"
            open={(point) => point.at.startsWith(today)}
          />
        ))}
      </div>
    </Panel>
  )
}

/** Every day has its place: a day without usage is seen as one. */
function pointsOf(
  rows: readonly UsageRow[],
  key: string,
  { startDate, endDate }: ReturnType<typeof lastDays>,
) {
  const values = new Map(rows.map((row) => [String(row['timestamp']).slice(0, 10), row[key]]))
  const start = Date.parse(startDate)
  return Array.from({ length: (Date.parse(endDate) - start) / DAY_MS }, (_, index) => {
    const day = new Date(start + index * DAY_MS).toISOString().slice(0, 10)
    return { at: day, label: dayText(day), values: { value: values.get(day) } }
  })
}
