/** What an account used day by day: one chart for each numeric field that it has usage of. */

import { type Meter, meter } from '@countinghouse/contract/metering/meter.ts'
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { Chart } from '../../kit/chart/chart.tsx'
import { dayText } from '../../kit/format/moment.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { EmptyLesson, Failure, Lines } from '../../kit/page/states.tsx'
import { useEvery } from '../../kit/query/every.ts'
import classes from './account-usage.module.css'
import { lastDays } from './period.ts'
import { type UsageRow, useUsage } from './queries.ts'

type Figure = { meter: Meter; code: string; name: string; unit: string; key: string }

export function AccountUsage({ accountId }: { accountId: string }) {
  const [days, setDays] = useState('30')
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
          ...lastDays(Number(days), Date.now()),
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
          onChange={setDays}
          data={[
            { value: '7', label: '7 days' },
            { value: '30', label: '30 days' },
            { value: '90', label: '90 days' },
          ]}
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
            points={pointsOf(rows, each.key)}
            open={(point) => point.at.startsWith(today)}
          />
        ))}
      </div>
    </Panel>
  )
}

function pointsOf(rows: readonly UsageRow[], key: string) {
  return rows
    .map((row) => ({
      at: String(row['timestamp']),
      label: dayText(String(row['timestamp']).slice(0, 10)),
      values: { value: row[key] },
    }))
    .toSorted((a, b) => a.at.localeCompare(b.at))
}
