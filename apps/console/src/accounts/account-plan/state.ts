/** Where an account plan stands at an instant. */
import type { AccountPlan } from '@countinghouse/contract/accounts/account-plan.ts'
import type { Tone } from '../../kit/format/state.tsx'

export type AttachmentState = 'Active' | 'Pending' | 'Ended'

export const attachmentTones: Record<AttachmentState, Tone> = {
  Active: 'good',
  Pending: 'note',
  Ended: 'quiet',
}

export function attachmentState(
  row: Pick<AccountPlan, 'startDate' | 'endDate'>,
  now: number,
): AttachmentState {
  if (Date.parse(row.startDate) > now) return 'Pending'
  return row.endDate && Date.parse(row.endDate) <= now ? 'Ended' : 'Active'
}
