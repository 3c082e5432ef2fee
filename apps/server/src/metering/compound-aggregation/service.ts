/** Compound aggregations: as a resource with its rules, and in bulk for usage queries and bills. */
import { aggregation, type Segment } from '@countinghouse/contract/metering/aggregation.ts'
import { compoundAggregation } from '@countinghouse/contract/metering/compound-aggregation.ts'
import { parse } from '@countinghouse/engine/calculation/parse.ts'
import {
  aggregationCodesOf,
  type CompiledCompound,
  compileCompound,
  compoundSegments,
} from '@countinghouse/engine/metering/compound.ts'
import { bind, type ResourceBinding } from '../../kit/area.ts'
import type { Reader } from '../../kit/postgres/database.ts'
import type { StoredOf } from '../../kit/resource/hooks.ts'
import { readAll, readBy, readMany } from '../../kit/resource/read.ts'
import { readCustomFieldDefaults } from '../../organization/custom-field/service.ts'
import {
  type AggregationRule,
  type QuantityRule,
  readRules,
  toQuantityRule,
} from '../aggregation/mapping.ts'
import { type FindPricings, readAggregationRulesByCode } from '../aggregation/service.ts'
import { lockCalculations } from '../calculation/store.ts'
import {
  type CompoundSurroundings,
  compoundCalculationProblems,
  compoundChangeProblems,
} from './rules.ts'

/** A compound aggregation ready to be evaluated; `aggregations` are those that it reads, by code. */
export type CompoundRule = QuantityRule & {
  calculation: CompiledCompound
  aggregations: ReadonlyMap<string, AggregationRule>
  evaluateNullAggregations: boolean
}

export function compoundAggregationBinding(
  findPricings: FindPricings,
): ResourceBinding<typeof compoundAggregation> {
  return bind(compoundAggregation, {
    async beforeWrite({ writer, scope, id, body, stored, problems }) {
      const { organizationId } = scope
      await lockCalculations(writer, organizationId)
      const surroundings = await readSurroundings(writer, organizationId)
      const calculationProblems = compoundCalculationProblems(body, surroundings)
      problems.push(...calculationProblems)
      if (stored === null || calculationProblems.length > 0) return undefined
      const pricings = await findPricings(writer, organizationId, {
        aggregationIds: [],
        compoundAggregationIds: [id],
      })
      const segments = segmentsOf(body.calculation, surroundings.aggregations) ?? []
      problems.push(...compoundChangeProblems(stored, { ...body, segments }, pricings))
      return undefined
    },
    async present(reader, { organizationId }, items) {
      const codes = items.flatMap(({ calculation }) => aggregationCodesOf(parse(calculation)))
      const read = await readBy(reader, aggregation, organizationId, 'code', [...new Set(codes)])
      const known = read.map(({ code = '', segments = [] }) => ({ code, segments }))
      return items.map(({ calculation }) => {
        const segments = segmentsOf(calculation, known)
        return segments === null ? {} : { segments }
      })
    },
  })
}

/**
 * Compound aggregations by id, compiled, with the aggregations they read; unknown ids are left out.
 * With `unreadable`, one that cannot be read goes there and leaves the others alone.
 */
export async function readCompoundRules(
  reader: Reader,
  organizationId: string,
  ids: string[],
  unreadable?: Map<string, unknown>,
): Promise<Map<string, CompoundRule>> {
  const found = await readMany(reader, compoundAggregation, organizationId, ids)
  const compiled = readRules(found, compiledRule, unreadable)
  const codes = [...compiled.values()].flatMap(({ calculation }) => calculation.aggregationCodes)
  const unreadCodes = unreadable && new Map<string, unknown>()
  const read = await readAggregationRulesByCode(
    reader,
    organizationId,
    [...new Set(codes)],
    unreadCodes,
  )
  return readRules(
    compiled,
    ({ stored, calculation }) => {
      const unread = calculation.aggregationCodes.find((code) => unreadCodes?.has(code))
      if (unread !== undefined) throw unreadCodes?.get(unread)
      return toRule(stored, calculation, read)
    },
    unreadable,
  )
}

function compiledRule(stored: StoredOf<typeof compoundAggregation>) {
  const { calculation, evaluateNullAggregations = false } = stored
  return { stored, calculation: compileCompound({ calculation, evaluateNullAggregations }) }
}

/** Everything that calculations of the organization may refer to. */
export async function readSurroundings(
  reader: Reader,
  organizationId: string,
): Promise<CompoundSurroundings> {
  const [aggregations, compounds, customFields] = await Promise.all([
    readAll(reader, aggregation, organizationId),
    readAll(reader, compoundAggregation, organizationId),
    readCustomFieldDefaults(reader, organizationId),
  ])
  return {
    aggregations: aggregations.flatMap(({ code, name, segments = [] }) =>
      code === undefined ? [] : [{ code, name, segments }],
    ),
    compoundCodes: compounds.flatMap(({ code }) => code ?? []),
    customFields,
  }
}

function toRule(
  stored: StoredOf<typeof compoundAggregation>,
  calculation: CompiledCompound,
  known: Map<string, AggregationRule>,
): CompoundRule {
  const aggregations = new Map(
    calculation.aggregationCodes.flatMap((code) => {
      const rule = known.get(code)
      return rule === undefined ? [] : [[code, rule] as const]
    }),
  )
  return {
    ...toQuantityRule(stored, compoundSegments([...aggregations.values()]) ?? []),
    calculation,
    aggregations,
    evaluateNullAggregations: stored.evaluateNullAggregations ?? false,
  }
}

function segmentsOf(
  calculation: string,
  known: readonly { code: string; segments: Segment[] }[],
): Segment[] | null {
  const codes = new Set(aggregationCodesOf(parse(calculation)))
  return compoundSegments(known.filter(({ code }) => codes.has(code)))
}
