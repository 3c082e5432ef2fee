/** A question of the data explorer in the terms of the event store, as plain data (metering 12.1). */
import {
  USAGE_ROWS_MAX,
  type UsageFrequency,
  type UsageFunction,
  type UsageQuery,
} from '@countinghouse/contract/metering/usage-query.ts'
import { parseInstant } from '@countinghouse/engine/time/instant.ts'
import { type Problem, refuseProblems } from '../../../kit/errors.ts'
import type { MeterField, MeterShape } from '../../measurement/service/meter-schema.ts'

export type ExplorerQuestion = {
  /** [from, to) in epoch milliseconds. */
  from: number
  to: number
  meters: MeterShape[]
  /** Short numbers; null for all. */
  accounts: number[] | null
  filters: { meter: number; slot: number; values: string[] }[]
  aggregations: ExplorerAggregation[]
  groups: ExplorerGroup[]
  limit: number
}

export type ExplorerAggregation = {
  /** `meter.field.FUNCTION`: its name in the rows of the answer. */
  key: string
  meter: number
  target: Pick<MeterField, 'kind' | 'slot'>
  method: UsageFunction
}

export type ExplorerGroup =
  | { kind: 'ACCOUNT' }
  | { kind: 'TIME'; frequency: UsageFrequency }
  | { kind: 'DIMENSION'; key: string; meter: number; slot: number }

/** What the ids of a query mean, looked up before. */
export type Known = {
  /** All that the organization has. */
  meters: MeterShape[]
  /** Numbers of the accounts named in the query, by id. */
  accounts: Map<string, number>
}

/** Throws 400 with everything that is wrong with the query. */
export function toExplorerQuestion(query: UsageQuery, known: Known): ExplorerQuestion {
  const problems: Problem[] = []
  const { from, to } = readDates(query, problems)
  const meters = metersOf(query, known, problems)
  const find = finder(meters, known, problems)
  const question: ExplorerQuestion = {
    from,
    to,
    meters,
    accounts: accountsOf(query, known, problems),
    filters: (query.dimensionFilters ?? []).flatMap((filter, index) => {
      const found = find(filter, `dimensionFilters[${index}]`, 'dimension')
      return found === null ? [] : [{ ...found.place, values: filter.values }]
    }),
    aggregations: (query.aggregations ?? []).flatMap((aggregation, index) => {
      const at = `aggregations[${index}]`
      const found = find(aggregation, at, 'any')
      if (found === null) return []
      const { field, schema, place } = found
      const problem = functionProblem(aggregation, field)
      if (problem !== null) problems.push({ field: `${at}.${problem.field}`, ...problem.text })
      const { kind, slot } = field
      return [
        {
          key: `${schema.code}.${field.code}.${aggregation.function}`,
          meter: place.meter,
          target: { kind, slot },
          method: aggregation.function,
        },
      ]
    }),
    groups: groupsOf(query, find, problems),
    limit: Math.min(query.limit ?? USAGE_ROWS_MAX, USAGE_ROWS_MAX),
  }
  refuseProblems(problems)
  return question
}

function readDates(query: UsageQuery, problems: Problem[]): { from: number; to: number } {
  const read = (field: 'startDate' | 'endDate') => {
    if (query[field] === '') {
      const message = 'is required, such as 2024-06-01T00:00:00Z; or send a timePeriod.'
      problems.push({ field, message })
      return 0
    }
    try {
      return parseInstant(query[field])
    } catch (error) {
      problems.push({ field, message: error instanceof Error ? error.message : String(error) })
      return 0
    }
  }
  const [from, to] = [read('startDate'), read('endDate')]
  if (problems.length === 0 && to <= from) {
    problems.push({ field: 'endDate', message: 'must be after startDate.' })
  }
  return { from, to }
}

function metersOf(query: UsageQuery, { meters }: Known, problems: Problem[]): MeterShape[] {
  const wanted = query.meterIds ?? []
  if (wanted.length === 0) return meters
  return wanted.flatMap((id, index) => {
    const found = meters.find((schema) => schema.id === id)
    if (found !== undefined) return [found]
    problems.push({ field: `meterIds[${index}]`, message: `There is no meter ${id}.` })
    return []
  })
}

function accountsOf(query: UsageQuery, known: Known, problems: Problem[]): number[] | null {
  const wanted = query.accountIds ?? []
  if (wanted.length === 0) return null
  return wanted.flatMap((id, index) => {
    const number = known.accounts.get(id)
    if (number !== undefined) return [number]
    problems.push({ field: `accountIds[${index}]`, message: `There is no account ${id}.` })
    return []
  })
}

type Found = {
  schema: MeterShape
  field: MeterField
  place: { meter: number; slot: number }
}
type Find = (
  named: { meterId: string; fieldCode: string },
  at: string,
  wanted: 'dimension' | 'any',
) => Found | null

function finder(chosen: MeterShape[], known: Known, problems: Problem[]): Find {
  return ({ meterId, fieldCode }, at, wanted) => {
    const schema = chosen.find(({ id }) => id === meterId)
    if (schema === undefined) {
      const isElsewhere = known.meters.some(({ id }) => id === meterId)
      const message = isElsewhere
        ? `The meter ${meterId} is not among the meterIds of the query. Add it there.`
        : `There is no meter ${meterId}.`
      problems.push({ field: `${at}.meterId`, message })
      return null
    }
    const fields = [...schema.dataFields, ...schema.derivedFields]
    const field = fields.find(({ code }) => code === fieldCode)
    if (field === undefined) {
      const message = `The meter ${schema.code} has no field ${fieldCode}. It has ${fields.map(({ code }) => code).join(', ')}.`
      problems.push({ field: `${at}.fieldCode`, message })
      return null
    }
    if (wanted === 'dimension' && (field.kind === 'number' || field.category === 'METADATA')) {
      const message = `${fieldCode} is of category ${field.category}. Only who, what, where and other can be filtered and grouped by.`
      problems.push({ field: `${at}.fieldCode`, message })
      return null
    }
    return { schema, field, place: { meter: schema.number, slot: field.slot } }
  }
}

const MEASURE_FUNCTIONS: UsageFunction[] = ['SUM', 'MIN', 'MAX', 'COUNT', 'LATEST', 'MEAN']
const DIMENSION_FUNCTIONS: UsageFunction[] = ['COUNT', 'UNIQUE']

function functionProblem(
  aggregation: { fieldType: string; function: UsageFunction; fieldCode: string },
  { kind }: MeterField,
) {
  const actual = kind === 'number' ? 'MEASURE' : 'DIMENSION'
  const { fieldCode } = aggregation
  if (aggregation.fieldType !== actual) {
    return { field: 'fieldType', text: { message: `${fieldCode} is a ${actual}.` } }
  }
  const allowed = kind === 'number' ? MEASURE_FUNCTIONS : DIMENSION_FUNCTIONS
  if (allowed.includes(aggregation.function)) return null
  const message = `${fieldCode} is a ${actual} and takes ${allowed.join(', ')}, not ${aggregation.function}.`
  return { field: 'function', text: { message } }
}

function groupsOf(query: UsageQuery, find: Find, problems: Problem[]): ExplorerGroup[] {
  const groups = query.groups ?? []
  if (groups.length > 0 && (query.aggregations ?? []).length === 0) {
    const message = 'need aggregations. Name what is to be worked out for each group.'
    problems.push({ field: 'groups', message })
    return []
  }
  return groups.flatMap((group, index): ExplorerGroup[] => {
    const at = `groups[${index}]`
    if (group.groupType === 'ACCOUNT') return [{ kind: 'ACCOUNT' }]
    if (group.groupType === 'TIME') {
      // A row has one `timestamp`: a second one would hide the first.
      if (groups.findIndex(({ groupType }) => groupType === 'TIME') < index) {
        problems.push({ field: at, message: 'groups by time again. Choose one frequency.' })
        return []
      }
      if (group.frequency !== undefined) return [{ kind: 'TIME', frequency: group.frequency }]
      problems.push({ field: `${at}.frequency`, message: 'is needed to group by time.' })
      return []
    }
    const { meterId, fieldCode } = group
    if (meterId === undefined || fieldCode === undefined) {
      const field = `${at}.${meterId === undefined ? 'meterId' : 'fieldCode'}`
      problems.push({ field, message: 'is needed to group by a dimension.' })
      return []
    }
    const found = find({ meterId, fieldCode }, at, 'dimension')
    if (found === null) return []
    return [{ kind: 'DIMENSION', key: `${found.schema.code}.${found.field.code}`, ...found.place }]
  })
}
