import type { LookupRule } from './lookup.ts'
import type { ScopeTable } from './scope.ts'
import { suggest } from './suggest.ts'
import type { CallExpression, Expression } from './syntax.ts'
import { type Kinds, NULL } from './types.ts'
import { checkCount, type Walk } from './walk.ts'

/** Checks table, field and number of keys where they are written out (metering 9.8). */
export function checkLookup(
  call: CallExpression,
  rule: LookupRule,
  given: readonly Kinds[],
  walk: Walk,
): Kinds {
  const { tables } = walk.scope
  if (tables === null) {
    walk.report(`${rule.name} cannot be used here.`, call.nameAt)
    return rule.result
  }
  if (!checkCount(call, rule, walk)) return rule.result
  const [tableArgument, fieldArgument] = call.arguments
  const table = tableNamed(tableArgument, tables, walk)
  if (table) {
    checkKeys(call, rule, table, walk)
    if (rule.fieldType !== null) checkField(fieldArgument, rule, table, walk)
  }
  const fallback = given[2] ?? NULL
  return rule.fieldType === null ? rule.result : (rule.result & ~NULL) | (fallback & NULL)
}

function tableNamed(
  argument: Expression | undefined,
  tables: readonly ScopeTable[],
  walk: Walk,
): ScopeTable | null {
  if (argument?.kind !== 'string') return null
  const table = tables.find(({ code }) => code === argument.value)
  if (table) return table
  const near = suggest(
    argument.value,
    tables.map(({ code }) => code),
  )
  const advice = near ? ` Did you mean "${near}"?` : ''
  walk.report(`There is no lookup table "${argument.value}".${advice}`, argument.at)
  return null
}

function checkKeys(call: CallExpression, rule: LookupRule, table: ScopeTable, walk: Walk): void {
  const count = call.arguments.length - rule.firstKey
  if (count === table.keys.length) return
  walk.report(
    `The lookup table "${table.code}" has ${table.keys.length} keys (${table.keys.join(', ')}), not ${count}.`,
    call.at,
  )
}

function checkField(
  argument: Expression | undefined,
  rule: LookupRule,
  table: ScopeTable,
  walk: Walk,
): void {
  if (argument?.kind !== 'string') return
  const type = Object.hasOwn(table.fields, argument.value)
    ? table.fields[argument.value]
    : undefined
  if (type === rule.fieldType) return
  walk.report(
    type === undefined
      ? `The lookup table "${table.code}" has no field "${argument.value}".`
      : `"${argument.value}" holds ${type === 'NUMBER' ? 'numbers' : 'text'}. Use ${type === 'NUMBER' ? 'Lookup.findNumber' : 'Lookup.findString'}.`,
    argument.at,
  )
}
