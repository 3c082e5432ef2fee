/** Whether usage arrives: how many measurements each meter had, day by day. */
import { type Meter, meter } from '@countinghouse/contract/metering/meter.ts'
import { compactText, counted } from '../../kit/format/digits.ts'
import { dayText } from '../../kit/format/moment.tsx'
import { AppLink } from '../../kit/link.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { Failure } from '../../kit/page/states.tsx'
import { useList } from '../../kit/query/resource.ts'
import { DAY_MS, lastDays } from '../../metering/usage/period.ts'
import { useUsage } from '../../metering/usage/queries.ts'
import shared from './dashboard.module.css'
import classes from './usage-pulse.module.css'

const DAYS = 30
const METERS_SHOWN = 3

export function UsagePulse() {
  const meters = useList<Meter>(meter, { pageSize: METERS_SHOWN })
  const period = lastDays(DAYS, Date.now())
  const shown = meters.rows.slice(0, METERS_SHOWN).flatMap(withField)
  const usage = useUsage(
    shown.length === 0
      ? null
      : {
          ...period,
          aggregations: shown.map(({ aggregation }) => aggregation),
          groups: [{ groupType: 'TIME', frequency: 'DAY' }],
        },
  )
  if (!meters.isLoading && shown.length === 0) return null
  return (
    <Panel
      title="Measurements of 30 days"
      actions={
        <AppLink to="/metering/meters" className={shared.all}>
          View All
        </AppLink>
      }
    >
      {usage.error && <Failure error={usage.error} retry={() => void usage.refetch()} />}
      <div className={classes.meters}>
        {shown.map(({ row, key }) => (
          <Pulse
            key={row.id}
            meter={row}
            days={dayCounts(usage.data?.data ?? [], key, period.startDate)}
            isKnown={usage.data !== undefined}
          />
        ))}
      </div>
    </Panel>
  )
}

type Day = { day: string; count: number }

function Pulse({ meter: row, days, isKnown }: { meter: Meter; days: Day[]; isKnown: boolean }) {
  const most = Math.max(...days.map(({ count }) => count), 1)
  const total = days.reduce((sum, { count }) => sum + count, 0)
  const today = days.at(-1)?.day
  return (
    <div>
      <div className={classes.head}>
        <AppLink to={`/metering/meters/${row.id}`} quiet>
          {row.name}
        </AppLink>
        <span>{isKnown && compactText(total)}</span>
      </div>
      <div
        className={classes.days}
        role="img"
        aria-label={`${counted(total, 'measurement')} of ${row.name} in ${DAYS} days`}
      >
        {days.map(({ day, count }) => (
          <span
            key={day}
            data-tip={`${dayText(day, 'UTC')}: ${counted(count, 'measurement')}${day === today ? ' so far' : ''}`}
            data-tip-now
            data-open={day === today || undefined}
          >
            <i style={{ height: `${(count / most) * 100}%` }} />
          </span>
        ))}
      </div>
    </div>
  )
}

/** Every measurement has its first number or, without numbers, its first text, so counting that counts them. */
function withField(row: Meter) {
  const field = row.dataFields.find(({ category }) => category === 'MEASURE') ?? row.dataFields[0]
  if (!field) return []
  return [
    {
      row,
      key: `${row.code}.${field.code}.COUNT`,
      aggregation: {
        meterId: row.id,
        fieldCode: field.code,
        fieldType: field.category === 'MEASURE' ? ('MEASURE' as const) : ('DIMENSION' as const),
        function: 'COUNT' as const,
      },
    },
  ]
}

function dayCounts(
  rows: readonly Record<string, unknown>[],
  key: string,
  startDate: string,
): Day[] {
  const counts = new Map(
    rows.map((row) => [String(row['timestamp']).slice(0, 10), Number(row[key] ?? 0)]),
  )
  return Array.from({ length: DAYS }, (_, at) => {
    const day = new Date(Date.parse(startDate) + at * DAY_MS).toISOString().slice(0, 10)
    return { day, count: counts.get(day) ?? 0 }
  })
}
