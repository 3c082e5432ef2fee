/** What makes a pricing valid beyond its fields (pricing 2.2). Pure: what it needs is passed in. */
import type { PricingBand, PricingBody } from '@countinghouse/contract/pricing/pricing.ts'
import { decimal } from '@countinghouse/engine/money/decimal.ts'
import type { Problem } from '../../kit/errors.ts'

export function choiceProblems(body: PricingBody): Problem[] {
  return [
    ...exactlyOne(body, 'planId', 'planTemplateId', 'what is priced, a plan or a plan template'),
    ...exactlyOne(
      body,
      'aggregationId',
      'compoundAggregationId',
      'whose units are priced, an aggregation or a compound aggregation',
    ),
  ]
}

export function bandProblems(body: PricingBody): Problem[] {
  return [
    ...equalLimits(body.pricingBands, 'pricingBands'),
    ...equalLimits(body.overagePricingBands ?? [], 'overagePricingBands'),
    ...overageProblems(body),
  ]
}

/** In the order of their limits; ids that were stored are kept, all others are new (pricing 2.1). */
export function orderedBands(
  bands: PricingBand[],
  stored: PricingBand[],
  newId: () => string,
): PricingBand[] {
  const free = new Set(stored.map(({ id }) => id))
  return bands
    .map((band) => ({ ...band, id: free.delete(band.id) && band.id ? band.id : newId() }))
    .sort((a, b) => decimal(a.lowerLimit).comparedTo(decimal(b.lowerLimit)))
}

/** What is known about the aggregation that is priced. */
export type Priced = {
  name: string
  /** Null for a global one. */
  productId: string | null
  segmentedFields: string[]
  segments: Record<string, string>[]
}

export function segmentProblems(body: PricingBody, priced: Priced): Problem[] {
  const { segment } = body
  const isSegmented = priced.segments.length > 0
  if (segment === undefined || Object.keys(segment).length === 0) {
    if (!isSegmented) return []
    return [
      {
        field: 'segment',
        message: `"${priced.name}" is segmented: send the segment that this pricing is for. It has ${shown(priced)}.`,
      },
    ]
  }
  if (!isSegmented) {
    const message = `"${priced.name}" has no segments. Leave segment out.`
    return [{ field: 'segment', message }]
  }
  if (priced.segments.some((candidate) => sameSegment(candidate, segment))) return []
  const message = `"${priced.name}" has no such segment. It has ${shown(priced)}.`
  return [{ field: 'segment', message }]
}

export function productProblems(
  priced: Priced,
  owner: { field: string; name: string; productId: string },
): Problem[] {
  if (priced.productId === null || priced.productId === owner.productId) return []
  const message = `"${priced.name}" belongs to another product than "${owner.name}". Use an aggregation of the same product, or a global one.`
  return [{ field: owner.field, message }]
}

export type Overlapping = { id: string; startDate: string; endDate?: string | undefined }

export function overlapProblems(others: Overlapping[]): Problem[] {
  const [other] = others
  if (other === undefined) return []
  const until = other.endDate === undefined ? 'without end' : `to ${other.endDate}`
  const message = `Another pricing (${other.id}) of the same aggregation, segment and type already counts from ${other.startDate} ${until}. End that one first, or choose other dates.`
  return [{ field: 'startDate', message }]
}

/** The values of a segment in the order of the segmented fields: `UK, *`. */
export function segmentLabel(segment: Record<string, string>, fields: string[]): string {
  const known = fields.filter((field) => Object.hasOwn(segment, field))
  const order = known.length > 0 ? known : Object.keys(segment).sort()
  return order.map((field) => segment[field] ?? '').join(', ')
}

const SHOWN_SEGMENTS = 10

function shown({ segments, segmentedFields }: Priced): string {
  const labels = segments
    .slice(0, SHOWN_SEGMENTS)
    .map((segment) => `{${segmentLabel(segment, segmentedFields)}}`)
  const more =
    segments.length > SHOWN_SEGMENTS ? ` and ${segments.length - SHOWN_SEGMENTS} more` : ''
  return labels.join(', ') + more
}

function sameSegment(a: Record<string, string>, b: Record<string, string>): boolean {
  const fields = Object.keys(a)
  return fields.length === Object.keys(b).length && fields.every((field) => a[field] === b[field])
}

function exactlyOne(
  body: PricingBody,
  first: 'planId' | 'aggregationId',
  second: 'planTemplateId' | 'compoundAggregationId',
  meaning: string,
): Problem[] {
  const given = [body[first], body[second]].filter((value) => value !== undefined).length
  if (given === 1) return []
  const message =
    given === 0
      ? `Send ${first} or ${second}: ${meaning}.`
      : `Send either ${first} or ${second}, not both: ${meaning}.`
  return [{ field: given === 0 ? first : second, message }]
}

function equalLimits(bands: PricingBand[], field: string): Problem[] {
  const seen = new Map<string, number>()
  const problems: Problem[] = []
  bands.forEach(({ lowerLimit }, index) => {
    const limit = decimal(lowerLimit).toFixed()
    const earlier = seen.get(limit)
    if (earlier === undefined) seen.set(limit, index)
    else {
      problems.push({
        field: `${field}[${index}].lowerLimit`,
        message: `Band ${earlier + 1} starts at ${limit} already. Each band needs a limit of its own.`,
      })
    }
  })
  return problems
}

function overageProblems(body: PricingBody): Problem[] {
  if ((body.overagePricingBands ?? []).length === 0) return []
  const problems: Problem[] = []
  if (body.cumulative !== true) {
    problems.push({
      field: 'overagePricingBands',
      message: 'Overage bands need a cumulative pricing. Set cumulative, or leave the bands out.',
    })
  }
  if (body.tiersSpanPlan === true) {
    problems.push({
      field: 'overagePricingBands',
      message:
        'Overage bands cannot go with bands over the whole plan. Leave out overagePricingBands or tiersSpanPlan.',
    })
  }
  return problems
}
