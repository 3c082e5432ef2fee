/** Derived fields: what they may read, and their value for one measurement (metering 4.3, 9.5). */
import { type Bind, compile } from '../calculation/compile.ts'
import { type Lookups, noLookups } from '../calculation/lookup.ts'
import { parse } from '../calculation/parse.ts'
import { CalculationError } from '../calculation/problem.ts'
import type { Scope, ScopeName, ScopeTable } from '../calculation/scope.ts'
import { BOOLEAN, type Kinds, NULL, NUMBER, STRING, TIMESTAMP } from '../calculation/types.ts'
import { isNumber, textOf, type Value } from '../calculation/values.ts'
import type { Decimal } from '../money/decimal.ts'
import {
  type CustomFieldDefaults,
  type CustomFieldEntity,
  type CustomFieldReader,
  customFieldAt,
  customFieldNames,
} from './custom-field.ts'

export type FieldCategory =
  | 'WHO'
  | 'WHERE'
  | 'WHAT'
  | 'OTHER'
  | 'METADATA'
  | 'MEASURE'
  | 'INCOME'
  | 'COST'

export type MeterField = {
  readonly code: string
  readonly category: FieldCategory
  readonly name?: string
}

/** One measurement while its derived fields are worked out. */
export type MeasurementView = {
  /** Value of a data field by its code. */
  field(code: string): Value
  readonly tsMs: number
  readonly etsMs: number | null
  readonly receivedAtMs: number
  readonly uid: string
  readonly meterCode: string
  readonly accountCode: string
  readonly customField: CustomFieldReader
}

/** Throws CalculationError where the measurement has no value for it; null is a value that is absent. */
export type DerivedValue = (measurement: MeasurementView) => Decimal | string | null

export function isNumericCategory(category: FieldCategory): boolean {
  return category === 'MEASURE' || category === 'INCOME' || category === 'COST'
}

/** Made once per field and kept: ingest calls the result for every measurement. */
export function compileDerivedField(
  field: { readonly category: FieldCategory; readonly calculation: string },
  dataFieldCodes: readonly string[],
  lookups: Lookups = noLookups,
): DerivedValue {
  const value = compile(parse(field.calculation), bindTo(new Set(dataFieldCodes)), lookups)
  return isNumericCategory(field.category)
    ? (measurement) => asQuantity(value(measurement))
    : (measurement) => asDimension(value(measurement), field.category)
}

export type DerivedFieldPlace = {
  readonly dataFields: readonly MeterField[]
  /** Codes of derived fields, to say why they cannot be named. */
  readonly derivedFieldCodes: readonly string[]
  readonly customFields: CustomFieldDefaults
  /** A global meter belongs to no product and cannot read its custom fields. */
  readonly isGlobal: boolean
  readonly tables: readonly ScopeTable[]
  /** Absent where any kind of value will do. */
  readonly category?: FieldCategory
}

export function derivedFieldScope(place: DerivedFieldPlace): Scope {
  const entities: CustomFieldEntity[] = ['organization', 'meter', 'account']
  if (!place.isGlobal) entities.push('product')
  const codes = new Set(place.dataFields.map(({ code }) => code))
  return {
    names: [
      ...place.dataFields.map(fieldName),
      ...SYSTEM_NAMES.map((name) => withoutTaken(name, codes)).filter((name) => name !== null),
      ...customFieldNames(place.customFields, entities, ['organization']),
    ],
    refused: [
      ...place.derivedFieldCodes
        .filter((code) => !codes.has(code))
        .map((code) => ({
          path: [code],
          why: `"${code}" is a derived field. A derived field reads data fields only; repeat the calculation here.`,
        })),
      ...(place.isGlobal ? refusedProductFields(place.customFields) : []),
    ],
    advice:
      'A derived field reads the data fields of its meter, timestamps, and custom fields that the organization has.',
    tables: place.tables,
    result: place.category ? resultRule(place.category) : null,
  }
}

const LONGEST_METADATA = 256

const SYSTEM_NAMES: readonly ScopeName[] = [
  systemName(['timestamp', 'ts'], TIMESTAMP, 'When it happened, as sent.', ['ts']),
  systemName(['timestamp', 'ets'], TIMESTAMP | NULL, 'When it ended, or null.', ['ets']),
  systemName(['timestamp', 'receivedAt'], TIMESTAMP, 'When it arrived here.', ['receivedAt']),
  systemName(['account'], STRING, 'Code of the account.'),
  systemName(['meter'], STRING, 'Code of the meter.'),
  systemName(['uid'], STRING, 'The id that the sender gave the measurement.'),
]

function bindTo(dataFieldCodes: ReadonlySet<string>): Bind<MeasurementView> {
  return (path) => {
    const [first = '', second = ''] = path
    if (path.length === 1 && dataFieldCodes.has(first)) return ({ field }) => field(first)
    if (path.length === 1) return systemValue(first)
    if (path.length === 2 && first === 'timestamp') return timestampValue(second)
    const custom = customFieldAt(path)
    return custom ? ({ customField }) => customField(custom) : null
  }
}

function systemValue(name: string): ((measurement: MeasurementView) => Value) | null {
  switch (name) {
    case 'account':
      return ({ accountCode }) => accountCode
    case 'meter':
      return ({ meterCode }) => meterCode
    case 'uid':
      return ({ uid }) => uid
    default:
      return timestampValue(name)
  }
}

function timestampValue(name: string): ((measurement: MeasurementView) => Value) | null {
  switch (name) {
    case 'ts':
      return ({ tsMs }) => ({ epochMs: tsMs })
    case 'ets':
      return ({ etsMs }) => (etsMs === null ? null : { epochMs: etsMs })
    case 'receivedAt':
      return ({ receivedAtMs }) => ({ epochMs: receivedAtMs })
    default:
      return null
  }
}

function asQuantity(value: Value): Decimal | null {
  if (value === null || isNumber(value)) return value
  throw new CalculationError('The calculation gave no number, and the field holds numbers.')
}

function asDimension(value: Value, category: FieldCategory): string | null {
  if (value === null) return null
  if (typeof value === 'object' && !isNumber(value)) {
    throw new CalculationError(TIMESTAMP_AS_TEXT)
  }
  const text = textOf(value)
  if (category === 'METADATA' && [...text].length > LONGEST_METADATA) {
    throw new CalculationError(
      `The text has ${[...text].length} characters, and metadata holds at most ${LONGEST_METADATA}.`,
    )
  }
  return text
}

const TIMESTAMP_AS_TEXT =
  'The calculation gives a timestamp, and the field holds text. Use DateTime.format.'

function resultRule(category: FieldCategory): { kinds: Kinds; why: string } {
  if (isNumericCategory(category)) {
    return {
      kinds: NUMBER,
      why: `The calculation gives no number, and a field of category ${category} holds numbers.`,
    }
  }
  return { kinds: STRING | NUMBER | BOOLEAN, why: TIMESTAMP_AS_TEXT }
}

function fieldName({ code, category, name }: MeterField): ScopeName {
  const kinds = isNumericCategory(category) ? NUMBER : STRING
  return { path: [code], kind: 'field', kinds, help: `${name ?? code} (${category})` }
}

function systemName(path: string[], kinds: Kinds, help: string, alternative?: string[]): ScopeName {
  return { path, kind: 'system', kinds, help, ...(alternative && { alternatives: [alternative] }) }
}

/** A data field of the same code hides a system name (metering 9.5). */
function withoutTaken(name: ScopeName, taken: ReadonlySet<string>): ScopeName | null {
  const isTaken = (path: readonly string[]) => path.length === 1 && taken.has(path[0] ?? '')
  if (isTaken(name.path)) return null
  const alternatives = name.alternatives?.filter((path) => !isTaken(path)) ?? []
  return { ...name, alternatives }
}

function refusedProductFields(defaults: CustomFieldDefaults) {
  return customFieldNames(defaults, ['product'], []).flatMap(({ path, alternatives = [] }) =>
    [path, ...alternatives].map((spelling) => ({
      path: spelling,
      why: 'A global meter belongs to no product, so it cannot read custom fields of a product.',
    })),
  )
}
