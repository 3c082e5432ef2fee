/** Derived fields, worked out once when a measurement arrives (metering 4.3). */
import { isNumber, textOf, type Value } from '@countinghouse/engine/calculation/values.ts'
import type { CheckedMeasurement } from '../rules.ts'
import { roundToScale } from './decimal-text.ts'
import type { AccountEntry, DerivedMeterField, MeterLayout } from './meter-schema.ts'
import type { SlotValues } from './values.ts'

export type DerivedFailure = { field: string; message: string }

/** Writes the values into their slots; a field that fails stays without value and is reported. */
export function deriveValues(
  measurement: CheckedMeasurement,
  layout: MeterLayout,
  account: Pick<AccountEntry, 'code' | 'customFields'>,
  receivedAt: number,
  values: SlotValues,
): DerivedFailure[] {
  const { schema } = layout
  if (schema.derivedFields.length === 0) return []
  const read = {
    ...dataValues(layout, values),
    ts: measurement.ts,
    ets: measurement.ets,
    receivedAt,
    uid: measurement.uid,
    meter: schema.code,
    account,
  }
  const failures: DerivedFailure[] = []
  for (const field of schema.derivedFields) {
    try {
      place(field, field.evaluate(read), values)
    } catch (error) {
      failures.push({ field: field.code, message: sentence(field, error) })
    }
  }
  return failures
}

function dataValues(layout: MeterLayout, values: SlotValues) {
  const texts = new Map<string, string>()
  const numbers = new Map<string, string>()
  for (const { field } of layout.fields) {
    const list = field.kind === 'text' ? values.texts : values.numbers
    const value = list[field.slot - 1]
    if (typeof value === 'string') (field.kind === 'text' ? texts : numbers).set(field.code, value)
  }
  return { texts, numbers }
}

/** A result must fit the category (metering 4.3); null leaves the field empty without complaint. */
function place(field: DerivedMeterField, value: Value, values: SlotValues): void {
  if (value === null) return
  if (field.kind === 'number') {
    if (!isNumber(value)) throw new Error(`gave no number but ${textOf(value)}`)
    const text = roundToScale(value)
    if (text === null) throw new Error('gave a number that is too large to be kept')
    values.numbers[field.slot - 1] = text
    return
  }
  values.texts[field.slot - 1] = textOf(value)
}

function sentence(field: DerivedMeterField, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  return `The derived field ${field.code} could not be worked out: ${reason}`
}
