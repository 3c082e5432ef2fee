/** The data explorer: runs a question and names the rows as the wire does (metering 12.1). */
import type { MovingUsageQuery, UsageQuery } from '@countinghouse/contract/metering/usage-query.ts'
import { quotient } from '@countinghouse/engine/calculation/arithmetic.ts'
import { decimal, digits } from '@countinghouse/engine/money/decimal.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import { resolveNamedPeriod } from '@countinghouse/engine/time/named-period.ts'
import type { Context } from '../../../context.ts'
import { exactNumber } from '../../../kit/exact.ts'
import type { OrganizationRef } from '../../../kit/principal.ts'
import type { AccountName } from '../../measurement/service/meter-schema.ts'
import { type EventRow, type GroupedRow, readEvents, readGroups } from '../store.ts'
import { fieldValues } from './field-values.ts'
import { usageOf } from './open-usage.ts'
import type { Recalled } from './usage-memory.ts'
import { type ExplorerQuestion, toExplorerQuestion } from './usage-query.ts'
import { wireDigits } from './wire-digits.ts'

export type ExplorerAnswer = { data: Record<string, unknown>[]; hasMoreData: boolean }

type NamesOf = Recalled['namesOf']

export async function explore(
  context: Context,
  organization: OrganizationRef,
  query: MovingUsageQuery,
): Promise<ExplorerAnswer> {
  const { memory, fence } = usageOf(context)
  const accountIds = query.accountIds ?? []
  const recalled = memory.recall(organization.id, accountIds, fence)
  if (recalled !== null) {
    const [answer, isCurrent] = await Promise.all([
      Promise.allSettled([exploreWith(context, organization, query, recalled)]),
      recalled.isCurrent(),
    ])
    const [settled] = answer
    if (isCurrent && settled.status === 'fulfilled') return settled.value
    if (isCurrent && settled.status === 'rejected') throw settled.reason
  }
  const read = await memory.read(organization.id, accountIds)
  return exploreWith(context, organization, query, read)
}

async function exploreWith(
  context: Context,
  organization: OrganizationRef,
  query: MovingUsageQuery,
  { meters, named, namesOf: readNames }: Recalled,
): Promise<ExplorerAnswer> {
  const known = { meters, accounts: new Map(named.map(({ id, number }) => [id, number])) }
  const question = toExplorerQuestion(withDates(query, context.clock.now()), known)
  const answer = question.aggregations.length === 0 ? eventRows : groupRows
  // Rows of no other accounts than the named ones can come.
  const namesOf = question.accounts === null ? readNames : async () => named
  const rows = await answer(context, organization, question, namesOf)
  return { data: rows.slice(0, question.limit), hasMoreData: rows.length > question.limit }
}

/** A named period wins over dates and is worked out now (metering 12.2). */
function withDates(query: MovingUsageQuery, now: number): UsageQuery {
  const { timePeriod, startDate = '', endDate = '', ...rest } = query
  if (timePeriod === undefined) return { ...rest, startDate, endDate }
  const { start, end } = resolveNamedPeriod(timePeriod, now)
  return { ...rest, startDate: formatInstant(start), endDate: formatInstant(end) }
}

async function eventRows(
  context: Context,
  organization: OrganizationRef,
  question: ExplorerQuestion,
  namesOf: NamesOf,
) {
  const rows = await readEvents(context.events, organization.number, question)
  const accounts = await accountsOf(rows, namesOf)
  const meters = new Map(question.meters.map((schema) => [schema.number, schema]))
  return rows.map((row) => toEventRow(row, accounts.get(row.account), meters))
}

function toEventRow(
  row: EventRow,
  account: AccountName | undefined,
  meters: Map<number, ExplorerQuestion['meters'][number]>,
): Record<string, unknown> {
  const schema = meters.get(row.meter)
  return {
    uid: row.uid,
    meterId: schema?.id,
    meterCode: schema?.code,
    accountId: account?.id,
    accountCode: account?.code,
    accountName: account?.name,
    timestamp: formatInstant(Number(row.ts)),
    ...(row.ets !== null && { endTimestamp: formatInstant(Number(row.ets)) }),
    receivedAt: formatInstant(Number(row.received_at)),
    ...(schema === undefined ? {} : fieldValues(schema, row)),
  }
}

async function groupRows(
  context: Context,
  organization: OrganizationRef,
  question: ExplorerQuestion,
  namesOf: NamesOf,
) {
  const { groups } = question
  const rows = await readGroups(context.events, organization.number, question)
  const accountPlace = groups.findIndex(({ kind }) => kind === 'ACCOUNT')
  const numbered = rows.map((row) => ({ row, account: Number(row[`g${accountPlace}`] ?? 0) }))
  const accounts = accountPlace < 0 ? new Map() : await accountsOf(numbered, namesOf)
  if (accountPlace >= 0) sortRows(numbered, question, accounts)
  return numbered.map(({ row, account }) => toGroupRow(row, accounts.get(account), question))
}

/** Time descending, then account code, then dimension values (metering 12.1). */
function sortRows(
  rows: { row: GroupedRow; account: number }[],
  { groups }: ExplorerQuestion,
  accounts: Map<number, AccountName>,
): void {
  const times = groups.flatMap(({ kind }, place) => (kind === 'TIME' ? [`g${place}`] : []))
  const others = groups.flatMap(({ kind }, place) => (kind === 'DIMENSION' ? [`g${place}`] : []))
  rows.sort((a, b) => {
    for (const time of times) {
      const later = Number(b.row[time]) - Number(a.row[time])
      if (later !== 0) return later
    }
    const codes = compare(accounts.get(a.account)?.code, accounts.get(b.account)?.code)
    if (codes !== 0) return codes
    for (const other of others) {
      const order = compare(a.row[other], b.row[other])
      if (order !== 0) return order
    }
    return 0
  })
}

function compare(a: unknown, b: unknown): number {
  const [left, right] = [String(a ?? ''), String(b ?? '')]
  return left < right ? -1 : left > right ? 1 : 0
}

function toGroupRow(
  row: GroupedRow,
  account: AccountName | undefined,
  { aggregations, groups }: ExplorerQuestion,
): Record<string, unknown> {
  const named: Record<string, unknown> = {}
  for (const [place, group] of groups.entries()) {
    const value = row[`g${place}`]
    if (group.kind === 'ACCOUNT') {
      named.accountId = account?.id
      named.accountCode = account?.code
      named.accountName = account?.name
    } else if (group.kind === 'TIME') named.timestamp = formatInstant(Number(value))
    else named[group.key] = value
  }
  for (const [place, { key, method }] of aggregations.entries()) {
    const count = String(row[`v${place}_n`] ?? '0')
    const value = String(row[`v${place}`] ?? '0')
    if (count === '0') named[key] = null
    else if (method === 'COUNT') named[key] = exactNumber(count)
    else if (method === 'MEAN') {
      named[key] = exactNumber(wireDigits(quotient(decimal(value), decimal(count))))
    } else named[key] = exactNumber(digits(decimal(value)))
  }
  return named
}

async function accountsOf(
  rows: { account: number }[],
  namesOf: NamesOf,
): Promise<Map<number, AccountName>> {
  const found = await namesOf([...new Set(rows.map(({ account }) => account))])
  return new Map(found.map((account) => [account.number, account]))
}
