/** From a line of a bill back to the measurements that it counts. */
import type { EventDatabase } from '../../../kit/clickhouse/event-database.ts'
import { InvalidInputError } from '../../../kit/errors.ts'
import { type BehindQuestion, countBehind, readBehind } from '../store.ts'

export type MeasurementBehind = {
  uid: string
  ts: number
  ets: number | null
  receivedAt: number
  value: string | null
}

export type MeasurementsBehind = {
  rows: MeasurementBehind[]
  /** Of all pages. */
  total: string
  /** How many came in later than asked for; they are on no page. */
  since: string
  /** Pass it back to go on; null on the last page. */
  after: string | null
}

const DEFAULT_LIMIT = 100

export async function measurementsBehind(
  { events }: { events: EventDatabase },
  organization: number,
  question: BehindQuestion & { limit?: number; after?: string },
): Promise<MeasurementsBehind> {
  const limit = question.limit ?? DEFAULT_LIMIT
  const after = question.after === undefined ? null : fromToken(question.after)
  const [{ total, since }, found] = await Promise.all([
    countBehind(events, organization, question),
    readBehind(events, organization, question, { limit: limit + 1, after }),
  ])
  const shown = found.slice(0, limit)
  const last = found.length > limit ? shown.at(-1) : undefined
  return {
    rows: shown.map((row) => ({
      uid: row.uid,
      ts: Number(row.ts),
      ets: row.ets === null ? null : Number(row.ets),
      receivedAt: Number(row.received_at),
      value: row.value,
    })),
    total,
    since,
    after: last === undefined ? null : toToken(last),
  }
}

type Place = { ts: number; receivedAt: number; arrival: string }

function toToken(row: { ts: string; received_at: string; arrival: string }): string {
  return Buffer.from(`${row.ts}:${row.received_at}:${row.arrival}`).toString('base64url')
}

function fromToken(token: string): Place {
  const text = Buffer.from(token, 'base64url').toString('utf8')
  const found = /^(\d{1,15}):(\d{1,15}):(\d{1,20})$/.exec(text)
  if (found === null) {
    throw new InvalidInputError('nextToken: This is no token of an earlier page. Leave it out.')
  }
  return { ts: Number(found[1]), receivedAt: Number(found[2]), arrival: found[3] ?? '0' }
}
