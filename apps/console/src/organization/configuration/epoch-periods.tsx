/** What the epochs mean: the period that each frequency would bill today. */
import { type Epochs, epochFields } from '@countinghouse/contract/organization/configuration.ts'
import { addDays, type Frequency } from '@countinghouse/engine/time/calendar.ts'
import { periodContaining } from '@countinghouse/engine/time/period.ts'
import { dayOf, normalizeZone } from '@countinghouse/engine/time/zone.ts'
import { Absent } from '../../kit/format/amount.tsx'
import { dayRange } from '../../kit/format/day-range.ts'
import { dayText } from '../../kit/format/moment.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { Facts, Panel } from '../../kit/page/page.tsx'

const rows: { label: string; frequency: Frequency }[] = [
  { label: 'Daily', frequency: 'DAILY' },
  { label: 'Weekly', frequency: 'WEEKLY' },
  { label: 'Monthly', frequency: 'MONTHLY' },
  { label: 'Yearly', frequency: 'ANNUALLY' },
]

export function EpochPeriods({ values }: { values: Epochs }) {
  const { timezone } = useOrganization()
  const today = dayOf(Date.now(), normalizeZone(timezone))
  return (
    <Panel
      title="Periods that are open today"
      help="An epoch is a day from which periods are counted: a month epoch on the 15th makes months from the 15th to the 14th. A plan that bills every three months counts its threes from here too."
      flush
    >
      <Facts
        facts={rows.map(({ label, frequency }) => ({
          label,
          value: periodText(frequency, values[epochFields[frequency]], today),
        }))}
      />
    </Panel>
  )
}

function periodText(frequency: Frequency, epoch: string, today: string) {
  if (!/^\d{4}-\d\d-\d\d$/.test(epoch)) return <Absent />
  const period = periodContaining({ frequency, interval: 1, epoch }, today, today)
  if (!period) return 'begins later'
  return dayRange(dayText(period.start), dayText(addDays(period.end, -1)))
}
