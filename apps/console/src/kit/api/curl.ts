/** The call that a page makes, as a command to paste into a terminal (console F7). */
import type { Query } from './client.ts'

export type ApiCall = {
  method?: 'GET' | 'POST' | 'PUT'
  /** Below the organization, such as `/meters`. */
  path: string
  query?: Query
  /** Already as JSON. */
  body?: string
}

export function curlOf({ method = 'GET', path, query = {}, body }: ApiCall, base: string): string {
  const parameters = Object.entries(query).flatMap(([key, value]) =>
    value === null || value === undefined || value === ''
      ? []
      : [[key, Array.isArray(value) ? value.join(',') : String(value)] as [string, string]],
  )
  const search = parameters.length === 0 ? '' : `?${new URLSearchParams(parameters)}`
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quoted(base + path + search)}`,
    `-H "Authorization: Bearer $TOKEN"`,
    ...(body === undefined ? [] : [`-H 'Content-Type: application/json'`, `-d ${quoted(body)}`]),
  ].join(' \\\n  ')
}

/** For a POSIX shell, whatever stands inside. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
