import { type Decimal, decimal, digits } from '../money/decimal.ts'
import type { LookupFieldType, LookupRule, Lookups, LookupTable } from './lookup.ts'
import { describe } from './operators.ts'
import { CalculationError } from './problem.ts'
import type { Span } from './syntax.ts'
import { isNumber, kindOf, type Value } from './values.ts'

export type LookupKey = Value

type Given = {
  readonly fixed: readonly Value[]
  readonly keys: readonly Value[]
  readonly at: Span
}

/** A row or a field of it that is not there gives the default (metering 9.8). */
export function applyLookup(rule: LookupRule, lookups: Lookups, given: Given): Value {
  const [tableCode, field, fallback = null] = given.fixed
  const table = tableOf(lookups, tableCode, given.at)
  if (given.keys.length !== table.keys.length) {
    throw new CalculationError(
      `The table needs ${table.keys.length} keys: ${table.keys.join(', ')}.`,
      given.at,
    )
  }
  if (rule.fieldType !== null) assertField(table, field, rule.fieldType, given.at)
  const keys = keysOf(table, given.keys)
  const row = keys === null ? null : table.find(keys)
  if (rule.fieldType === null) return row !== null
  return row === null || typeof field !== 'string' ? fallback : (row[field] ?? fallback)
}

function tableOf(lookups: Lookups, code: Value | undefined, at: Span): LookupTable {
  const table = typeof code === 'string' ? lookups(code) : null
  if (table) return table
  throw new CalculationError(
    `There is no published lookup table for ${describe(code ?? null)}.`,
    at,
  )
}

function assertField(
  table: LookupTable,
  field: Value | undefined,
  wanted: LookupFieldType,
  at: Span,
): void {
  const type = typeof field === 'string' ? table.fields[field] : undefined
  if (type === wanted) return
  const why = type === undefined ? 'has no such field' : `holds another kind of value in it`
  throw new CalculationError(`${describe(field ?? null)}: the lookup table ${why}.`, at)
}

/** Keys in the types of the key fields; null when one cannot match anything. */
function keysOf(table: LookupTable, keys: readonly Value[]): (Decimal | string)[] | null {
  const converted: (Decimal | string)[] = []
  for (const [index, name] of table.keys.entries()) {
    const key = keyOf(keys[index] ?? null, table.fields[name] ?? 'STRING')
    if (key === null) return null
    converted.push(key)
  }
  return converted
}

function keyOf(value: Value, type: LookupFieldType): Decimal | string | null {
  if (isNumber(value)) return type === 'NUMBER' ? value : digits(value)
  if (kindOf(value) !== 'string' || typeof value !== 'string') return null
  return type === 'STRING' ? value : numberOrNull(value)
}

function numberOrNull(text: string): Decimal | null {
  try {
    return decimal(text.trim())
  } catch {
    return null
  }
}
