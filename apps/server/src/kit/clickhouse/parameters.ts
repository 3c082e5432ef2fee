/**
 * How a statement gets its parameters. A server binds them. The engine inside this process binds
 * those of one statement at a time, whatever the connection, so that a short question would wait
 * for the longest one: there they are written into the text, as literals of their declared type.
 */

export type Parameters = Record<string, unknown>

/** As the client takes it. */
export type BoundStatement = { query: string; query_params: Parameters }

export type Bind = (sql: string, parameters: Parameters) => BoundStatement

/** A server refuses a field of a request that has more than 128 KiB, whatever its settings say. */
const FIELD_BYTES_MAX = 100_000

/** Long lists travel in parts, each a field of its own, and are one list again in the statement. */
export const bindByServer: Bind = (sql, parameters) => {
  const parts: Record<string, Parameters> = {}
  for (const [name, value] of Object.entries(parameters)) {
    const pieces = Array.isArray(value) ? inPieces(value) : [value]
    parts[name] =
      pieces.length === 1
        ? { [name]: value }
        : Object.fromEntries(pieces.map((piece, at) => [`${name}_part_${at}`, piece]))
  }
  const query = sql.replaceAll(PLACE, (place, name: string, type: string) => {
    const names = Object.keys(parts[name] ?? {})
    if (names.length < 2) return place
    return `arrayConcat(${names.map((part) => `{${part}:${type}}`).join(', ')})`
  })
  return { query, query_params: Object.assign({}, ...Object.values(parts)) }
}

function inPieces(list: unknown[]): unknown[][] {
  const pieces: unknown[][] = [[]]
  let bytes = 0
  for (const item of list) {
    // With quotes, a comma, and every character of a text escaped.
    const size = typeof item === 'string' ? 2 * Buffer.byteLength(item) + 3 : 21
    if (bytes + size > FIELD_BYTES_MAX) {
      pieces.push([])
      bytes = 0
    }
    pieces.at(-1)?.push(item)
    bytes += size
  }
  return pieces
}

/** The engine reads at most 256 KiB of text; longer lists it has to bind. */
const TEXT_BYTES_MAX = 200_000

export const bindByText: Bind = (sql, parameters) => {
  const query = sql.replaceAll(PLACE, (_place, name: string, type: string) => {
    if (!Object.hasOwn(parameters, name)) throw new Error(`The parameter ${name} has no value.`)
    return `_CAST(${literal(parameters[name])}, ${literal(type)})`
  })
  return Buffer.byteLength(query) > TEXT_BYTES_MAX
    ? { query: sql, query_params: parameters }
    : { query, query_params: {} }
}

/** `{name:Type}`. What stands between two replaced places is never looked at again. */
const PLACE = /\{(\w+):([^{}]+)\}/g

function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll(/['\\\0]/g, escaped)}'`
  if (typeof value === 'bigint' || Number.isFinite(value)) return String(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(',')}]`
  throw new Error(
    `A parameter cannot be ${typeof value === 'object' ? 'an object' : String(value)}.`,
  )
}

function escaped(character: string): string {
  return character === '\0' ? '\\0' : `\\${character}`
}
