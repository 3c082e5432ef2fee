/** Questions of the data explorer as SQL. Pure: text and parameters, tested as both. */
import type { Parameters } from '../../../kit/clickhouse/event-database.ts'
import { toEventTime } from '../../measurement/store.ts'
import type { Statement } from './aggregate-sql.ts'
import type { ExplorerGroup, ExplorerQuestion } from './usage-query.ts'
import { valueColumns, wholeNumber } from './value-sql.ts'

/** Rows are sorted by account code afterwards, which only PostgreSQL knows; so more are read. */
export const GROUPS_MAX = 100_000

/** Columns `g0`, `g1` … for the groups and `v0`, `v0_n`, `v1` … for the aggregations. */
export function groupedSql(organization: number, question: ExplorerQuestion): Statement {
  const parameters: Parameters = {}
  const { aggregations, groups } = question
  // One meter alone is already what the rows are chosen by.
  const isOneMeter = new Set(aggregations.map(({ meter }) => meter)).size === 1
  const columns = aggregations.flatMap(({ meter, method, target }, place) => {
    const own = isOneMeter ? '' : `meter = ${wholeNumber(meter)}`
    return Object.entries(valueColumns(method, target, `v${place}`, own))
  })
  const keys = groups.map((group, place) => ({ alias: `g${place}`, sql: groupSql(group) }))
  const counts = aggregations.map((_aggregation, place) => `v${place}_n`)
  const isByAccount = groups.some(({ kind }) => kind === 'ACCOUNT')
  const order = [
    ...groups.flatMap(({ kind }, place) => (kind === 'TIME' ? [`g${place} desc`] : [])),
    ...groups.flatMap(({ kind }, place) => (kind === 'TIME' ? [] : [`g${place}`])),
  ]
  const sql = [
    `select ${[...keys, ...columns.map(([alias, sql]) => ({ alias, sql }))]
      .map(({ alias, sql }) => `${sql} as ${alias}`)
      .join(',\n  ')}`,
    'from event',
    `where ${conditions(organization, question, parameters)}`,
    keys.length === 0 ? '' : `group by ${keys.map(({ alias }) => alias).join(', ')}`,
    // Not a sum: each + is one level deeper for the store, which bears a thousand; `or` stays flat.
    `having ${counts.map((count) => `${count} > 0`).join(' or ')}`,
    order.length === 0 ? '' : `order by ${order.join(', ')}`,
    `limit ${isByAccount ? GROUPS_MAX : wholeNumber(question.limit + 1)}`,
    // Else the Monday of the first week of 1970 would be out of range. No usage is found by its
    // uid, and looking whether that projection would help takes a tenth of a small question.
    'settings enable_extended_results_for_datetime_functions=1, optimize_use_projections=0',
  ]
  return { sql: sql.filter((line) => line !== '').join('\n'), parameters }
}

/** The measurements themselves, most recently received first. */
export function rowsSql(organization: number, question: ExplorerQuestion): Statement {
  const parameters: Parameters = {}
  return {
    sql: `select uid, meter, account, toUnixTimestamp64Milli(ts) as ts,
  toUnixTimestamp64Milli(ets) as ets, toUnixTimestamp64Milli(received_at) as received_at,
  texts, numbers
from (
  select * from event
  where ${conditions(organization, question, parameters)}
  order by event.received_at desc, arrival desc
  limit ${wholeNumber(question.limit + 1)})`,
    parameters,
  }
}

function conditions(
  organization: number,
  { accounts, aggregations, filters, from, meters, to }: ExplorerQuestion,
  parameters: Parameters,
): string {
  // Rows of a meter without an aggregation would only make empty groups.
  const counted = new Set(aggregations.map(({ meter }) => meter))
  const numbers = meters.map(({ number }) => number)
  Object.assign(parameters, {
    org: organization,
    meters: counted.size === 0 ? numbers : numbers.filter((number) => counted.has(number)),
    from: toEventTime(from),
    to: toEventTime(to),
  })
  const parts = [
    'org = {org:UInt32}',
    'meter in {meters:Array(UInt32)}',
    "ts >= {from:DateTime64(3, 'UTC')}",
    "ts < {to:DateTime64(3, 'UTC')}",
  ]
  if (accounts !== null) {
    parameters.accounts = accounts
    parts.push('account in {accounts:Array(UInt32)}')
  }
  for (const [place, { meter, slot, values }] of filters.entries()) {
    parameters[`filter_${place}`] = values
    const text = `ifNull(texts[${wholeNumber(slot)}] in {filter_${place}:Array(String)}, false)`
    // A filter restricts only the rows of its own meter (metering 12.1).
    parts.push(`(meter != ${wholeNumber(meter)} or ${text})`)
  }
  return parts.join('\n    and ')
}

function groupSql(group: ExplorerGroup): string {
  switch (group.kind) {
    case 'ACCOUNT':
      return 'account'
    case 'TIME':
      return `toUnixTimestamp64Milli(toDateTime64(${BUCKETS[group.frequency]}, 3, 'UTC'))`
    case 'DIMENSION':
      return `if(meter = ${wholeNumber(group.meter)}, texts[${wholeNumber(group.slot)}], null)`
  }
}

/** Always UTC: the column carries that zone. Weeks begin on Monday. */
const BUCKETS = {
  HOUR: 'toStartOfHour(ts)',
  DAY: 'toStartOfDay(ts)',
  WEEK: 'toMonday(ts)',
  MONTH: 'toStartOfMonth(ts)',
  QUARTER: 'toStartOfQuarter(ts)',
}
