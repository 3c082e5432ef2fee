/** Meters with compiled calculations and the places of their values, for ingest and usage queries. */
import { type Meter, meter } from '@countinghouse/contract/metering/meter.ts'
import { product } from '@countinghouse/contract/metering/product.ts'
import type { Value } from '@countinghouse/engine/calculation/values.ts'
import {
  type CustomFieldDefaults,
  type CustomFieldReference,
  type CustomFields,
  customFieldValue,
} from '@countinghouse/engine/metering/custom-field.ts'
import { compileDerivedField } from '@countinghouse/engine/metering/derived-field.ts'
import { decimal } from '@countinghouse/engine/money/decimal.ts'
import type { Reader } from '../../../kit/postgres/database.ts'
import type { StoredOf } from '../../../kit/resource/hooks.ts'
import { readBy, readMany } from '../../../kit/resource/read.ts'
import { readCustomFieldDefaults } from '../../../organization/custom-field/service.ts'
import type {
  DerivedMeterField,
  MeasurementValues,
  MeterDirectory,
  MeterField,
  MeterSchema,
  MeterShape,
} from '../../measurement/service/meter-schema.ts'
import { fieldKind } from '../rules.ts'
import { type MeterRow, readMeters, readNumbers, readSlots, type Slot } from '../store.ts'

export function meterDirectory(reader: Reader): MeterDirectory {
  return {
    byCodes: async (organizationId, codes) =>
      schemasOf(reader, organizationId, await readBy(reader, meter, organizationId, 'code', codes)),
    byIds: async (organizationId, ids) => {
      const found = await readMany(reader, meter, organizationId, ids)
      return schemasOf(reader, organizationId, [...found.values()])
    },
    shapes: async (organizationId) => (await readMeters(reader, organizationId)).map(toShape),
  }
}

type StoredMeter = StoredOf<typeof meter>

async function schemasOf(
  reader: Reader,
  organizationId: string,
  meters: StoredMeter[],
): Promise<MeterSchema[]> {
  if (meters.length === 0) return []
  const ids = meters.map(({ id }) => id)
  const productIds = meters.flatMap(({ productId }) => productId ?? [])
  const [slots, numbers, defaults, products] = await Promise.all([
    readSlots(reader, organizationId, ids),
    readNumbers(reader, organizationId, ids),
    readCustomFieldDefaults(reader, organizationId),
    readMany(reader, product, organizationId, productIds),
  ])
  // One deleted between the two queries has no number any more: it is as unknown as its code.
  return meters.flatMap((stored) => {
    const number = numbers.get(stored.id)
    if (number === undefined) return []
    const owned = {
      defaults,
      meter: stored.customFields,
      product: products.get(stored.productId ?? '')?.customFields,
    }
    return [toSchema(stored, number, slots.get(stored.id) ?? [], owned)]
  })
}

type Owned = {
  defaults: CustomFieldDefaults
  meter: CustomFields | undefined
  product: CustomFields | undefined
}

function toSchema(stored: StoredMeter, number: number, slots: Slot[], owned: Owned): MeterSchema {
  const codes = stored.dataFields.map(({ code }) => code)
  const inUse = slots.filter((slot) => slot.isInUse)
  return {
    id: stored.id,
    number,
    code: stored.code,
    name: stored.name,
    productId: stored.productId ?? null,
    dataFields: stored.dataFields.map((field) => toField(field, inUse)),
    derivedFields: stored.derivedFields.map((field): DerivedMeterField => {
      const value = compileDerivedField(field, codes)
      return {
        ...toField(field, inUse),
        evaluate: (measurement) => value(viewOf(measurement, owned)),
      }
    }),
  }
}

function toShape({ slots, dataFields, derivedFields, ...named }: MeterRow): MeterShape {
  return {
    ...named,
    dataFields: dataFields.map((field) => toField(field, slots)),
    derivedFields: derivedFields.map((field) => toField(field, slots)),
  }
}

function toField(field: Meter['dataFields'][number], inUse: MeterRow['slots']): MeterField {
  const { code, name, category, unit = null } = field
  const kind = fieldKind(category)
  const found = inUse.find((slot) => slot.code === code && slot.kind === kind)
  if (found === undefined) throw new Error(`The field ${code} has no place in the event store`)
  return { code, name, category, unit, kind, slot: found.slot }
}

function viewOf(measurement: MeasurementValues, owned: Owned) {
  const { texts, numbers, ts, ets, receivedAt, uid, meter: meterCode, account } = measurement
  return {
    field: (code: string): Value => {
      const number = numbers.get(code)
      return number === undefined ? (texts.get(code) ?? null) : decimal(number)
    },
    tsMs: ts,
    etsMs: ets,
    receivedAtMs: receivedAt,
    uid,
    meterCode,
    accountCode: account.code,
    customField: ({ entity, name }: CustomFieldReference): Value =>
      customFieldValue(ownOf(entity, owned, account.customFields), owned.defaults[entity], name),
  }
}

function ownOf(
  entity: CustomFieldReference['entity'],
  { meter: ofMeter, product: ofProduct }: Owned,
  ofAccount: CustomFields,
): CustomFields | undefined {
  if (entity === 'meter') return ofMeter
  if (entity === 'product') return ofProduct
  return entity === 'account' ? ofAccount : undefined
}
