/** What makes an aggregation valid beyond its fields, and what a change may not break (metering 7). */
import type {
  AggregationBody,
  AggregationMethod,
  Segment,
} from '@countinghouse/contract/metering/aggregation.ts'
import {
  type DataField,
  type MeterBody,
  numericCategories,
  segmentableCategories,
} from '@countinghouse/contract/metering/meter.ts'
import { sameSegment } from '@countinghouse/engine/metering/segment.ts'
import type { Problem } from '../../kit/errors.ts'

export type MeterShape = Pick<MeterBody, 'name' | 'dataFields' | 'derivedFields'>

export function methodProblems(body: AggregationBody): Problem[] {
  const problems: Problem[] = []
  if (body.aggregation === 'CUSTOM_SQL') {
    problems.push({
      field: 'aggregation',
      message:
        'CUSTOM_SQL is not available in this version. Use SUM, MIN, MAX, COUNT, LATEST, MEAN or UNIQUE, or a compound aggregation.',
    })
  }
  if (body.customSql) {
    problems.push({
      field: 'customSql',
      message: 'Custom SQL is not available in this version. Leave customSql out.',
    })
  }
  return problems
}

/** The target exists and its category suits the method (metering 7.2). */
export function targetProblems(body: AggregationBody, meter: MeterShape): Problem[] {
  const target = fieldOf(meter, body.targetField)
  if (target === undefined) {
    const message = `The meter "${meter.name}" has no field "${body.targetField}". It has ${codesOf(meter)}.`
    return [{ field: 'targetField', message }]
  }
  const isNumeric = isOneOf(numericCategories, target.category)
  const needsNumber = needsNumericTarget(body.aggregation)
  if (needsNumber === null || needsNumber === isNumeric) return []
  const message = needsNumber
    ? `${body.aggregation} needs a numeric field, and "${target.code}" is of the category ${target.category}. Choose a measure, income or cost field, or the method UNIQUE.`
    : `UNIQUE counts different texts, and "${target.code}" is of the category ${target.category}. Choose a text field, or COUNT to count values.`
  return [{ field: 'aggregation', message }]
}

export function segmentProblems(body: AggregationBody, meter: MeterShape): Problem[] {
  const fields = body.segmentedFields ?? []
  const segments = body.segments ?? []
  if (fields.length === 0 && segments.length === 0) return []
  if (fields.length === 0 || segments.length === 0) {
    const missing = fields.length === 0 ? 'segmentedFields' : 'segments'
    const message =
      'Segmented fields and segments go together: send both with entries, or leave both out.'
    return [{ field: missing, message }]
  }
  return [...segmentedFieldProblems(fields, meter), ...segmentListProblems(fields, segments)]
}

/** Something that uses the aggregation, as messages name it: `pricing EU (7f…)`. */
export type AggregationUser = { label: string }

/** A pricing of the aggregation, with the segment that it is for. */
export type PricedSegment = AggregationUser & { segment: Segment | null }

export type AggregationUsers = {
  pricings: PricedSegment[]
  /** Compound aggregations whose calculation reads it by its code. */
  compounds: AggregationUser[]
}

/** What pricings and compound aggregations would lose by the change (metering 7.4, 7.5). */
export function changeProblems(
  before: AggregationBody,
  after: AggregationBody,
  { pricings, compounds }: AggregationUsers,
): Problem[] {
  const problems: Problem[] = []
  const users = [...pricings, ...compounds]
  if (before.meterId !== after.meterId && users.length > 0) {
    problems.push({
      field: 'meterId',
      message: `The meter cannot change while ${labels(users)} use it. Make another aggregation for the other meter.`,
    })
  }
  if (before.code !== after.code && compounds.length > 0) {
    problems.push({
      field: 'code',
      message: `The code cannot change while ${labels(compounds)} read it as aggregation.${before.code}. Change those calculations first.`,
    })
  }
  return [...problems, ...lostSegmentProblems(after.segments ?? [], pricings)]
}

/** Pricings that would stand for a segment that is no longer there (metering 7.4). */
export function lostSegmentProblems(segments: Segment[], pricings: PricedSegment[]): Problem[] {
  return pricings
    .filter(({ segment }) =>
      segment === null
        ? segments.length > 0
        : !segments.some((candidate) => sameSegment(candidate, segment)),
    )
    .map(({ label, segment }) => ({
      field: 'segments',
      message:
        segment === null
          ? `${label} has no segment, and with segments each pricing needs one. Delete that pricing first.`
          : `${label} is for the segment ${shownSegment(segment)}, which would be gone. Keep the segment, or delete that pricing first.`,
    }))
}

/** What a compound aggregation would lose when one that it reads changes its segments (metering 8.3). */
export function compoundProblems(
  compound: AggregationUser,
  segments: Segment[] | null,
  pricings: PricedSegment[],
): Problem[] {
  if (segments?.length === 0) {
    const message = `${compound.label} would be left without a segment that all its aggregations have. Keep one in common, or change its calculation first.`
    return [{ field: 'segments', message }]
  }
  return lostSegmentProblems(segments ?? [], pricings)
}

export function shownSegment(segment: Segment): string {
  const values = Object.keys(segment)
    .sort()
    .map((field) => `${field} ${segment[field]}`)
  return `{${values.join(', ')}}`
}

const SHOWN_USERS = 5

export function labels(users: AggregationUser[]): string {
  const shown = users.slice(0, SHOWN_USERS).map(({ label }) => label)
  const more = users.length > SHOWN_USERS ? ` and ${users.length - SHOWN_USERS} more` : ''
  return shown.join(', ') + more
}

/** Null where both kinds will do. */
function needsNumericTarget(method: AggregationMethod): boolean | null {
  if (method === 'CUSTOM_SQL') return null
  return method !== 'UNIQUE'
}

function segmentedFieldProblems(fields: string[], meter: MeterShape): Problem[] {
  return fields.flatMap((code, index) => {
    const field = `segmentedFields[${index}]`
    const found = fieldOf(meter, code)
    if (fields.indexOf(code) !== index) {
      return [{ field, message: `"${code}" stands in the list already. Name each field once.` }]
    }
    if (found === undefined) {
      const message = `The meter "${meter.name}" has no field "${code}". It has ${codesOf(meter)}.`
      return [{ field, message }]
    }
    if (isOneOf(segmentableCategories, found.category)) return []
    const message = `"${code}" is of the category ${found.category}. Usage can be split by who, what, where and other fields only.`
    return [{ field, message }]
  })
}

function segmentListProblems(fields: string[], segments: Segment[]): Problem[] {
  return segments.flatMap((segment, index): Problem[] => {
    const field = `segments[${index}]`
    const keys = Object.keys(segment)
    const isComplete =
      keys.length === fields.length && fields.every((code) => Object.hasOwn(segment, code))
    if (!isComplete) {
      const message = `A segment has a value for each of ${fields.join(', ')} and nothing else.`
      return [{ field, message }]
    }
    if (keys.some((key) => segment[key] === '')) {
      const message = 'A value cannot be empty. Use * for every value that is not listed.'
      return [{ field, message }]
    }
    const first = segments.findIndex((candidate) => sameSegment(candidate, segment))
    if (first === index) return []
    return [{ field, message: `This is the same segment as number ${first + 1}. List it once.` }]
  })
}

function fieldOf(meter: MeterShape, code: string): DataField | undefined {
  return [...meter.dataFields, ...meter.derivedFields].find((field) => field.code === code)
}

function codesOf(meter: MeterShape): string {
  return [...meter.dataFields, ...meter.derivedFields].map(({ code }) => code).join(', ')
}

function isOneOf(categories: readonly string[], category: string): boolean {
  return categories.includes(category)
}
