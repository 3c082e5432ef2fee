/** Stored aggregations with the engine's numbers, for usage queries and bills. */
import type {
  Aggregation,
  AggregationMethod,
  Segment,
  UnitRounding,
} from '@countinghouse/contract/metering/aggregation.ts'
import type { CustomFields } from '@countinghouse/engine/metering/custom-field.ts'
import { type Decimal, decimal } from '@countinghouse/engine/money/decimal.ts'

/** What turns a quantity into units, alike for aggregations and compound aggregations. */
export type QuantityRule = {
  id: string
  name: string
  code: string | null
  rounding: UnitRounding
  quantityPerUnit: Decimal
  unit: string
  /** Null for a global one. */
  productId: string | null
  accountingProductId: string | null
  /** Empty without segments. */
  segments: Segment[]
  customFields: CustomFields
}

export type AggregationRule = QuantityRule & {
  meterId: string
  targetField: string
  method: AggregationMethod
  segmentedFields: string[]
  defaultValue: Decimal | null
}

/** What cannot be read fails the call, or only itself where `unreadable` takes the reason by its key. */
export function readRules<Stored, Rule>(
  stored: Iterable<readonly [key: string, stored: Stored]>,
  read: (stored: Stored) => Rule,
  unreadable?: Map<string, unknown>,
): Map<string, Rule> {
  const rules = new Map<string, Rule>()
  for (const [key, each] of stored) {
    try {
      rules.set(key, read(each))
    } catch (error) {
      if (unreadable === undefined) throw error
      unreadable.set(key, error)
    }
  }
  return rules
}

type StoredQuantityRule = Pick<
  Aggregation,
  | 'id'
  | 'name'
  | 'code'
  | 'rounding'
  | 'quantityPerUnit'
  | 'unit'
  | 'productId'
  | 'accountingProductId'
  | 'customFields'
>

export function toAggregationRule(stored: Aggregation): AggregationRule {
  return {
    ...toQuantityRule(stored, stored.segments ?? []),
    meterId: stored.meterId,
    targetField: stored.targetField,
    method: stored.aggregation,
    segmentedFields: stored.segmentedFields ?? [],
    defaultValue: stored.defaultValue === undefined ? null : decimal(stored.defaultValue),
  }
}

export function toQuantityRule(stored: StoredQuantityRule, segments: Segment[]): QuantityRule {
  return {
    id: stored.id,
    name: stored.name,
    code: stored.code ?? null,
    rounding: stored.rounding,
    quantityPerUnit: decimal(stored.quantityPerUnit),
    unit: stored.unit,
    productId: stored.productId ?? null,
    accountingProductId: stored.accountingProductId ?? null,
    segments,
    customFields: stored.customFields ?? {},
  }
}
