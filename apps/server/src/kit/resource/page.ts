/** Pages continue after a key, never at an offset, so that items added meanwhile shift nothing. */
import { InvalidInputError } from '../errors.ts'

export type Page<Item> = { data: Item[]; nextToken?: string }

const DEFAULT_PAGE_SIZE = 100

export function pageSizeOf(pageSize: number | undefined, maximum: number): number {
  return pageSize ?? Math.min(DEFAULT_PAGE_SIZE, maximum)
}

/** The key to continue after: a creation number; null on the first page. */
export function fromToken(nextToken: string | undefined): string | null {
  if (nextToken === undefined || nextToken === '') return null
  const key = Buffer.from(nextToken, 'base64url').toString('utf8')
  if (!/^after:\d{1,18}$/.test(key)) {
    const message = 'This is no token of an earlier page. Leave it out to start from the newest.'
    throw new InvalidInputError(`nextToken: ${message}`, [{ field: 'nextToken', message }])
  }
  return key.slice('after:'.length)
}

export function toToken(key: string): string {
  return Buffer.from(`after:${key}`).toString('base64url')
}

/** Takes one row more than a page has: the extra row only says that there is another page. */
export function toPage<Row extends { sequence: string }, Item>(
  rows: Row[],
  pageSize: number,
  items: (rows: Row[]) => Item[],
): Page<Item> {
  const shown = rows.slice(0, pageSize)
  const last = shown.at(-1)
  const data = items(shown)
  return rows.length > pageSize && last !== undefined
    ? { data, nextToken: toToken(last.sequence) }
    : { data }
}

/** Several values as one comma list, as repeated parameters, or both (metering 1.3). */
export function manyOf(value: unknown): string[] | undefined {
  if (value === undefined) return undefined
  const parts = (Array.isArray(value) ? value : [value]).flatMap((part) => String(part).split(','))
  const values = parts.map((part) => part.trim()).filter((part) => part !== '')
  return values.length === 0 ? undefined : values
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value)
}
