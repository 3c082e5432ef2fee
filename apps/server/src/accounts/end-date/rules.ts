import { parseInstant } from '@countinghouse/engine/time/instant.ts'
import type { Dated } from '../../kit/active-range.ts'

/** What ending at an instant means for one thing (pricing 4.4). */
export function outcomeOf(item: Dated, at: number): 'end' | 'leave' | 'fail' {
  if (item.endDate !== undefined && parseInstant(item.endDate) <= at) return 'leave'
  return parseInstant(item.startDate) >= at ? 'fail' : 'end'
}
