/** The first bills that an attached plan makes, from its dates and the first bill date that counts. */
import type { Account } from '@countinghouse/contract/accounts/account.ts'
import type { AccountPlanBody } from '@countinghouse/contract/accounts/account-plan.ts'
import {
  epochFields,
  type OrganizationConfiguration,
} from '@countinghouse/contract/organization/configuration.ts'
import type { EffectivePlan } from '@countinghouse/contract/pricing/plan.ts'
import { addDays, daysBetween, earlierDay, laterDay } from '@countinghouse/engine/time/calendar.ts'
import { firstPeriod, nextPeriod, type Period } from '@countinghouse/engine/time/period.ts'
import { dayOf, normalizeZone } from '@countinghouse/engine/time/zone.ts'
import { dayRange } from '../../kit/format/day-range.ts'
import { counted } from '../../kit/format/digits.ts'
import { dayText } from '../../kit/format/moment.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import classes from './what-follows.module.css'

const BILLS_SHOWN = 3

type FirstBillsProps = {
  plan: EffectivePlan
  customer: Account | undefined
  values: Partial<AccountPlanBody>
  configuration: OrganizationConfiguration
}

export function FirstBills({ plan, customer, values, configuration }: FirstBillsProps) {
  const { timezone } = useOrganization()
  const zone = normalizeZone(timezone)
  const frequency = plan.billFrequency.value
  const start = dayIn(values.startDate, zone)
  const end = dayIn(values.endDate, zone)
  if (start === null || frequency === 'AD_HOC' || frequency === 'MIXED') return null
  const epoch = values.billEpoch || customer?.billEpoch || configuration[epochFields[frequency]]
  const schedule = { frequency, interval: plan.billFrequencyInterval.value, epoch }
  const periods: Period[] = [firstPeriod(schedule, start)]
  while (periods.length < BILLS_SHOWN) {
    const last = periods.at(-1)
    if (!last || (end !== null && end <= last.end)) break
    periods.push(nextPeriod(schedule, last))
  }
  return (
    <Panel title="The first bills">
      <table className={classes.bills} aria-label="The first bills">
        <tbody>
          {periods.map((period) => (
            <Row key={period.end} period={period} start={start} end={end} />
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Row({ period, start, end }: { period: Period; start: string; end: string | null }) {
  const from = laterDay(start, period.start)
  const until = end === null ? period.end : earlierDay(end, period.end)
  const active = daysBetween(from, until)
  const whole = daysBetween(period.start, period.end)
  return (
    <tr>
      <td>{dayText(period.end)}</td>
      <td>
        for {dayRange(dayText(from), dayText(addDays(until, -1)))}
        {active < whole && (
          <small>
            {active} of {counted(whole, 'day')}: fixed charges by the day
          </small>
        )}
      </td>
    </tr>
  )
}

/** Fields hold instants, or nothing while one types. */
function dayIn(instant: string | undefined, zone: string): string | null {
  const at = Date.parse(instant ?? '')
  return Number.isNaN(at) ? null : dayOf(at, zone)
}
