/**
 * The demo of a first start: an organization in the stores that run inside, filled by a process of
 * its own through the public API while people already look around. Cut off, it goes on at the next
 * start; finished, it is never touched again.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Context } from '@countinghouse/server/context.ts'
import { SYSTEM_PRINCIPAL } from '@countinghouse/server/kit/principal.ts'
import { createOrganization } from '@countinghouse/server/organization/organization/service.ts'
import { allOrganizations } from '@countinghouse/server/organization/organization/store.ts'
import {
  addKey,
  createServiceUser,
  makeKey,
  removeKey,
} from '@countinghouse/server/organization/service-user/service.ts'
import { COMPANY } from './world/catalogue.ts'

/** Kept in the data directory. */
type State = {
  organizationId: string
  serviceUserId: string
  /** The instant that the demo leads up to, the same in every attempt. */
  now: number
  /** Packs of measurements that are in already. */
  packs: number
  /** Key of the attempt that runs, or was cut off. */
  accessKeyId: string | null
  isComplete: boolean
}

export type Demo = {
  organizationId: string
  /** Fills the organization, unless that is done; resolves when it is complete or was cut off. */
  fill(url: string): Promise<void>
}

const PROGRAM = fileURLToPath(new URL('seed.ts', import.meta.url))

/**
 * Makes the demo organization when this data directory has none, so that whoever signs in finds it.
 * Null where no demo is wanted: `SEED=none`, stores of the operator's own, or a directory that
 * somebody works in without one.
 */
export async function prepareDemo(context: Context, size: string[] = []): Promise<Demo | null> {
  const { seed, databaseUrl, clickhouseUrl, dataDir } = context.config
  if (seed === 'none' || databaseUrl !== null || clickhouseUrl !== null) return null
  const file = join(dataDir, 'demo.json')
  const known = readState(file)
  if (known === null && !(await isUnused(context))) return null
  const state = known ?? (await createDemoOrganization(context))
  if (known === null) writeState(file, state)
  return {
    organizationId: state.organizationId,
    async fill(url) {
      if (state.isComplete) return
      return fill(context, state, file, { url, size }).catch((error: unknown) => {
        context.log.error({ err: error }, 'The demo could not be completed; the next start goes on')
      })
    },
  }
}

async function isUnused({ database }: Context): Promise<boolean> {
  return (await allOrganizations(database.reader)).length === 0
}

async function createDemoOrganization(context: Context): Promise<State> {
  const by = { principalId: SYSTEM_PRINCIPAL.id, now: context.clock.now() }
  return context.database.transaction(async (writer) => {
    const organization = await createOrganization(writer, { name: COMPANY }, by)
    const scope = { ...by, organizationId: organization.id }
    const program = await createServiceUser(writer, scope, {
      name: 'Demo',
      managedPolicy: 'ADMINISTRATOR',
    })
    return {
      organizationId: organization.id,
      serviceUserId: program.id,
      now: by.now,
      packs: 0,
      accessKeyId: null,
      isComplete: false,
    }
  })
}

async function fill(
  context: Context,
  state: State,
  file: string,
  { url, size }: { url: string; size: string[] },
): Promise<void> {
  await dropKey(context, state)
  const key = await makeKey()
  await context.database.transaction((writer) =>
    addKey(writer, scopeOf(context, state), state.serviceUserId, key),
  )
  state.accessKeyId = key.accessKeyId
  writeState(file, state)
  const started = performance.now()
  const secrets = {
    M3TER_BASE_URL: url,
    M3TER_ORG_ID: state.organizationId,
    M3TER_API_KEY: key.accessKeyId,
    M3TER_API_SECRET: key.apiSecret,
  }
  const now = new Date(state.now).toISOString()
  const words = ['--gently', '--now', now, '--after-packs', String(state.packs), ...size]
  await run(context, words, secrets, (packs) => {
    state.packs = packs
    writeState(file, state)
  })
  await dropKey(context, state)
  state.isComplete = true
  writeState(file, state)
  const seconds = Math.round((performance.now() - started) / 1000)
  console.log(`The demo organization ${COMPANY} is complete (${seconds} s).`)
}

/** Resolves when the program has done everything. It ends by itself when this process does. */
function run(
  context: Context,
  words: string[],
  secrets: Record<string, string>,
  reached: (packs: number) => void,
): Promise<void> {
  const program = fork(PROGRAM, words, {
    env: { ...process.env, ...secrets },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const said = collect(program)
  program.on('message', (message) => reached((message as { packs: number }).packs))
  return new Promise((resolve, reject) => {
    program.once('error', reject)
    program.once('exit', (code) => {
      context.log.debug({ said: said() }, 'demo')
      if (code === 0) resolve()
      else reject(new Error(`it ended with status ${code}: ${said()}`))
    })
  })
}

function collect(program: ChildProcess): () => string {
  let said = ''
  for (const stream of [program.stdout, program.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000)
    })
  }
  return () => said.trim()
}

async function dropKey(context: Context, state: State): Promise<void> {
  const { accessKeyId, serviceUserId } = state
  if (accessKeyId === null) return
  state.accessKeyId = null
  await context.database
    .transaction((writer) =>
      removeKey(writer, scopeOf(context, state), { serviceUserId, accessKeyId }),
    )
    .catch((error: unknown) =>
      context.log.warn({ err: error }, 'A key of the demo was not removed'),
    )
}

function scopeOf(context: Context, { organizationId }: State) {
  return { organizationId, principalId: SYSTEM_PRINCIPAL.id, now: context.clock.now() }
}

function readState(file: string): State | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as State) : null
}

/** By a rename, so that a cut never leaves half a file. */
function writeState(file: string, state: State): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}
