/** A request's measurements on their way through the group commit. */
import { randomUUID } from 'node:crypto'
import type { RefusalType } from '@countinghouse/contract/metering/ingest-event.ts'
import type { OrganizationRef } from '../../../kit/principal.ts'
import { valuesText } from '../mapping.ts'
import type { CheckedMeasurement } from '../rules.ts'
import type { MeterLayout } from './meter-schema.ts'
import { contentPrint, uidKey } from './uid-key.ts'
import { isRefusal, type SlotValues, valuesOf } from './values.ts'

export type Batch = {
  organization: OrganizationRef
  measurements: CheckedMeasurement[]
  /** When stage 1 took it. */
  receivedAt: number
}

/** A measurement that may be counted, as far as its meter can tell. */
export type Candidate = {
  kind: 'candidate'
  measurement: CheckedMeasurement
  uid: string
  uidKey: number
  layout: MeterLayout
  values: SlotValues
  /** Print of what was sent, to tell a repeat from a conflict. */
  content: number
  /** The values as the event store reads them, before derived fields. */
  text: string
}

export type Refused = {
  kind: 'refused'
  measurement: CheckedMeasurement
  uid: string
  type: RefusalType
  message: string
  field: string
}

export type PreparedBatch = { batch: Batch; items: (Candidate | Refused)[] }

/** Checks 1 to 3 of the enrichment (metering 5.2). */
export function prepareBatch(
  batch: Batch,
  meterOf: (code: string) => MeterLayout | undefined,
): PreparedBatch {
  const { organization } = batch
  return {
    batch,
    items: batch.measurements.map((measurement) =>
      prepare(measurement, organization.number, meterOf(measurement.meter)),
    ),
  }
}

function prepare(
  measurement: CheckedMeasurement,
  organization: number,
  layout: MeterLayout | undefined,
): Candidate | Refused {
  const uid = measurement.uid === '' ? randomUUID() : measurement.uid
  if (layout === undefined) {
    const { meter } = measurement
    const message = `There is no meter with the code "${meter}". Create it or correct the code, then send the measurement again.`
    return { kind: 'refused', measurement, uid, type: 'UndefinedMeter', message, field: '' }
  }
  const values = valuesOf(measurement, layout)
  if (isRefusal(values)) return { kind: 'refused', measurement, uid, ...values }
  const text = valuesText(values)
  const said = `${measurement.meter}\t${measurement.account}\t${measurement.ts}\t${measurement.ets}\t${text}`
  return {
    kind: 'candidate',
    measurement,
    uid,
    uidKey: uidKey(organization, uid),
    layout,
    values,
    content: contentPrint(said),
    text,
  }
}
