/** Values of aggregations in bulk, for bills and for single values: exact digits, null without usage. */
import { quotient } from '@countinghouse/engine/calculation/arithmetic.ts'
import { decimal, digits } from '@countinghouse/engine/money/decimal.ts'
import type { EventDatabase } from '../../../kit/clickhouse/event-database.ts'
import { readAggregates } from '../store.ts'
import { groupQuestions, type Row } from './aggregate-sql.ts'
import type { AggregationQuestion, UsageMethod, UsageQuestion } from './usage-question.ts'

export type UsageAnswer = {
  /** Null without usage; the default value is not applied. `segment` is its place in the list. */
  value(account: number, segment?: number): string | null
  /** Every value there is, in no particular order. */
  entries(): Iterable<UsageEntry>
}

export type UsageEntry = { account: number; segment: number | null; value: string }

/**
 * Answers in the order of the questions. Questions about one meter and one way of splitting it are
 * one statement, whatever the number of accounts and windows.
 */
export async function aggregate(
  events: EventDatabase,
  organization: number,
  questions: readonly UsageQuestion[],
): Promise<UsageAnswer[]> {
  const answers = questions.map(({ aggregation, accounts }) => makeAnswer(aggregation, accounts))
  for (const { group, members } of groupQuestions(questions)) {
    if (group.windows.every(({ accounts }) => accounts !== 'all' && accounts.size === 0)) continue
    const rows = await readAggregates(events, organization, group)
    const byWindow = Map.groupBy(members, ({ window }) => window)
    for (const row of rows) {
      for (const { question, value } of byWindow.get(row.window) ?? []) {
        answers[question]?.add(row, digitsOf(row, value, group.values[value]?.method))
      }
    }
  }
  return answers
}

function makeAnswer({ segmentation }: AggregationQuestion, accounts: readonly number[] | 'all') {
  const asked = accounts === 'all' ? null : new Set(accounts)
  const values = new Map<number, Map<number, string>>()
  return {
    add({ account, segment }: Row, value: string | null): void {
      if (value === null || (asked !== null && !asked.has(account))) return
      const own = values.get(account) ?? new Map<number, string>()
      values.set(account, own.set(Number(segment ?? 0), value))
    },
    value: (account: number, segment = 0) => values.get(account)?.get(segment) ?? null,
    *entries(): Iterable<UsageEntry> {
      for (const [account, own] of values) {
        for (const [segment, value] of own) {
          yield { account, segment: segmentation === null ? null : segment, value }
        }
      }
    },
  }
}

function digitsOf(row: Row, place: number, method: UsageMethod | undefined): string | null {
  const count = String(row[`v${place}_n`] ?? '0')
  if (count === '0') return null
  if (method === 'COUNT') return count
  const value = decimal(String(row[`v${place}`]))
  return digits(method === 'MEAN' ? quotient(value, decimal(count)) : value)
}
