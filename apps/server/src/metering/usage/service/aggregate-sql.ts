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
  if (windows.every(({ accounts }) => accounts === 'all')) {
    return {
      from: 'event array join range(length({starts:Array(Int64)})) as place',
      window: 'place',
      where: `
        and toUnixTimestamp64Milli(ts) >= {starts:Array(Int64)}[place + 1]
        and toUnixTimestamp64Milli(ts) < {ends:Array(Int64)}[place + 1]`,
    }
  }
  const tracks = tracksOf(windows)
  parameters.track_accounts = tracks.accounts.map(({ account }) => account)
  parameters.account_tracks = tracks.accounts.map(({ track }) => track)
  parameters.window_tracks = tracks.windows.map(({ track }) => track)
  parameters.window_places = tracks.windows.map(({ place }) => place)
  // An event finds its window by search, not by trying all: a plan may have had thousands.
  return {
    from: `event
      inner join (
        select pair.1 as asked, pair.2 as track
        from (select arrayJoin(arrayZip(
          {track_accounts:Array(UInt32)}, {account_tracks:Array(UInt32)})) as pair)
      ) as tracks on event.account = tracks.asked
      asof inner join (
        select pair.1 as track, pair.2 as place, {starts:Array(Int64)}[place + 1] as start
        from (select arrayJoin(arrayZip(
          {window_tracks:Array(UInt32)}, {window_places:Array(UInt32)})) as pair)
      ) as windows on tracks.track = windows.track and toUnixTimestamp64Milli(ts) >= windows.start`,
    window: 'windows.place',
    where: `
        and toUnixTimestamp64Milli(ts) < {ends:Array(Int64)}[windows.place + 1]${namedAccounts(
          new Set(parameters.track_accounts as number[]),
          parameters,
        )}`,
  }
}

type Tracks = {
  accounts: { account: number; track: number }[]
  windows: { track: number; place: number }[]
}

/**
 * Windows that do not overlap, one after the other, so that an instant lies in at most one of a
 * track. Accounts with the same windows share their tracks.
 */
export function tracksOf(windows: QuestionGroup['windows']): Tracks {
  const byStart = windows
    .map(({ from, to, accounts }, place) => ({ from, to, accounts, place }))
    .sort((a, b) => a.from - b.from || a.to - b.to)
  const own = new Map<number, { end: number; places: number[] }[]>()
  for (const { accounts, from, to, place } of byStart) {
    if (accounts === 'all') throw new Error('Windows of all and of some accounts do not mix.')
    for (const account of accounts) {
      const tracks = own.get(account) ?? []
      own.set(account, tracks)
      const free = tracks.find(({ end }) => end <= from)
      if (free === undefined) tracks.push({ end: to, places: [place] })
      else {
        free.end = to
        free.places.push(place)
      }
    }
  }
  const made: Tracks = { accounts: [], windows: [] }
  const numbers = new Map<string, number>()
  for (const [account, tracks] of own) {
    for (const { places } of tracks) {
      const key = places.join(' ')
      const known = numbers.get(key)
      const track = known ?? numbers.size
      if (known === undefined) {
        numbers.set(key, track)
        for (const place of places) made.windows.push({ track, place })
      }
      made.accounts.push({ account, track })
    }
  }
  return made
}

function namedAccounts(accounts: Set<number> | 'all', parameters: Parameters): string {
  if (accounts === 'all' || accounts.size > NAMED_ACCOUNTS_MAX) return ''
  parameters.accounts = [...accounts]
  return '\n        and account in {accounts:Array(UInt32)}'
}

export type Grouped = {
  group: QuestionGroup
  /** Of each question: its place in the list, the place of its window and of its value. */
  members: { question: number; window: number; value: number }[]
}

/** Which questions share a statement. */
export function groupQuestions(questions: readonly UsageQuestion[]): Grouped[] {
  const groups = new Map<string, Grouped & { places: Map<string, number> }>()
  for (const [place, { aggregation, accounts, from, to }] of questions.entries()) {
    const isAll = accounts === 'all'
    const key = JSON.stringify([aggregation.meter, aggregation.segmentation, isAll])
    const { meter, segmentation } = aggregation
    const entry: Grouped & { places: Map<string, number> } = groups.get(key) ?? {
      group: { meter, segmentation, windows: [], values: [] },
      members: [],
      places: new Map(),
    }
    groups.set(key, entry)
    const { windows, values } = entry.group
    const window =
      entry.places.get(`${from} ${to}`) ??
      windows.push({ from, to, accounts: isAll ? 'all' : new Set() }) - 1
    entry.places.set(`${from} ${to}`, window)
    const asked = windows[window]?.accounts
    if (asked instanceof Set && accounts !== 'all') for (const one of accounts) asked.add(one)
    const known = values.findIndex((value) => sameValue(value, aggregation))
    const value = known < 0 ? values.push(aggregation) - 1 : known
    entry.members.push({ question: place, window, value })
  }
  return [...groups.values()].map(({ group, members }) => ({ group, members }))
}

function sameValue(a: AggregationQuestion, b: AggregationQuestion): boolean {
  return a.method === b.method && a.target.kind === b.target.kind && a.target.slot === b.target.slot
}
