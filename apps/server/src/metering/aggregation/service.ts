/** Aggregations: as a resource with its rules, and in bulk for usage queries and bills. */
import {
  type AggregationBody,
  aggregation,
  type Segment,
} from '@countinghouse/contract/metering/aggregation.ts'
import { compoundAggregation } from '@countinghouse/contract/metering/compound-aggregation.ts'
import { meter } from '@countinghouse/contract/metering/meter.ts'
import { parse } from '@countinghouse/engine/calculation/parse.ts'
import { aggregationCodesOf, compoundSegments } from '@countinghouse/engine/metering/compound.ts'
import { bind, type ResourceBinding } from '../../kit/area.ts'
import { InvalidInputError } from '../../kit/errors.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { StoredOf } from '../../kit/resource/hooks.ts'
import { readAll, readBy, readMany } from '../../kit/resource/read.ts'
import { lock } from '../../kit/resource/write.ts'
import { lockCalculations } from '../calculation/store.ts'
import { type AggregationRule, readRules, toAggregationRule } from './mapping.ts'
import {
  changeProblems,
  compoundProblems,
  labels,
  methodProblems,
  type PricedSegment,
  segmentProblems,
  targetProblems,
} from './rules.ts'

export type { AggregationRule, QuantityRule } from './mapping.ts'

/** A pricing as far as metering must know it; `label` names it in messages. */
export type PricingUse = PricedSegment & {
  aggregationId: string | null
  compoundAggregationId: string | null
}

/** Pricings of these aggregations and compound aggregations: supplied by the pricing area. */
export type FindPricings = (
  writer: Writer,
  organizationId: string,
  measured: { aggregationIds: string[]; compoundAggregationIds: string[] },
) => Promise<PricingUse[]>

export function aggregationBinding(
  findPricings: FindPricings,
): ResourceBinding<typeof aggregation> {
  return bind(aggregation, {
    async beforeWrite({ writer, scope, id, body, stored, problems }) {
      const { organizationId } = scope
      problems.push(...methodProblems(body))
      const source = await lockMeter(writer, organizationId, body.meterId)
      if (source) problems.push(...targetProblems(body, source), ...segmentProblems(body, source))
      if (stored !== null) {
        await lockCalculations(writer, organizationId)
        const compounds = await readingCompounds(writer, organizationId, stored.code)
        const pricings = await findPricings(writer, organizationId, {
          aggregationIds: [id],
          compoundAggregationIds: compounds.map((compound) => compound.id),
        })
        problems.push(
          ...changeProblems(stored, body, {
            pricings: pricings.filter(({ aggregationId }) => aggregationId === id),
            compounds: compounds.map(labelled),
          }),
        )
        for (const compound of compounds) {
          const priced = pricings.filter((use) => use.compoundAggregationId === compound.id)
          const segments = await segmentsAfter(writer, organizationId, compound, { ...body, id })
          problems.push(...compoundProblems(labelled(compound), segments, priced))
        }
      }
      // Kept beside the body so that lists can be filtered by it; the meter cannot move under it.
      return source?.productId === undefined ? body : { ...body, productId: source.productId }
    },
    async beforeDelete({ writer, scope, stored }) {
      await lockCalculations(writer, scope.organizationId)
      const compounds = await readingCompounds(writer, scope.organizationId, stored.code)
      if (compounds.length === 0) return
      const users = compounds.map(labelled)
      throw new InvalidInputError(
        `This aggregation is still read by ${labels(users)}. Change those calculations first.`,
        users.map(({ label }) => ({ field: 'code', message: label })),
        'STILL_REFERENCED',
      )
    },
  })
}

/**
 * Aggregations by id with the engine's numbers; unknown ids are left out. With `unreadable`, one that
 * cannot be read goes there and leaves the others alone.
 */
export async function readAggregationRules(
  reader: Reader,
  organizationId: string,
  ids: string[],
  unreadable?: Map<string, unknown>,
): Promise<Map<string, AggregationRule>> {
  const found = await readMany(reader, aggregation, organizationId, ids)
  return readRules(found, toAggregationRule, unreadable)
}

/** Aggregations by code, as compound calculations name them. */
export async function readAggregationRulesByCode(
  reader: Reader,
  organizationId: string,
  codes: string[],
  unreadable?: Map<string, unknown>,
): Promise<Map<string, AggregationRule>> {
  const found = await readBy(reader, aggregation, organizationId, 'code', codes)
  const byCode = found.map((stored) => [stored.code ?? '', stored] as const)
  return readRules(byCode, toAggregationRule, unreadable)
}

type StoredCompound = StoredOf<typeof compoundAggregation>

/** Held against changes, so that the fields that were checked are those that it is stored with. */
async function lockMeter(writer: Writer, organizationId: string, id: string) {
  const found = await readMany(writer, meter, organizationId, [id])
  if (!found.has(id)) return undefined
  return (await lock(writer, meter, { organizationId }, id)) as StoredOf<typeof meter>
}

/** Compound aggregations whose calculation reads `aggregation.<code>`. */
async function readingCompounds(
  reader: Reader,
  organizationId: string,
  code: string | undefined,
): Promise<StoredCompound[]> {
  if (code === undefined) return []
  const compounds = await readAll(reader, compoundAggregation, organizationId)
  return compounds.filter(({ calculation }) =>
    aggregationCodesOf(parse(calculation)).includes(code),
  )
}

/** Segments that a compound aggregation would have after a change of one that it reads. */
async function segmentsAfter(
  reader: Reader,
  organizationId: string,
  { calculation }: StoredCompound,
  changed: AggregationBody & { id: string },
): Promise<Segment[] | null> {
  const codes = aggregationCodesOf(parse(calculation))
  const read = await readBy(reader, aggregation, organizationId, 'code', codes)
  return compoundSegments(
    read.map((stored) => ({
      segments: (stored.id === changed.id ? changed : stored).segments ?? [],
    })),
  )
}

function labelled({ name, id }: StoredCompound): { label: string } {
  return { label: `the compound aggregation "${name}" (${id})` }
}
