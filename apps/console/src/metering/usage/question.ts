/** The explorer's question while it is being put together, and what it becomes on the wire. */

import type { DataField, Meter } from '@countinghouse/contract/metering/meter.ts'
import type {
  MovingUsageQuery,
  UsageFrequency,
  UsageFunction,
} from '@countinghouse/contract/metering/usage-query.ts'

export type FieldChoice = { meterId: string; fieldCode: string }

export type Question = {
  timePeriod: string
  /** Days, the last one included; only with the period CUSTOM. */
  from: string | null
  to: string | null
  /** Only for a list of measurements; figures bring their meters. */
  meterIds: string[]
  accountIds: string[]
  aggregations: (FieldChoice & { function: UsageFunction })[]
  filters: (FieldChoice & { values: string[] })[]
  byAccount: boolean
  frequency: UsageFrequency | ''
  dimensions: FieldChoice[]
  limit: number
}

export const firstQuestion: Question = {
  timePeriod: 'LAST_30_DAYS',
  from: null,
  to: null,
  meterIds: [],
  accountIds: [],
  aggregations: [],
  filters: [],
  byAccount: false,
  frequency: 'DAY',
  dimensions: [],
  limit: 1000,
}

const numeric = ['MEASURE', 'INCOME', 'COST']

export const isNumeric = (field: Pick<DataField, 'category'>) => numeric.includes(field.category)

export function fieldsOf(meter: Meter | undefined): DataField[] {
  return meter ? [...meter.dataFields, ...meter.derivedFields] : []
}

export function functionsFor(field: DataField | undefined): UsageFunction[] {
  if (!field) return []
  return isNumeric(field) ? ['SUM', 'MIN', 'MAX', 'COUNT', 'LATEST', 'MEAN'] : ['COUNT', 'UNIQUE']
}

export function toQuery(question: Question, meters: readonly Meter[]): MovingUsageQuery {
  const field = (choice: FieldChoice) =>
    fieldsOf(meters.find((each) => each.id === choice.meterId)).find(
      (each) => each.code === choice.fieldCode,
    )
  const aggregations = question.aggregations.filter((each) => each.fieldCode !== '')
  const filters = question.filters.filter((each) => each.fieldCode !== '' && each.values.length > 0)
  const dimensions = question.dimensions.filter((each) => each.fieldCode !== '')
  const meterIds =
    aggregations.length > 0
      ? [...new Set(aggregations.map((each) => each.meterId))]
      : question.meterIds
  return {
    ...periodOf(question),
    limit: question.limit,
    ...(question.accountIds.length > 0 && { accountIds: question.accountIds }),
    ...(meterIds.length > 0 && { meterIds }),
    ...(filters.length > 0 && { dimensionFilters: filters }),
    ...(aggregations.length > 0 && {
      aggregations: aggregations.map((each) => {
        const found = field(each)
        return {
          ...each,
          fieldType: found && isNumeric(found) ? ('MEASURE' as const) : ('DIMENSION' as const),
        }
      }),
      groups: [
        ...(question.byAccount ? [{ groupType: 'ACCOUNT' as const }] : []),
        ...(question.frequency
          ? [{ groupType: 'TIME' as const, frequency: question.frequency }]
          : []),
        ...dimensions.map((each) => ({ groupType: 'DIMENSION' as const, ...each })),
      ],
    }),
  }
}

function periodOf({
  timePeriod,
  from,
  to,
}: Question): Pick<MovingUsageQuery, 'timePeriod' | 'startDate' | 'endDate'> {
  if (timePeriod !== 'CUSTOM')
    return { timePeriod: timePeriod as NonNullable<MovingUsageQuery['timePeriod']> }
  const end = to ? new Date(Date.parse(to) + 86_400_000).toISOString() : ''
  return { startDate: from ? `${from}T00:00:00Z` : '', endDate: end }
}

/** A saved question back in the form; what the form does not offer is left out. */
export function fromQuery(query: MovingUsageQuery): Question {
  const groups = query.groups ?? []
  return {
    ...firstQuestion,
    timePeriod: query.timePeriod ?? 'CUSTOM',
    from: query.startDate?.slice(0, 10) ?? null,
    to: query.endDate ? new Date(Date.parse(query.endDate) - 1).toISOString().slice(0, 10) : null,
    meterIds: query.aggregations?.length ? [] : (query.meterIds ?? []),
    accountIds: query.accountIds ?? [],
    aggregations: (query.aggregations ?? []).map(({ meterId, fieldCode, function: method }) => ({
      meterId,
      fieldCode,
      function: method,
    })),
    filters: query.dimensionFilters ?? [],
    byAccount: groups.some((each) => each.groupType === 'ACCOUNT'),
    frequency: groups.find((each) => each.groupType === 'TIME')?.frequency ?? '',
    dimensions: groups.flatMap((each) =>
      each.groupType === 'DIMENSION'
        ? [{ meterId: each.meterId ?? '', fieldCode: each.fieldCode ?? '' }]
        : [],
    ),
    limit: query.limit ?? firstQuestion.limit,
  }
}

/** What differs from an empty question, for the address: a link asks the same. */
export function toAddress(question: Question): string {
  const told = Object.entries(question).filter(
    ([key, value]) =>
      JSON.stringify(value) !== JSON.stringify(firstQuestion[key as keyof Question]),
  )
  return JSON.stringify(Object.fromEntries(told))
}

/** Null for an address that asks nothing, or that somebody has broken. */
export function fromAddress(text: string | undefined): Question | null {
  if (!text) return null
  try {
    const told: unknown = JSON.parse(text)
    if (typeof told !== 'object' || told === null) return null
    const known = Object.entries(told).filter(
      ([key, value]) =>
        key in firstQuestion &&
        Array.isArray(value) === Array.isArray(firstQuestion[key as keyof Question]),
    )
    return { ...firstQuestion, ...Object.fromEntries(known) }
  } catch {
    return null
  }
}
