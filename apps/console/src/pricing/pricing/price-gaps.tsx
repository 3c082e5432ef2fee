/** Time in which a metric was to be priced and is not: its usage is counted there and costs nothing. */
import type { Pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { IconAlertTriangle } from '@tabler/icons-react'
import { dayText } from '../../kit/format/moment.tsx'
import { AppLink } from '../../kit/link.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { segmentKey } from './metric.ts'
import classes from './through-time.module.css'
import { gapsOf, isAhead, type Stretch, withoutThose } from './through-time.ts'

/** Prices of one segment and type never count at one instant; those of others do. */
export function seriesKey(row: Pick<Pricing, 'segment' | 'type'>): string {
  return `${row.type ?? 'DEBIT'} ${segmentKey(row.segment)}`
}

/** Gaps of one series that its template does not fill, but for the time after a price that was ended. */
export function uncharged(
  rows: readonly Pricing[],
  ofTemplate: readonly Pricing[],
  now: number,
): Stretch[] {
  const [first] = rows
  const below = ofTemplate.filter((row) => first && seriesKey(row) === seriesKey(first))
  return gapsOf(rows)
    .flatMap((gap) => withoutThose(gap, below))
    .filter((gap) => gap.until !== null || isAhead(gap, now))
}

export function gapWords({ from, until }: Stretch, timezone: string): string {
  const start = dayText(from, timezone)
  return until === null ? `from ${start} on` : `from ${start} to ${dayText(until, timezone)}`
}

type GapRowProps = {
  gap: Stretch
  now: number
  /** Where a price for it is written; absent where it cannot be. */
  addTo: string | null
  columns: number
}

export function GapRow({ gap, now, addTo, columns }: GapRowProps) {
  const { timezone } = useOrganization()
  const ahead = isAhead(gap, now)
  const until = gap.until ? `&end=${encodeURIComponent(gap.until)}` : ''
  return (
    <tr className={classes.gap} data-ahead={ahead || undefined}>
      <td colSpan={columns}>
        {ahead && <IconAlertTriangle size={14} />}
        No price {gapWords(gap, timezone)}: usage in this time is not charged.
        {ahead && addTo && (
          <AppLink to={`${addTo}&start=${encodeURIComponent(gap.from)}${until}`}>Add price</AppLink>
        )}
      </td>
    </tr>
  )
}
