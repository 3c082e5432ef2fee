/** What makes a meter valid beyond its fields, and what a change may not break (metering 4). */
import type { Aggregation } from '@countinghouse/contract/metering/aggregation.ts'
import {
  type DataField,
  type DataFieldCategory,
  type DerivedField,
  type MeterBody,
  numericCategories,
} from '@countinghouse/contract/metering/meter.ts'
import { checkText } from '@countinghouse/engine/calculation/check.ts'
import { describeProblem } from '@countinghouse/engine/calculation/problem.ts'
import type { Scope } from '@countinghouse/engine/calculation/scope.ts'
import type { CustomFieldDefaults } from '@countinghouse/engine/metering/custom-field.ts'
import { derivedFieldScope } from '@countinghouse/engine/metering/derived-field.ts'
import type { Problem } from '../../kit/errors.ts'

export type FieldKind = 'text' | 'number'

export function fieldKind(category: DataFieldCategory): FieldKind {
  return numericCategories.some((numeric) => numeric === category) ? 'number' : 'text'
}

export type MeterFields = Pick<MeterBody, 'productId' | 'dataFields' | 'derivedFields'>

export function fieldProblems(meter: MeterFields): Problem[] {
  return [...repeatedCodes(meter), ...missingUnits(meter)]
}

/** Every calculation against the fields as they are sent (metering 4.3, 9.7). */
export function calculationProblems(
  meter: MeterFields,
  before: MeterFields | null,
  customFields: CustomFieldDefaults,
): Problem[] {
  return meter.derivedFields.flatMap(({ calculation, category }, index) => {
    const scope = calculationScope(meter, before, customFields, category)
    return checkText(calculation, scope).problems.map((problem) => ({
      field: `derivedFields[${index}].calculation`,
      message: describeProblem(problem),
    }))
  })
}

export function calculationScope(
  meter: MeterFields,
  before: MeterFields | null,
  customFields: CustomFieldDefaults,
  category?: DataFieldCategory,
): Scope {
  const scope = derivedFieldScope({
    dataFields: meter.dataFields,
    derivedFieldCodes: meter.derivedFields.map(({ code }) => code),
    customFields,
    isGlobal: meter.productId === undefined,
    tables: [],
    ...(category && { category }),
  })
  const removed = (before?.dataFields ?? [])
    .filter(({ code }) => !meter.dataFields.some((field) => field.code === code))
    .map(({ code }) => ({
      path: [code],
      why: `The data field "${code}" is taken out, and this calculation reads it. Change the calculation, or keep the field.`,
    }))
  return { ...scope, refused: [...removed, ...(scope.refused ?? [])] }
}

export type MeterUser = Pick<Aggregation, 'id' | 'name' | 'targetField' | 'segmentedFields'>

/** What aggregations of the meter would lose by the change (metering 4.4). */
export function changeProblems(
  before: MeterFields,
  after: MeterFields,
  aggregations: MeterUser[],
): Problem[] {
  const problems: Problem[] = []
  for (const list of ['dataFields', 'derivedFields'] as const) {
    for (const field of before[list]) {
      const users = aggregations.filter((aggregation) => uses(aggregation, field.code))
      if (users.length === 0) continue
      const kept = allFields(after).find(({ code }) => code === field.code)
      const problem = fieldChangeProblem(field, kept, users)
      if (problem !== null) problems.push({ field: list, message: problem })
    }
  }
  if (before.productId !== after.productId && aggregations.length > 0) {
    problems.push({
      field: 'productId',
      message: `The meter cannot change its product while ${named(aggregations)} ${verb(aggregations, 'uses', 'use')} it. Make another meter, or delete ${them(aggregations)} first.`,
    })
  }
  return problems
}

function repeatedCodes(meter: MeterFields): Problem[] {
  const seen = new Set<string>()
  const problems: Problem[] = []
  for (const { code, path } of placedFields(meter)) {
    if (seen.has(code)) {
      problems.push({
        field: `${path}.code`,
        message: `The code "${code}" is used twice. Each data and derived field of a meter needs its own.`,
      })
    }
    seen.add(code)
  }
  return problems
}

function missingUnits(meter: MeterFields): Problem[] {
  return placedFields(meter)
    .filter(({ category, unit }) => fieldKind(category) === 'number' && unit === undefined)
    .map(({ category, path }) => ({
      field: `${path}.unit`,
      message: `A field of the category ${category} needs a unit, such as GBy, s or {request}.`,
    }))
}

function placedFields(meter: MeterFields) {
  return (['dataFields', 'derivedFields'] as const).flatMap((list) =>
    meter[list].map((field, index) => ({ ...field, path: `${list}[${index}]` })),
  )
}

function allFields(meter: MeterFields): (DataField | DerivedField)[] {
  return [...meter.dataFields, ...meter.derivedFields]
}

function uses({ targetField, segmentedFields = [] }: MeterUser, code: string): boolean {
  return targetField === code || segmentedFields.includes(code)
}

function fieldChangeProblem(
  before: DataField | DerivedField,
  after: DataField | DerivedField | undefined,
  users: MeterUser[],
): string | null {
  const who = `${named(users)} ${verb(users, 'uses', 'use')} it`
  if (after === undefined) {
    return `"${before.code}" cannot be taken out or renamed while ${who}. Change or delete ${them(users)} first, or keep the field.`
  }
  if (after.category !== before.category) {
    return `The category of "${before.code}" cannot change from ${before.category} to ${after.category} while ${who}.`
  }
  return null
}

function named(users: MeterUser[]): string {
  const names = users.map(({ name, id }) => `"${name}" (${id})`).join(', ')
  return users.length === 1 ? `the aggregation ${names}` : `the aggregations ${names}`
}

function verb(users: MeterUser[], one: string, many: string): string {
  return users.length === 1 ? one : many
}

function them(users: MeterUser[]): string {
  return users.length === 1 ? 'that aggregation' : 'those aggregations'
}
