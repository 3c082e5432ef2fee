/** What makes a compound aggregation valid beyond its fields (metering 8). */
import type { Segment } from '@countinghouse/contract/metering/aggregation.ts'
import type { CompoundAggregationBody } from '@countinghouse/contract/metering/compound-aggregation.ts'
import { checkText } from '@countinghouse/engine/calculation/check.ts'
import { describeProblem } from '@countinghouse/engine/calculation/problem.ts'
import type { Scope } from '@countinghouse/engine/calculation/scope.ts'
import {
  aggregationCodesOf,
  compoundScope,
  compoundSegments,
} from '@countinghouse/engine/metering/compound.ts'
import type { CustomFieldDefaults } from '@countinghouse/engine/metering/custom-field.ts'
import type { Problem } from '../../kit/errors.ts'
import { labels, lostSegmentProblems, type PricedSegment } from '../aggregation/rules.ts'

/** What a calculation may refer to. */
export type CompoundSurroundings = {
  aggregations: { code: string; name: string; segments: Segment[] }[]
  compoundCodes: string[]
  customFields: CustomFieldDefaults
}

export function compoundCalculationScope(surroundings: CompoundSurroundings): Scope {
  const { aggregations, compoundCodes, customFields } = surroundings
  const simple = new Set(aggregations.map(({ code }) => code))
  return {
    ...compoundScope({ aggregations, customFields, tables: [] }),
    refused: compoundCodes
      .filter((code) => !simple.has(code))
      .map((code) => ({
        path: ['aggregation', code],
        why: `"${code}" is a compound aggregation itself. Repeat its calculation here instead.`,
      })),
  }
}

export function compoundCalculationProblems(
  body: CompoundAggregationBody,
  surroundings: CompoundSurroundings,
): Problem[] {
  const checked = checkText(body.calculation, compoundCalculationScope(surroundings))
  const problems = checked.problems.map((problem) => ({
    field: 'calculation',
    message: describeProblem(problem),
  }))
  if (problems.length > 0 || checked.expression === null) return problems
  const codes = new Set(aggregationCodesOf(checked.expression))
  const read = surroundings.aggregations.filter(({ code }) => codes.has(code))
  if (compoundSegments(read)?.length !== 0) return []
  return [{ field: 'calculation', message: noCommonSegment(read) }]
}

/** What pricings would lose by the change. */
export function compoundChangeProblems(
  before: CompoundAggregationBody,
  after: CompoundAggregationBody & { segments: Segment[] },
  pricings: PricedSegment[],
): Problem[] {
  const problems = lostSegmentProblems(after.segments, pricings).map(({ message }) => ({
    field: 'calculation',
    message,
  }))
  if (before.productId === after.productId || after.productId === undefined) return problems
  if (pricings.length === 0) return problems
  const message = `The product cannot change while ${labels(pricings)} use it. Leave productId out to make it global, or make another one.`
  return [...problems, { field: 'productId', message }]
}

function noCommonSegment(read: CompoundSurroundings['aggregations']): string {
  const segmented = read.filter(({ segments }) => segments.length > 0)
  const names = segmented.map(({ code }) => `aggregation.${code}`).join(' and ')
  return `${names} have no segment in common, so no usage could be priced. Give them one equal segment, or use only one of them.`
}
