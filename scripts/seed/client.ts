/** The API as any program reaches it: a token from an access key, JSON, and patience with 429 and 503. */
import { setTimeout as pause } from 'node:timers/promises'

export type Target = {
  /** Such as `http://localhost:4000`. */
  baseUrl: string
  organizationId: string
  accessKeyId: string
  apiSecret: string
}

export type Client = {
  /** Paths are relative to the organization. */
  get<Answer>(path: string): Promise<Answer>
  post<Answer>(path: string, body: unknown): Promise<Answer>
  put<Answer>(path: string, body: unknown): Promise<Answer>
}

/** Requests a second at most; the server's limits are the organization's, so people share them. */
export type Pace = { configuration: number; measurements: number }

export class ApiError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const ATTEMPTS = 20
const WAIT_MS_MAX = 8000

export function clientOf(target: Target, pace?: Pace): Client {
  const base = target.baseUrl.replace(/\/$/, '')
  const configuration = pace ? pacer(pace.configuration) : unpaced
  const measurements = pace ? pacer(pace.measurements) : unpaced
  let token: Promise<string> | null = null

  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    token ??= fetchToken(target)
    const turn = path === '/measurements' ? measurements : configuration
    return patiently(async () => {
      await turn()
      return fetch(`${base}/organizations/${target.organizationId}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    })
  }

  return {
    get: <Answer>(path: string) => call('GET', path) as Promise<Answer>,
    post: <Answer>(path: string, body: unknown) => call('POST', path, body) as Promise<Answer>,
    put: <Answer>(path: string, body: unknown) => call('PUT', path, body) as Promise<Answer>,
  }
}

const unpaced = () => Promise.resolve()

/** Waits for the next free moment. */
function pacer(perSecond: number): () => Promise<void> {
  let free = 0
  return async () => {
    const now = performance.now()
    const at = Math.max(now, free)
    free = at + 1000 / perSecond
    if (at > now) await pause(at - now)
  }
}

export async function fetchToken(target: Target): Promise<string> {
  const { baseUrl, accessKeyId, apiSecret } = target
  const basic = Buffer.from(`${accessKeyId}:${apiSecret}`).toString('base64')
  const answer = await patiently(() =>
    fetch(`${baseUrl.replace(/\/$/, '')}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credentials' }),
    }),
  )
  return (answer as { access_token: string }).access_token
}

/** Sends again what met a limit, a store that was away or a broken connection. */
async function patiently(send: () => Promise<Response>): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await send().catch((error: unknown) => {
      if (attempt < ATTEMPTS) return null
      throw error
    })
    if (response?.ok) return response.json()
    const mayPass = response === null || [429, 502, 503, 504].includes(response.status)
    if (!mayPass || attempt >= ATTEMPTS) {
      throw new ApiError(response?.status ?? 0, await problemOf(response))
    }
    await response?.arrayBuffer()
    await pause(waitOf(response, attempt))
  }
}

function waitOf(response: Response | null, attempt: number): number {
  const seconds = Number(response?.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1000 : Math.min(WAIT_MS_MAX, 100 * 2 ** attempt)
}

async function problemOf(response: Response | null): Promise<string> {
  if (response === null) return 'no answer'
  const text = await response.text()
  return `${response.status} from ${new URL(response.url).pathname}: ${text.slice(0, 1000)}`
}
