/** `Every 3 months`, from frequency and interval. */
import { counted } from '../../kit/format/digits.ts'
import { words } from '../../kit/format/state.tsx'

const steps: Record<string, string> = {
  DAILY: 'day',
  WEEKLY: 'week',
  MONTHLY: 'month',
  ANNUALLY: 'year',
}

export function frequencyWords(billed: {
  billFrequency: string
  billFrequencyInterval?: number
}): string {
  const interval = billed.billFrequencyInterval ?? 1
  const step = steps[billed.billFrequency]
  if (interval === 1 || !step) return words(billed.billFrequency)
  return `Every ${counted(interval, step)}`
}
