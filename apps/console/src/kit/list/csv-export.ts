/**
 * A list as a CSV file (console F13): what its filters find, read page after page. Declared beside
 * the list; `along` names entities that rows refer to, which are read with each page:
 *
 *     const file: CsvFile<Meter> = {
 *       name: 'meters',
 *       along: [[product, (row) => row.productId]],
 *       columns: [
 *         ['Name', (row) => row.name],
 *         ['Product', (row, along) => along<Product>(row.productId)?.name],
 *       ],
 *     }
 */
import type { Api, Query } from '../api/client.ts'
import type { ApiCall } from '../api/curl.ts'
import { RequestFailure } from '../api/request-failure.ts'
import { type CsvValue, csvText } from '../csv.ts'
import type { Page, ResourceShape } from '../query/resource.ts'

/** The entity with an id, once it is read. */
export type Along = <One>(id: string | null | undefined) => One | undefined

export type CsvFile<Row> = {
  /** Plural, as the file is called. */
  name: string
  along?: [resource: Pick<ResourceShape, 'path'>, idOf: (row: Row) => string | null | undefined][]
  columns: [title: string, value: (row: Row, along: Along) => CsvValue][]
}

type Wanted<Row> = {
  file: CsvFile<Row>
  /** Rows that are all there already, in the order of the list. */
  rows: readonly Row[] | null
  call: ApiCall
  keep: (row: Row) => boolean
}

const PAGE_SIZE = 100

/** The file in parts: its head, then one for each page. `said` hears how many rows there are. */
export async function exportParts<Row extends { id: string }>(
  api: Api,
  { file, rows, call, keep }: Wanted<Row>,
  signal: AbortSignal,
  said: (rows: number) => void,
): Promise<{ parts: string[]; count: number }> {
  const parts = [csvText([file.columns.map(([title]) => title)])]
  // Pages that are counted move on when something is created meanwhile: nothing is written twice.
  const written = new Set<string>()
  for await (const page of rows ? slices(rows) : pages<Row>(api, call, signal)) {
    const fresh = page.filter((row) => keep(row) && !written.has(row.id))
    for (const row of fresh) written.add(row.id)
    const along = await readAlong(api, file, fresh, signal)
    parts.push(csvText(fresh.map((row) => file.columns.map(([, value]) => value(row, along)))))
    said(written.size)
  }
  return { parts, count: written.size }
}

function* slices<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let at = 0; at < rows.length; at += PAGE_SIZE) yield rows.slice(at, at + PAGE_SIZE)
}

async function* pages<Row>(api: Api, call: ApiCall, signal: AbortSignal): AsyncGenerator<Row[]> {
  // Searches are told how many to leave out, lists after which row to go on.
  const next = call.path.endsWith('/search') ? 'fromDocument' : 'nextToken'
  let token: string | undefined
  do {
    const query = { ...call.query, [next]: token }
    const page: Page<Row> = await readPatiently(api, call.path, query, signal)
    yield page.data
    token = page.nextToken
  } while (token)
}

async function readAlong<Row>(
  api: Api,
  { along = [] }: CsvFile<Row>,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<Along> {
  const found = new Map<string, unknown>()
  for (const [{ path }, idOf] of along) {
    const ids = [...new Set(rows.flatMap((row) => idOf(row) ?? []))]
    if (ids.length === 0) continue
    const query = { ids, pageSize: PAGE_SIZE }
    const page: Page<{ id: string }> = await readPatiently(api, path, query, signal)
    for (const one of page.data) found.set(one.id, one)
  }
  // An id says by itself which resource it is of, and the column says its type.
  return <One>(id: string | null | undefined) => found.get(id ?? '') as One | undefined
}

/** Calls of the Console count towards the limit of the organization; programs must get their share. */
const PAUSE_MS = 60
const BUSY_PAUSE_MS = 1_000
const TRIES_MAX = 30

async function readPatiently<Answer>(
  api: Api,
  path: string,
  query: Query,
  signal: AbortSignal,
): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await api.get<Answer>(path, { query, signal })
      await pause(PAUSE_MS, signal)
      return answer
    } catch (cause) {
      const isBusy = cause instanceof RequestFailure && [429, 503].includes(cause.status)
      if (!isBusy || tries === TRIES_MAX) throw cause
      await pause(BUSY_PAUSE_MS, signal)
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', stop, { once: true })
  })
}
