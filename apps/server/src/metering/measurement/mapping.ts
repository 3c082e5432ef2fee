/** Measurements as lines of tab-separated text, the way the event store takes them. */
import type { SlotValues } from './service/values.ts'

export const EVENT_COLUMNS = [
  'org',
  'meter',
  'account',
  'ts',
  'ets',
  'received_at',
  'arrival',
  'uid',
  'uid_key',
  'content',
  'texts',
  'numbers',
]

export type EventRow = {
  organization: number
  meter: number
  account: number
  ts: number
  ets: number | null
  receivedAt: number
  arrival: number
  uid: string
  uidKey: number
  content: number
  /** The values, already as `valuesText` writes them. */
  text: string
}

export function toEventLine(row: EventRow): string {
  const ets = row.ets === null ? '\\N' : instantText(row.ets)
  const times = `${instantText(row.ts)}\t${ets}\t${instantText(row.receivedAt)}`
  const ids = `${row.organization}\t${row.meter}\t${row.account}`
  const uid = `${escapeText(row.uid)}\t${row.uidKey}\t${row.content}`
  return `${ids}\t${times}\t${row.arrival}\t${uid}\t${row.text}\n`
}

export const REFUSAL_COLUMNS = [
  'org',
  'received_at',
  'id',
  'type',
  'message',
  'meter',
  'account',
  'account_id',
  'uid',
  'ts',
  'field',
  'repeats',
  'uids',
  'content_differs',
  'raw',
]

export type RefusalRow = {
  organization: number
  receivedAt: number
  id: string
  type: string
  message: string
  meter: string
  account: string
  accountId: string
  uid: string
  ts: number
  field: string
  repeats: number
  uids: string[]
  contentDiffers: boolean
  raw: string
}

export function toRefusalLine(row: RefusalRow): string {
  return `${[
    row.organization,
    instantText(row.receivedAt),
    row.id,
    row.type,
    escapeText(row.message),
    escapeText(row.meter),
    escapeText(row.account),
    row.accountId,
    escapeText(row.uid),
    instantText(row.ts),
    escapeText(row.field),
    row.repeats,
    textArray(row.uids),
    row.contentDiffers ? 1 : 0,
    escapeText(row.raw),
  ].join('\t')}\n`
}

/**
 * Seconds with ten digits and a fraction: the one spelling that ClickHouse reads quickly and never
 * takes for something else (a bare 1000 would be the year 1000).
 */
export function instantText(instant: number): string {
  const millisecond = instant % 1000
  const seconds = String((instant - millisecond) / 1000)
  const padded = seconds.length === 10 ? seconds : seconds.padStart(10, '0')
  return millisecond === 0 ? `${padded}.000` : `${padded}.${String(millisecond).padStart(3, '0')}`
}

/** Two passes over the slots are printed alike, so the same values give the same text. */
export function valuesText(values: SlotValues): string {
  return `${textArray(values.texts)}\t${numberArray(values.numbers)}`
}

const NEEDS_ESCAPE = /[\\'\t\n\r\0\b\f]/
const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
  '\b': '\\b',
  '\f': '\\f',
}

function escapeText(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text
  return text.replaceAll(/[\\'\t\n\r\0\b\f]/g, (character) => ESCAPES[character] ?? character)
}

function textArray(texts: (string | null)[]): string {
  let list = '['
  for (let at = 0; at < texts.length; at += 1) {
    const text = texts[at]
    if (at > 0) list += ','
    list += text === null || text === undefined ? 'NULL' : `'${escapeText(text)}'`
  }
  return `${list}]`
}

function numberArray(numbers: (string | null)[]): string {
  let list = '['
  for (let at = 0; at < numbers.length; at += 1) {
    if (at > 0) list += ','
    list += numbers[at] ?? 'NULL'
  }
  return `${list}]`
}
