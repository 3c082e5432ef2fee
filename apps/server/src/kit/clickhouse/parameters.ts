/**
 * How a statement gets its parameters. A server binds them. The engine inside this process binds
 * those of one statement at a time, whatever the connection, so that a short question would wait
 * for the longest one: there they are written into the text, as literals of their declared type.
 */

export type Parameters = Record<string, unknown>

/** As the client takes it. */
export type BoundStatement = { query: string; query_params: Parameters }

export type Bind = (sql: string, parameters: Parameters) => BoundStatement

export const bindByServer: Bind = (query, parameters) => ({ query, query_params: parameters })

/** The engine reads at most 256 KiB of text; longer lists it has to bind. */
const TEXT_BYTES_MAX = 200_000

export const bindByText: Bind = (sql, parameters) => {
  const query = sql.replaceAll(PLACE, (_place, name: string, type: string) => {
    if (!Object.hasOwn(parameters, name)) throw new Error(`The parameter ${name} has no value.`)
    return `_CAST(${literal(parameters[name])}, ${literal(type)})`
  })
  return Buffer.byteLength(query) > TEXT_BYTES_MAX
    ? bindByServer(sql, parameters)
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
