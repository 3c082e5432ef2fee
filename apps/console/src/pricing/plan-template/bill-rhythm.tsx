/** The next bills that a template would make, from the organization's epochs: what a frequency means. */
import { type Epochs, epochFields } from '@countinghouse/contract/organization/configuration.ts'
import type { PlanTemplateBody } from '@countinghouse/contract/pricing/plan-template.ts'
import { addDays, type Frequency } from '@countinghouse/engine/time/calendar.ts'
import { nextPeriod, type Period, periodContaining } from '@countinghouse/engine/time/period.ts'
import { dayOf, normalizeZone } from '@countinghouse/engine/time/zone.ts'
import { Money } from '../../kit/format/amount.tsx'
import { dayText } from '../../kit/format/moment.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { useAnswer } from '../../kit/query/resource.ts'
import classes from '../pricing/price.module.css'

export function BillRhythm({ template }: { template: Partial<PlanTemplateBody> }) {
  const { timezone } = useOrganization()
  const configuration = useAnswer<Epochs>('/organizationconfig')
  const frequency = template.billFrequency
  if (!configuration.data || !frequency || frequency === 'AD_HOC' || frequency === 'MIXED')
    return null
  const interval = Number(template.billFrequencyInterval) || 1
  const epoch = configuration.data[epochFields[frequency]]
  const today = dayOf(Date.now(), normalizeZone(timezone))
  const periods = comingPeriods(frequency, interval, epoch, today)
  const every = Number(template.standingChargeInterval) || 1
  const first = Number(template.standingChargeOffset) || 0
  return (
    <Panel title="The next bills">
      <p className={classes.hint}>For an account that starts today and has no dates of its own.</p>
      <table className={classes.charges} aria-label="The next bills">
        <tbody>
          {periods.map((period, number) => (
            <tr key={period.start}>
              <td>
                {dayText(period.end)}
                <span className={classes.range}>
                  {dayText(period.start)} to {dayText(addDays(period.end, -1))}
                </span>
              </td>
              <td>
                {number >= first && (number - first) % every === 0 ? (
                  <Money amount={template.standingCharge || '0'} currency={template.currency} />
                ) : (
                  'no standing charge'
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function comingPeriods(
  frequency: Frequency,
  interval: number,
  epoch: string,
  today: string,
): Period[] {
  if (interval < 1 || interval > 365) return []
  const schedule = { frequency, interval, epoch }
  const current = periodContaining(schedule, today, today)
  const periods = current ? [current] : []
  for (let step = 0; step < 3; step += 1) {
    const last = periods.at(-1)
    if (last) periods.push(nextPeriod(schedule, last))
  }
  return periods
}
