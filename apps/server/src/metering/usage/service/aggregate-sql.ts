/**
 * One statement for all questions about one meter and one way of splitting it, however many
 * accounts and windows they name. Pure: text and parameters, tested as both.
 */
import type { Parameters } from '../../../kit/clickhouse/event-database.ts'
import { toEventTime } from '../../measurement/store.ts'
import { segmentSql } from './segment-sql.ts'
import type { AggregationQuestion, Segmentation, UsageQuestion } from './usage-question.ts'
import { valueColumns } from './value-sql.ts'

export type Statement = { sql: string; parameters: Parameters }

/** Questions that can be answered together, in the order of the values they take from a row. */
export type QuestionGroup = {
  meter: number
  segmentation: Segmentation | null
  /** Distinct windows, by the number that a row carries. */
  windows: { from: number; to: number; accounts: Set<number> | 'all' }[]
  /** Distinct values, by the alias `v<place>`. */
  values: AggregationQuestion[]
}

export type Row = Record<string, string | number | null> & { account: number; window: number }

/** Fewer accounts than this are named in the condition, so that the order of the table helps. */
const NAMED_ACCOUNTS_MAX = 20_000

export function aggregateSql(organization: number, group: QuestionGroup): Statement {
  const parameters: Parameters = {
    org: organization,
    meter: group.meter,
    first: toEventTime(Math.min(...group.windows.map(({ from }) => from))),
    last: toEventTime(Math.max(...group.windows.map(({ to }) => to))),
  }
  const columns = group.values.flatMap(({ method, target }, place) =>
    Object.entries(valueColumns(method, target, `v${place}`)),
  )
  const keys = ['account', 'window', ...(group.segmentation === null ? [] : ['segment'])]
  const segment =
    group.segmentation === null ? [] : [`${segmentSql(group.segmentation, parameters)} as segment`]
  const source = windowsSource(group, parameters)
  return {
    sql: `
      select ${[
        'account',
        `${source.window} as window`,
        ...segment,
        ...columns.map(([alias, column]) => `${column} as ${alias}`),
      ].join(',\n        ')}
      from ${source.from}
      where org = {org:UInt32} and meter = {meter:UInt32}
        and ts >= {first:DateTime64(3, 'UTC')} and ts < {last:DateTime64(3, 'UTC')}${source.where}
      group by ${keys.join(', ')}${group.segmentation === null ? '' : '\n      having segment >= 0'}`,
    parameters,
  }
}

type Source = { from: string; window: string; where: string }

function windowsSource({ windows }: QuestionGroup, parameters: Parameters): Source {
  const [only, ...others] = windows
  if (only !== undefined && others.length === 0) {
    return { from: 'event', window: '0', where: namedAccounts(only.accounts, parameters) }
  }
  parameters.starts = windows.map(({ from }) => from)
  parameters.ends = windows.map(({ to }) => to)
  const inWindow = (place: string) => `
        and toUnixTimestamp64Milli(ts) >= {starts:Array(Int64)}[${place} + 1]
        and toUnixTimestamp64Milli(ts) < {ends:Array(Int64)}[${place} + 1]`
  if (windows.every(({ accounts }) => accounts === 'all')) {
    return {
      from: 'event array join range(length({starts:Array(Int64)})) as place',
      window: 'place',
      where: inWindow('place'),
    }
  }
  const pairs = windows.flatMap(({ accounts }, place) => {
    if (accounts === 'all') throw new Error('Windows of all and of some accounts do not mix.')
    return [...accounts].map((account) => ({ account, place }))
  })
  parameters.pair_accounts = pairs.map(({ account }) => account)
  parameters.pair_places = pairs.map(({ place }) => place)
  const all = new Set(pairs.map(({ account }) => account))
  return {
    from: `event
      inner join (
        select pair.1 as asked, pair.2 as place
        from (select arrayJoin(arrayZip(
          {pair_accounts:Array(UInt32)}, {pair_places:Array(UInt32)})) as pair)
      ) as pairs on event.account = pairs.asked`,
    window: 'place',
    where: inWindow('place') + namedAccounts(all, parameters),
  }
}

function namedAccounts(accounts: Set<number> | 'all', parameters: Parameters): string {
  if (accounts === 'all' || accounts.size > NAMED_ACCOUNTS_MAX) return ''
  parameters.accounts = [...accounts]
  return '\n        and account in {accounts:Array(UInt32)}'
}

/** Which questions share a statement. */
export function groupQuestions(questions: readonly UsageQuestion[]): {
  group: QuestionGroup
  /** Of each question: its place in the list, the place of its window and of its value. */
  members: { question: number; window: number; value: number }[]
}[] {
  const groups = new Map<string, ReturnType<typeof groupQuestions>[number]>()
  for (const [place, { aggregation, accounts, from, to }] of questions.entries()) {
    const isAll = accounts === 'all'
    const key = JSON.stringify([aggregation.meter, aggregation.segmentation, isAll])
    const { meter, segmentation } = aggregation
    const entry = groups.get(key) ?? {
      group: { meter, segmentation, windows: [], values: [] },
      members: [],
    }
    groups.set(key, entry)
    const { windows, values } = entry.group
    let window = windows.findIndex((known) => known.from === from && known.to === to)
    if (window < 0) {
      window = windows.push({ from, to, accounts: isAll ? 'all' : new Set() }) - 1
    }
    const asked = windows[window]?.accounts
    if (asked instanceof Set && accounts !== 'all') for (const one of accounts) asked.add(one)
    const known = values.findIndex((value) => sameValue(value, aggregation))
    const value = known < 0 ? values.push(aggregation) - 1 : known
    entry.members.push({ question: place, window, value })
  }
  return [...groups.values()]
}

function sameValue(a: AggregationQuestion, b: AggregationQuestion): boolean {
  return a.method === b.method && a.target.kind === b.target.kind && a.target.slot === b.target.slot
}
