/** Listens to what this process asks the stores, for tests of what every statement must say. */
import type { EventDatabase } from '@countinghouse/server/kit/clickhouse/event-database.ts'
import { Client } from 'pg'

export type Statements = { postgres: Set<string>; clickhouse: Set<string> }

/** Texts with places instead of values, so that each stands here once. */
export function watchStatements(events: EventDatabase): Statements {
  const seen: Statements = { postgres: new Set(), clickhouse: new Set() }
  watchPostgres(seen.postgres)
  const { query } = events
  events.query = (sql, parameters) => {
    seen.clickhouse.add(sql)
    return query(sql, parameters)
  }
  return seen
}

function watchPostgres(seen: Set<string>): void {
  const { prototype } = Client
  const { query } = prototype
  prototype.query = function watched(this: Client, ...words: unknown[]) {
    const [asked] = words as [string | { text?: string } | undefined]
    const text = typeof asked === 'string' ? asked : asked?.text
    if (text !== undefined) seen.add(text)
    return Reflect.apply(query, this, words)
  }
}
