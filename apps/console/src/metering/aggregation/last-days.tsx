/** What an aggregation counted lately, so that one sees whether it counts the right thing. */
import type { Aggregation } from '@countinghouse/contract/metering/aggregation.ts'
import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import { type UsageFunction, usageFunctions } from '@countinghouse/contract/metering/usage-query.ts'
import { Skeleton } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { Chart } from '../../kit/chart/chart.tsx'
import { ButtonLink } from '../../kit/link.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { EmptyLesson, Failure } from '../../kit/page/states.tsx'
import { chartOf } from '../usage/chart-of.ts'
import { lastDays } from '../usage/period.ts'
import { useUsage } from '../usage/queries.ts'
import { firstQuestion, type Question, toQuery } from '../usage/question.ts'

const DAYS = 30
const HEIGHT = 200

type LastDaysProps = { row: Aggregation; meter: Meter | undefined }

export function LastDays({ row, meter }: LastDaysProps) {
  const method = usageFunctions.find((each) => each === row.aggregation)
  return method ? <Drawn row={row} meter={meter} method={method} /> : null
}

function Drawn({ row, meter, method }: LastDaysProps & { method: UsageFunction }) {
  const { startDate, endDate } = lastDays(DAYS, Date.now())
  const question: Question = {
    ...firstQuestion,
    aggregations: [{ meterId: row.meterId, fieldCode: row.targetField, function: method }],
    dimensions: (row.segmentedFields ?? []).map((fieldCode) => ({
      meterId: row.meterId,
      fieldCode,
    })),
  }
  const meters = meter ? [meter] : []
  const { timePeriod: _, ...query } = toQuery(question, meters)
  const usage = useUsage(meter ? { ...query, startDate, endDate } : null)
  const chart = usage.data && chartOf(usage.data.data, question, meters)
  const today = endDate.slice(0, 10)
  return (
    <Panel
      title={`Usage of the last ${DAYS} days`}
      help="Of all accounts together, day by day in UTC, before it is divided into units and rounded. Bills count by account, in the periods of each plan."
      actions={
        <ButtonLink
          size="xs"
          variant="default"
          leftSection={<IconChartBar size={14} />}
          to={`/metering/explorer?meter=${row.meterId}&field=${row.targetField}&function=${row.aggregation}`}
        >
          Open in the explorer
        </ButtonLink>
      }
    >
      {usage.error && <Failure error={usage.error} retry={() => void usage.refetch()} />}
      {usage.isPending && <Skeleton h={HEIGHT + 36} />}
      {usage.data && !chart && (
        <EmptyLesson
          small
          title="Nothing counted in these days"
          text={`As soon as measurements of ${meter?.name ?? 'its meter'} arrive, they show here.`}
          docs="guides/sending-measurements"
        />
      )}
      {chart && (
        <Chart
          label={`${row.name}, last ${DAYS} days`}
          {...chart}
          height={HEIGHT}
          open={(point) => Date.parse(point.at) >= Date.parse(today) - 86_400_000}
        />
      )}
    </Panel>
  )
}
