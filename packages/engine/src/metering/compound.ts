/** Compound aggregations: what they may read, their segments, their value (metering 8.2, 8.3). */
import { type Bind, compile } from '../calculation/compile.ts'
import { type Lookups, noLookups } from '../calculation/lookup.ts'
import { parse } from '../calculation/parse.ts'
import { CalculationError } from '../calculation/problem.ts'
import { referencesOf } from '../calculation/references.ts'
import type { Scope, ScopeName, ScopeTable } from '../calculation/scope.ts'
import type { Expression } from '../calculation/syntax.ts'
import { NULL, NUMBER } from '../calculation/types.ts'
import { isNumber } from '../calculation/values.ts'
import type { Decimal } from '../money/decimal.ts'
import {
  type CustomFieldDefaults,
  type CustomFieldReader,
  customFieldAt,
  customFieldEntities,
  customFieldNames,
} from './custom-field.ts'
import { type Segment, sameSegment } from './segment.ts'

export type CompoundInput = {
  /** Base value of each referenced aggregation by code, default applied; null without usage. */
  aggregation(code: string): Decimal | null
  readonly customField: CustomFieldReader
}

export type CompiledCompound = {
  readonly text: string
  /** Codes of the aggregations it reads, in the order of the text. */
  readonly aggregationCodes: readonly string[]
  /** Null means no value; a calculation that fails throws CalculationError. */
  evaluate(input: CompoundInput): Decimal | null
}

/**
 * With `evaluateNullAggregations` off, one aggregation without a value leaves the compound without
 * one, whatever the calculation would make of the null (metering 8.3).
 */
export function compileCompound(
  compound: { readonly calculation: string; readonly evaluateNullAggregations: boolean },
  lookups: Lookups = noLookups,
): CompiledCompound {
  const expression = parse(compound.calculation)
  const aggregationCodes = aggregationCodesOf(expression)
  const value = compile(expression, bind, lookups)
  return {
    text: compound.calculation,
    aggregationCodes,
    evaluate: (input) => {
      const isMissing = aggregationCodes.some((code) => input.aggregation(code) === null)
      if (isMissing && !compound.evaluateNullAggregations) return null
      const result = value(input)
      if (result === null || isNumber(result)) return result
      throw new CalculationError('The calculation of a compound aggregation must give a number.')
    },
  }
}

export function aggregationCodesOf(expression: Expression): string[] {
  return referencesOf(expression)
    .map((path) => aggregationAt(path))
    .filter((code) => code !== null)
}

/**
 * Segments of a compound: none without a segmented aggregation, else those that all segmented ones
 * list as equal maps, in the order of the first. An empty list means that they share none.
 */
export function compoundSegments(
  referenced: readonly { readonly segments: readonly Segment[] }[],
): Segment[] | null {
  const [first, ...others] = referenced.filter(({ segments }) => segments.length > 0)
  if (!first) return null
  return first.segments.filter((segment) =>
    others.every(({ segments }) => segments.some((other) => sameSegment(segment, other))),
  )
}

export type CompoundPlace = {
  readonly aggregations: readonly { readonly code: string; readonly name: string }[]
  readonly customFields: CustomFieldDefaults
  readonly tables: readonly ScopeTable[]
}

export function compoundScope(place: CompoundPlace): Scope {
  return {
    names: [
      ...place.aggregations.map(
        ({ code, name }): ScopeName => ({
          path: ['aggregation', code],
          kind: 'aggregation',
          kinds: NUMBER | NULL,
          help: `${name}: its quantity in the period`,
        }),
      ),
      ...customFieldNames(place.customFields, customFieldEntities, [
        'organization',
        'meter',
        'aggregation',
      ]),
    ],
    advice:
      'A compound aggregation reads aggregations as aggregation.code, and custom fields that the organization has.',
    tables: place.tables,
    result: {
      kinds: NUMBER,
      why: 'The calculation gives no number, and a compound aggregation is a number.',
    },
  }
}

const bind: Bind<CompoundInput> = (path) => {
  const code = aggregationAt(path)
  if (code !== null) return (input) => input.aggregation(code)
  const custom = customFieldAt(path)
  return custom ? ({ customField }) => customField(custom) : null
}

function aggregationAt(path: readonly string[]): string | null {
  return path.length === 2 && path[0] === 'aggregation' ? (path[1] ?? null) : null
}
