/** Questions of bills and single aggregations, as plain data: what is counted, for whom, when. */
import type { AggregationMethod, Segment } from '@countinghouse/contract/metering/aggregation.ts'
import type { MeterField, MeterSchema } from '../../measurement/service/meter-schema.ts'

export type UsageMethod = Exclude<AggregationMethod, 'CUSTOM_SQL'>

/** An aggregation in the terms of the event store. */
export type AggregationQuestion = {
  /** Short number of the meter. */
  meter: number
  target: Pick<MeterField, 'kind' | 'slot'>
  method: UsageMethod
  segmentation: Segmentation | null
}

export type Segmentation = {
  fields: string[]
  /** Where the texts of the fields stand, in the same order. */
  slots: number[]
  segments: Segment[]
}

export type UsageQuestion = {
  aggregation: AggregationQuestion
  /** Short numbers of accounts. */
  accounts: readonly number[] | 'all'
  /** [from, to) in epoch milliseconds. */
  from: number
  to: number
}

/** The parts of an aggregation that decide its value. */
export type AggregationParts = {
  targetField: string
  aggregation: AggregationMethod
  segmentedFields?: readonly string[]
  segments?: readonly Segment[]
}

/** Throws when the meter lacks a field: a bill is complete or it is not issued. */
export function aggregationQuestion(
  schema: MeterSchema,
  parts: AggregationParts,
): AggregationQuestion {
  const { aggregation: method, segmentedFields = [], segments = [] } = parts
  if (method === 'CUSTOM_SQL') throw new Error('Custom SQL is not available in this version.')
  const { kind, slot } = fieldOf(schema, parts.targetField)
  const segmentation =
    segmentedFields.length === 0
      ? null
      : {
          fields: [...segmentedFields],
          slots: segmentedFields.map((code) => fieldOf(schema, code).slot),
          segments: [...segments],
        }
  return { meter: schema.number, target: { kind, slot }, method, segmentation }
}

export function fieldOf(schema: MeterSchema, code: string): MeterField {
  const found = [...schema.dataFields, ...schema.derivedFields].find((field) => field.code === code)
  if (found === undefined) throw new Error(`The meter ${schema.code} has no field ${code}.`)
  return found
}
