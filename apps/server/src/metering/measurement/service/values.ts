/** Stage 2, the part that needs only the meter: which values a measurement gives its fields. */
import { numberGroups, textGroups } from '@countinghouse/contract/metering/measurement.ts'
import type { CheckedMeasurement } from '../rules.ts'
import { decimalText, decimalTextOf } from './decimal-text.ts'
import type { MeterLayout } from './meter-schema.ts'

/** Values by slot, null where there is none. */
export type SlotValues = { texts: (string | null)[]; numbers: (string | null)[] }

export type ValueRefusal = {
  type: 'DuplicateField' | 'MissingField'
  message: string
  field: string
}

/** Checks 2 and 3 of the enrichment (metering 5.2), in this order. */
export function valuesOf(
  measurement: CheckedMeasurement,
  layout: MeterLayout,
): SlotValues | ValueRefusal {
  const twice = fieldGivenTwice(measurement)
  if (twice !== null) {
    return {
      type: 'DuplicateField',
      message: `The field ${twice} stands in two categories. Give it once, in its own category.`,
      field: twice,
    }
  }
  const texts = nulls(layout.textSlots)
  const numbers = nulls(layout.numberSlots)
  const groups = measurement.source as Record<string, Record<string, unknown> | undefined>
  for (const { field, group } of layout.fields) {
    const value = ownValue(groups[group], field.code)
    if (value === undefined || value === null) {
      return {
        type: 'MissingField',
        message: `There is no value for ${group}.${field.code}. Meter ${layout.schema.code} needs one in every measurement.`,
        field: field.code,
      }
    }
    if (field.kind === 'text') texts[field.slot - 1] = String(value)
    else numbers[field.slot - 1] = numberText(value)
  }
  return { texts, numbers }
}

export function isRefusal(outcome: SlotValues | ValueRefusal): outcome is ValueRefusal {
  return 'type' in outcome
}

const groupNames = [...textGroups, ...numberGroups]

function fieldGivenTwice({ source }: CheckedMeasurement): string | null {
  const seen: string[] = []
  let groupsBefore = 0
  for (const group of groupNames) {
    const values = source[group] as Record<string, unknown> | undefined
    if (values === undefined) continue
    const before = seen.length
    for (const code in values) {
      if (values[code] === null) continue
      if (groupsBefore > 0 && seen.indexOf(code) !== -1 && seen.indexOf(code) < before) return code
      seen.push(code)
    }
    groupsBefore += 1
  }
  return null
}

/** A field may be called `constructor`: only what the sender wrote counts. */
function ownValue(values: Record<string, unknown> | undefined, code: string): unknown {
  return values !== undefined && Object.hasOwn(values, code) ? values[code] : undefined
}

/** Stage 1 made sure that it fits. */
function numberText(value: unknown): string {
  const text = typeof value === 'number' ? decimalText(value) : decimalTextOf(String(value))
  if (text === null) throw new Error(`A number that does not fit passed stage 1: ${value}`)
  return text
}

function nulls(length: number): (string | null)[] {
  return new Array<string | null>(length).fill(null)
}
