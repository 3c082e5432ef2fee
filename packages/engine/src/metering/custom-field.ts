/** Custom fields in calculations: which, how they are spelled, which value counts (metering 3.3, 9.5). */
import { printPath } from '../calculation/print.ts'
import { CalculationError } from '../calculation/problem.ts'
import { referencesOf } from '../calculation/references.ts'
import type { ScopeName } from '../calculation/scope.ts'
import type { Expression } from '../calculation/syntax.ts'
import { type Kinds, NUMBER, STRING } from '../calculation/types.ts'
import type { Value } from '../calculation/values.ts'
import { decimal } from '../money/decimal.ts'

/** What can have custom fields; a compound aggregation may read those of all. */
export const customFieldEntities = [
  'organization',
  'account',
  'accountPlan',
  'aggregation',
  'compoundAggregation',
  'contract',
  'meter',
  'plan',
  'planTemplate',
  'product',
] as const

export type CustomFieldEntity = (typeof customFieldEntities)[number]

export type CustomFields = Readonly<Record<string, string | number>>

/** Defaults of the organization, per entity. */
export type CustomFieldDefaults = Readonly<Partial<Record<CustomFieldEntity, CustomFields>>>

export type CustomFieldReference = { readonly entity: CustomFieldEntity; readonly name: string }

/** Reads the value that counts for a reference; the place of use knows the entities. */
export type CustomFieldReader = (reference: CustomFieldReference) => Value

/**
 * Understands the three spellings `account.rate`, `account.customFields.rate` and
 * `customFields.account.rate`. `aggregation.x` is no custom field but the value of an aggregation.
 */
export function customFieldAt(path: readonly string[]): CustomFieldReference | null {
  const [first = '', second = '', third] = path
  if (path.length === 2) return first === 'aggregation' ? null : reference(first, second)
  if (path.length !== 3 || third === undefined) return null
  if (second === 'customFields') return reference(first, third)
  return first === 'customFields' ? reference(second, third) : null
}

export function customFieldsOf(expression: Expression): CustomFieldReference[] {
  return referencesOf(expression)
    .map((path) => customFieldAt(path))
    .filter((found) => found !== null)
}

/** The value of the entity where it has one, else the default of the organization (metering 3.3). */
export function customFieldValue(
  own: CustomFields | null | undefined,
  defaults: CustomFields | null | undefined,
  name: string,
): Value {
  const fields = own && Object.hasOwn(own, name) ? own : defaults
  const value = fields && Object.hasOwn(fields, name) ? fields[name] : undefined
  if (value === undefined) return null
  return typeof value === 'number' ? numberIn(name, value) : value
}

/** Custom fields take any number; one that is too long fails the calculation, not what it is part of. */
function numberIn(name: string, value: number): Value {
  try {
    return decimal(value)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new CalculationError(`The custom field "${name}" cannot be used. ${error.message}`)
  }
}

/** The names of a scope; `fixed` are entities that never carry a value of their own in this place. */
export function customFieldNames(
  defaults: CustomFieldDefaults,
  entities: readonly CustomFieldEntity[],
  fixed: readonly CustomFieldEntity[],
): ScopeName[] {
  return entities.flatMap((entity) =>
    Object.entries(defaults[entity] ?? {}).map(([name, value]): ScopeName => {
      const [path = [], ...alternatives] = spellingsOf({ entity, name })
      const kinds = fixed.includes(entity) ? kindsOf(value) : NUMBER | STRING
      const help = `Custom field of the ${WORDS[entity]}; ${JSON.stringify(value)} unless it has its own.`
      return { path, alternatives, kind: 'custom-field', kinds, help }
    }),
  )
}

/** `account.rate` */
export function printCustomField(found: CustomFieldReference): string {
  return printPath(spellingsOf(found)[0] ?? [])
}

const WORDS: Readonly<Record<CustomFieldEntity, string>> = {
  organization: 'organization',
  account: 'account',
  accountPlan: 'account plan',
  aggregation: 'aggregation',
  compoundAggregation: 'compound aggregation',
  contract: 'contract',
  meter: 'meter',
  plan: 'plan',
  planTemplate: 'plan template',
  product: 'product',
}

function spellingsOf({ entity, name }: CustomFieldReference): string[][] {
  const long = [
    ['customFields', entity, name],
    [entity, 'customFields', name],
  ]
  return entity === 'aggregation' ? long : [[entity, name], ...long]
}

function reference(entity: string, name: string): CustomFieldReference | null {
  return isEntity(entity) ? { entity, name } : null
}

function isEntity(text: string): text is CustomFieldEntity {
  return customFieldEntities.some((entity) => entity === text)
}

function kindsOf(value: string | number): Kinds {
  return typeof value === 'number' ? NUMBER : STRING
}
