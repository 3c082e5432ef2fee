/** A whole server in this process, on real stores in a temporary folder, for tests of behaviour. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '@countinghouse/server/app.ts'
import { type Config, dataFolders, readConfig } from '@countinghouse/server/config/config.ts'
import type { Context } from '@countinghouse/server/context.ts'
import { type Clock, manualClock, systemClock } from '@countinghouse/server/kit/clock.ts'
import { createLog } from '@countinghouse/server/kit/log.ts'
import { ADMINISTRATOR } from '@countinghouse/server/kit/permission/managed-policies.ts'
import { SYSTEM_PRINCIPAL } from '@countinghouse/server/kit/principal.ts'
import { openProcess } from '@countinghouse/server/open.ts'
import { createOrganization } from '@countinghouse/server/organization/organization/service.ts'
import {
  addKey,
  createServiceUser,
  makeKey,
} from '@countinghouse/server/organization/service-user/service.ts'
import { signToken } from '@countinghouse/server/organization/token/service.ts'
import { startJobs } from '@countinghouse/server/server.ts'
import { copyDatabaseTemplate } from './database-template.ts'
import { watchAnswers } from './declared-answers.ts'

export type TestOptions = {
  /** The instant at which the clock stands; without it time passes. */
  now?: string
  config?: Partial<Config>
  /** Fills the data directory before it is opened; without it the stores are new. */
  fill?(dataDir: string): Promise<void>
}

export type Answer = { status: number; body: Json; headers: Record<string, unknown> }

// biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of every shape.
export type Json = any

export type TestServer = {
  context: Context
  app: Awaited<ReturnType<typeof buildApp>>
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
  /** The Administrator that makes the calls, and the key it signs in with. */
  serviceUserId: string
  accessKey: { accessKeyId: string; apiSecret: string }
  /** A bearer token of the Administrator that is valid now. */
  token(): Promise<string>
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
  if (options.fill) await options.fill(folder)
  else await copyDatabaseTemplate(dataFolders(config).postgres)
  const clock = options.now === undefined ? realClock() : manualClock(options.now)
  const log = createLog(config.logLevel)
  const { context, close } = await openProcess(config, clock, log)
  const app = await buildApp(context)
  const faults = watchAnswers(app)
  await startJobs(context)
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
    refuseFaults(faults)
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
      refuseFaults(faults)
    },
  }
}

/** Those of calls through a socket are told at the end at the latest. */
function refuseFaults(faults: string[]): void {
  const told = faults.splice(0)
  if (told.length > 0) throw new Error(told.join('\n'))
}

async function createTestOrganization(
  context: Context,
  callServer: TestServer['call'],
  details: { name?: string },
): Promise<TestOrganization> {
  const by = { principalId: SYSTEM_PRINCIPAL.id, now: context.clock.now() }
  const accessKey = await makeKey()
  const made = await context.database.transaction(async (writer) => {
    const name = details.name ?? 'Test organization'
    const organization = await createOrganization(writer, { name }, by)
    const scope = { ...by, organizationId: organization.id }
    const program = await createServiceUser(writer, scope, {
      name: 'Test program',
      managedPolicy: ADMINISTRATOR,
    })
    await addKey(writer, scope, program.id, accessKey)
    return { organization, program }
  })
  const token = freshTokens(context, {
    serviceUserId: made.program.id,
    organizationId: made.organization.id,
    accessKeyId: accessKey.accessKeyId,
  })
  const { id, number } = made.organization
  return clientOf({ id, number, serviceUserId: made.program.id, accessKey, token }, callServer)
}

const HOUR_MS = 3_600_000

/** A token lives for hours, but a manual clock may jump by months between two calls. */
function freshTokens(context: Context, claims: Parameters<typeof signToken>[2]) {
  let current = { token: '', at: Number.NEGATIVE_INFINITY }
  return async () => {
    const now = context.clock.now()
    if (Math.abs(now - current.at) > HOUR_MS) {
      current = { token: await signToken(context.database, now, claims), at: now }
    }
    return current.token
  }
}

export type Identity = Pick<
  TestOrganization,
  'id' | 'number' | 'serviceUserId' | 'accessKey' | 'token'
>

/** The calls of one organization, whichever way they reach the server. */
export function clientOf(identity: Identity, callServer: TestServer['call']): TestOrganization {
  const call: TestOrganization['call'] = async (method, path, options = {}) =>
    callServer(method, `/organizations/${identity.id}${path}`, {
      ...options,
      headers: { authorization: `Bearer ${await identity.token()}`, ...options.headers },
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
