/**
 * Calls to the server. Paths are as the server knows them: `/console/me`,
 * `/organizations/{orgId}/products`. Inside an organization prefer the hooks of kit/query; for a
 * one-off call use `useOrganizationApi()`:
 *
 *     const api = useOrganizationApi()
 *     await api.post<Bill>(`/bills/${id}/approve`, { body: { … } })
 */
import type { TSchema } from 'typebox'
import { encodeExact, parseExact } from './exact-json.ts'
import { noteAnswer, noteSilence } from './reachable.ts'
import { type FieldProblem, RequestFailure } from './request-failure.ts'

export type QueryValue = string | number | boolean | readonly string[] | null | undefined
export type Query = Readonly<Record<string, QueryValue>>

export type CallOptions = {
  query?: Query
  body?: unknown
  /** Schema of the body: its exact decimals are sent digit for digit. */
  schema?: TSchema
  signal?: AbortSignal
}

export type Api = {
  get<Answer>(path: string, options?: CallOptions): Promise<Answer>
  post<Answer>(path: string, options?: CallOptions): Promise<Answer>
  put<Answer>(path: string, options?: CallOptions): Promise<Answer>
  remove<Answer>(path: string, options?: CallOptions): Promise<Answer>
}

/** Says that a call comes from our own pages: browsers do not let other sites send it. */
const CONSOLE_HEADER = { 'X-Countinghouse': 'console' }

let onSignedOut: () => void = () => {}

/** Called when a session has ended; the router sends the person to sign in. */
export function whenSignedOut(react: () => void): void {
  onSignedOut = react
}

export function apiAt(prefix: string): Api {
  return {
    get: (path, options) => call('GET', prefix + path, options),
    post: (path, options) => call('POST', prefix + path, options),
    put: (path, options) => call('PUT', prefix + path, options),
    remove: (path, options) => call('DELETE', prefix + path, options),
  }
}

export const api = apiAt('')

async function call<Answer>(
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const headers: Record<string, string> = { Accept: 'application/json', ...CONSOLE_HEADER }
  const init: RequestInit = { method, headers, credentials: 'same-origin' }
  if (options.body instanceof FormData || options.body instanceof Blob) init.body = options.body
  else if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json'
    init.body = encodeExact(options.body, options.schema)
  }
  if (options.signal) init.signal = options.signal
  const response = await send(path + search(options.query), init)
  const text = await response.text()
  const answer = text === '' ? undefined : readAnswer(text)
  if (!response.ok) throw refusal(response, answer)
  return answer as Answer
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, init)
    noteAnswer()
    return response
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    noteSilence()
    throw new RequestFailure({
      status: 0,
      code: 'CONNECTION',
      message: 'The server cannot be reached. Check the connection; nothing was changed.',
    })
  }
}

function readAnswer(text: string): unknown {
  try {
    return parseExact(text)
  } catch {
    return undefined
  }
}

function refusal(response: Response, answer: unknown): RequestFailure {
  const said = (answer ?? {}) as {
    message?: string
    code?: string
    errors?: FieldProblem[]
    requestId?: string
  }
  // At sign-in itself the server says what is wrong; elsewhere its words are for programs.
  const hasEnded = response.status === 401 && !new URL(response.url).pathname.startsWith('/auth/')
  if (response.status === 401) onSignedOut()
  return new RequestFailure({
    status: response.status,
    message: hasEnded
      ? 'Your session had ended, so nothing was done. Sign in and try it again.'
      : (said.message ?? `The server answered ${response.status} without saying why.`),
    code: said.code ?? String(response.status),
    errors: said.errors ?? [],
    requestId: said.requestId ?? response.headers.get('x-request-id'),
  })
}

function search(query: Query | undefined): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === null || value === undefined || value === '') continue
    parameters.append(key, Array.isArray(value) ? value.join(',') : String(value))
  }
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}
