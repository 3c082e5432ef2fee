/** The functions that read lookup tables (metering 9.8). The tables come from outside as plain data. */
import type { Decimal } from '../money/decimal.ts'
import type { Parameter } from './function-rule.ts'
import { ANY, BOOLEAN, type Kinds, NULL, NUMBER, STRING } from './types.ts'

export type LookupFieldType = 'STRING' | 'NUMBER'

/** The published revision of one table. */
export type LookupTable = {
  readonly fields: Readonly<Record<string, LookupFieldType>>
  /** Names of the key fields, in order. */
  readonly keys: readonly string[]
  /** The row of these keys, already converted to the types of the key fields; null when there is none. */
  find(keys: readonly (Decimal | string)[]): Readonly<Record<string, Decimal | string>> | null
}

/** The table of a code; null when there is none, or none of its revisions is published. */
export type Lookups = (tableCode: string) => LookupTable | null

export const noLookups: Lookups = () => null

export type LookupRule = {
  readonly name: 'Lookup.findNumber' | 'Lookup.findString' | 'Lookup.exists'
  readonly parameters: readonly Parameter[]
  readonly result: Kinds
  readonly help: string
  /** Where the keys begin. */
  readonly firstKey: number
  readonly fieldType: LookupFieldType | null
}

const table: Parameter = { name: 'table', kinds: STRING }
const field: Parameter = { name: 'field', kinds: STRING }
const key: Parameter = { name: 'key', kinds: ANY, isRepeated: true }

export const lookupFunctions: readonly LookupRule[] = [
  {
    name: 'Lookup.findNumber',
    parameters: [table, field, { name: 'default', kinds: NUMBER | NULL }, key],
    result: NUMBER | NULL,
    help: 'A number from the row of a lookup table with these keys, or the default where there is none.',
    firstKey: 3,
    fieldType: 'NUMBER',
  },
  {
    name: 'Lookup.findString',
    parameters: [table, field, { name: 'default', kinds: STRING | NULL }, key],
    result: STRING | NULL,
    help: 'A text from the row of a lookup table with these keys, or the default where there is none.',
    firstKey: 3,
    fieldType: 'STRING',
  },
  {
    name: 'Lookup.exists',
    parameters: [table, key],
    result: BOOLEAN,
    help: 'Whether a lookup table has a row with these keys.',
    firstKey: 1,
    fieldType: null,
  },
]
