/** A meter as ingest and usage queries need it: where each field stands in the event store. */
import type { DataFieldCategory } from '@countinghouse/contract/metering/meter.ts'
import type { Value } from '@countinghouse/engine/calculation/values.ts'

export type MeterField = {
  code: string
  name: string
  category: DataFieldCategory
  unit: string | null
  kind: 'text' | 'number'
  /** Place in `texts` or `numbers`, from 1; given out once per meter and kind, never again. */
  slot: number
}

export type DerivedMeterField = MeterField & {
  /** Throws when the value cannot be worked out. */
  evaluate(measurement: MeasurementValues): Value
}

/** What a derived field may read (metering 9.5). */
export type MeasurementValues = {
  /** Data fields by code, decimals as their digits; a field without value is absent. */
  texts: ReadonlyMap<string, string>
  numbers: ReadonlyMap<string, string>
  ts: number
  ets: number | null
  receivedAt: number
  uid: string
  meter: string
  account: { code: string; customFields: CustomFields }
}

export type CustomFields = Readonly<Record<string, string | number>>

export type MeterSchema = MeterShape & {
  productId: string | null
  derivedFields: DerivedMeterField[]
}

/** What a question about stored usage needs to know of a meter. */
export type MeterShape = {
  id: string
  number: number
  code: string
  name: string
  dataFields: MeterField[]
  derivedFields: MeterField[]
}

/** Reads meters of an organization; unknown codes and ids are left out. */
export type MeterDirectory = {
  byCodes(organizationId: string, codes: string[]): Promise<MeterSchema[]>
  byIds(organizationId: string, ids: string[]): Promise<MeterSchema[]>
  /** Of all meters, in one statement and without compiling a calculation. */
  shapes(organizationId: string): Promise<MeterShape[]>
}

export type AccountEntry = AccountName & { customFields: CustomFields }

export type AccountName = { id: string; number: number; code: string; name: string }

/** What ingest and usage need of accounts; the accounts area supplies it. */
export type AccountDirectory = {
  /** By exact code; unknown codes are left out. */
  find(organizationId: string, codes: string[]): Promise<AccountEntry[]>
  /** Those of these unknown codes that equal an account's after trimming and lower-casing. */
  near(organizationId: string, codes: string[]): Promise<string[]>
  /** Makes skeleton accounts (metering 5.4); one that exists meanwhile is given back as it is. */
  createSkeletons(organizationId: string, codes: string[]): Promise<AccountEntry[]>
  byNumbers(organizationId: string, numbers: number[]): Promise<AccountName[]>
  byIds(organizationId: string, ids: string[]): Promise<AccountName[]>
}

/** Slots of a meter's row, worked out once. */
export type MeterLayout = {
  schema: MeterSchema
  fields: { field: MeterField; group: string }[]
  textSlots: number
  numberSlots: number
}

export function layoutOf(schema: MeterSchema): MeterLayout {
  const all = [...schema.dataFields, ...schema.derivedFields]
  const slots = (kind: MeterField['kind']) =>
    all.reduce((most, field) => (field.kind === kind ? Math.max(most, field.slot) : most), 0)
  return {
    schema,
    fields: schema.dataFields.map((field) => ({ field, group: field.category.toLowerCase() })),
    textSlots: slots('text'),
    numberSlots: slots('number'),
  }
}
