/** A whole server in this process, on real stores in a temporary folder, for tests of behaviour. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '@countinghouse/server/app.ts'
import { type Config, readConfig } from '@countinghouse/server/config/config.ts'
import type { Context } from '@countinghouse/server/context.ts'
import { type Clock, manualClock, systemClock } from '@countinghouse/server/kit/clock.ts'
import { openProcess } from '@countinghouse/server/open.ts'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { pino } from 'pino'
import { interimGate } from './interim-gate.ts'

export type TestOptions = {
  /** The instant at which the clock stands; without it time passes. */
  now?: string
  config?: Partial<Config>
}

export type Answer = { status: number; body: Json; headers: Record<string, unknown> }

// biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of every shape.
export type Json = any

export type TestServer = {
  context: Context
  app: FastifyInstance
  clock: TestClock
  /** A fresh organization with a service user that may do everything. */
  organization(options?: { name?: string }): Promise<TestOrganization>
  /** Any call, by its whole path. */
  call(method: Method, path: string, options?: CallOptions): Promise<Answer>
  close(): Promise<void>
}

export type TestClock = Clock & {
  set(instant: string | number): void
  advance(milliseconds: number): void
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type CallOptions = { body?: unknown; headers?: Record<string, string> }

type Calls<Result> = {
  get(path: string): Promise<Result>
  post(path: string, body?: unknown): Promise<Result>
  put(path: string, body?: unknown): Promise<Result>
  delete(path: string): Promise<Result>
}

export type TestOrganization = Calls<Answer> & {
  id: string
  number: number
  /** Bearer token of the Administrator. */
  token: string
  /** The same calls, answering the body, and throwing unless the status is 2xx. */
  must: Calls<Json>
  call(method: Method, path: string, options?: CallOptions): Promise<Answer>
}

export async function startTestServer(options: TestOptions = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'ch-test-'))
  const config: Config = {
    ...readConfig({ DATA_DIR: folder, RATE_LIMITS: 'off', LOG_LEVEL: 'error', SEED: 'none' }),
    ...options.config,
  }
  const clock = options.now === undefined ? realClock() : manualClock(options.now)
  const log = pino({ level: config.logLevel })
  const { context, close } = await openProcess(config, clock, log)
  const app = await buildApp(context, interimGate(context))
  await app.ready()

  const call = async (method: Method, path: string, { body, headers = {} }: CallOptions = {}) => {
    const response = await app.inject({
      method,
      url: path,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        payload: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    })
    const isJson = String(response.headers['content-type']).includes('json')
    return {
      status: response.statusCode,
      body: isJson ? response.json() : response.body,
      headers: response.headers,
    }
  }

  return {
    context,
    app,
    clock,
    call,
    organization: (details = {}) => createTestOrganization(context, call, details),
    async close() {
      await app.close()
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function createTestOrganization(
  context: Context,
  callServer: TestServer['call'],
  details: { name?: string },
): Promise<TestOrganization> {
  const id = randomUUID()
  const name = details.name ?? 'Test organization'
  const now = new Date(context.clock.now())
  const inserted = await sql<{ number: number }>`
    insert into organization (id, name, created_at, modified_at)
    values (${id}, ${name}, ${now}, ${now}) returning number
  `.execute(context.database.reader)
  const number = inserted.rows[0]?.number ?? 0
  return clientOf({ id, number, token: id }, callServer)
}

function clientOf(
  identity: { id: string; number: number; token: string },
  callServer: TestServer['call'],
): TestOrganization {
  const call: TestOrganization['call'] = (method, path, options = {}) =>
    callServer(method, `/organizations/${identity.id}${path}`, {
      ...options,
      headers: { authorization: `Bearer ${identity.token}`, ...options.headers },
    })
  const must = async (method: Method, path: string, body?: unknown) => {
    const answer = await call(method, path, { body })
    if (answer.status < 300) return answer.body
    throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  }
  return {
    ...identity,
    call,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, { body }),
    put: (path, body) => call('PUT', path, { body }),
    delete: (path) => call('DELETE', path),
    must: {
      get: (path) => must('GET', path),
      post: (path, body) => must('POST', path, body),
      put: (path, body) => must('PUT', path, body),
      delete: (path) => must('DELETE', path),
    },
  }
}

function realClock(): TestClock {
  const refuse = () => {
    throw new Error('Start the test server with `now` to move its clock.')
  }
  return { ...systemClock(), set: refuse, advance: refuse }
}
