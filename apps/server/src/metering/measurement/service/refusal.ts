/** Refused measurements as they are recorded: few, countable, with ids that a replay repeats. */
import { createHash } from 'node:crypto'
import type { RefusalType } from '@countinghouse/contract/metering/ingest-event.ts'
import type { RefusalRow } from '../mapping.ts'
import type { CheckedMeasurement } from '../rules.ts'
import type { Batch } from './batch.ts'

export type RefusalDraft = {
  batch: Batch
  measurement: CheckedMeasurement
  uid: string
  type: RefusalType
  message: string
  field: string
  contentDiffers: boolean
  accountId: string
}

/**
 * One row for each refusal, except that the unchanged repeats of a request and meter share one:
 * a client that sends whole batches again must not drown what needs attention.
 */
export function toRefusalRows(drafts: RefusalDraft[]): RefusalRow[] {
  const repeats = new Map<Batch, Map<string, RefusalDraft[]>>()
  const rows: RefusalRow[] = []
  for (const draft of drafts) {
    if (draft.type !== 'DuplicateUid' || draft.contentDiffers) {
      rows.push(toRow(draft, []))
      continue
    }
    const meters = repeats.get(draft.batch) ?? new Map<string, RefusalDraft[]>()
    repeats.set(draft.batch, meters)
    const together = meters.get(draft.measurement.meter)
    if (together === undefined) meters.set(draft.measurement.meter, [draft])
    else together.push(draft)
  }
  for (const meters of repeats.values()) {
    for (const [first, ...others] of meters.values()) {
      if (first !== undefined) rows.push(toRow(first, others))
    }
  }
  return rows
}

function toRow(draft: RefusalDraft, others: RefusalDraft[]): RefusalRow {
  const { batch, measurement, uid, type } = draft
  const message =
    others.length === 0
      ? draft.message
      : `${others.length + 1} measurements of one request were counted before; these copies say the same and change nothing. The first uid is "${uid}".`
  return {
    organization: batch.organization.number,
    receivedAt: batch.receivedAt,
    id: refusalId(batch.organization.number, uid, type, draft.field),
    type,
    message,
    meter: measurement.meter,
    account: measurement.account,
    accountId: draft.accountId,
    uid,
    ts: measurement.ts,
    field: draft.field,
    repeats: others.length + 1,
    uids: others.length === 0 ? [] : [uid, ...others.map((other) => other.uid)],
    contentDiffers: draft.contentDiffers,
    raw: JSON.stringify(measurement.source),
  }
}

/** The same refusal has the same id, so that a request sent again after a crash counts it up. */
function refusalId(organization: number, uid: string, type: RefusalType, field: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([organization, uid, type, field]))
    .digest()
  // Version 8: an id of our own making (RFC 9562).
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
