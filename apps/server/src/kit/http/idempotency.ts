/**
 * A repeated request with the same `Idempotency-Key` gets the first answer again instead of being
 * carried out again (organization 9.2). What is carried out marks its key in the same transaction,
 * so that this holds also where a crash takes the answer. Ages are those of the database's clock,
 * which all processes share and which never stands still.
 */
import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Context } from '../../context.ts'
import { InvalidInputError, RequestError, UnavailableError } from '../errors.ts'
import type { JobDefinition } from '../jobs/job.ts'
import { addToTransactions, type Database, type Writer } from '../postgres/database.ts'
import type { OrganizationRef, Principal } from '../principal.ts'
import { bodyText } from './body.ts'
import { refusalBody } from './error-answer.ts'

const KEPT = sql`interval '1 day'`
const POLL_MS = 100
/** A first request that takes longer than this was cut off. */
const RUNNING_MS = 60_000
const RUNNING = sql`make_interval(secs => ${RUNNING_MS / 1000})`
const KEY_LENGTH_MAX = 255
/** Instead of a status, until the answer is known. */
const CARRIED_OUT = 0

type Asking = {
  principal: Principal
  organization: OrganizationRef
  /** The answer holds a secret, which is to be stored nowhere. */
  isSecret: boolean
}

/** Carries the work out, or answers as its first run did. Without the header: just the work. */
export async function once(
  { database, log }: Pick<Context, 'database' | 'log'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { principal, organization, isSecret }: Asking,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const key = keyOf(request)
  if (key === null || organization.id === '') return work()
  const asked = { organizationId: organization.id, key, requestHash: hashOf(request, principal) }
  const turn = await claimOrWait(database, asked)
  if (turn.kind === 'repeat') {
    reply.code(turn.status).header('idempotent-replayed', 'true')
    reply.type('application/json; charset=utf-8')
    return turn.answer
  }
  const end = await addToTransactions(
    (writer) => mark(writer, turn.claim),
    () =>
      endOf(work, request, (answer) =>
        isSecret ? secretGone(request) : { status: reply.statusCode, answer },
      ),
  )
  await remember(database, turn.claim, end).catch(noteForgotten(log))
  if (end.error !== null) throw end.error
  return end.answer
}

type Asked = { organizationId: string; key: string; requestHash: string }
/** One of two that claimed the same key is told from the other by when it did. */
type Claim = Asked & { at: string }
type Answer = { status: number; answer: string }
type Turn = { kind: 'first'; claim: Claim } | ({ kind: 'repeat' } & Answer)

function keyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key']
  const isReading = request.method === 'GET' || request.method === 'HEAD'
  if (isReading || typeof key !== 'string' || key === '') return null
  if (key.length > KEY_LENGTH_MAX) {
    throw new InvalidInputError(
      `The Idempotency-Key must have at most ${KEY_LENGTH_MAX} characters.`,
    )
  }
  return key
}

function hashOf(request: FastifyRequest, principal: Principal): string {
  const parts = [request.method, request.url, principal.id, bodyText(request)]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

type End = { answer: unknown; error: unknown; kept: Answer | null }

/** How the work ended, and what of that every repeat is to be told. */
async function endOf(
  work: () => Promise<unknown>,
  request: FastifyRequest,
  repeated: (answer: string) => Answer,
): Promise<End> {
  try {
    const answer = await work()
    const kept = typeof answer === 'string' ? repeated(answer) : null
    return { answer, error: null, kept }
  } catch (error) {
    const isFinal = error instanceof RequestError && error.status < 500 && error.status !== 429
    const kept = isFinal ? { status: error.status, answer: refusalBody(error, request.id) } : null
    return { answer: undefined, error, kept }
  }
}

function remember(database: Database, claim: Claim, { kept }: End): Promise<void> {
  return kept === null ? release(database, claim) : store(database, claim, kept)
}

function secretGone({ id }: FastifyRequest): Answer {
  const refusal = answerLost('the secret in its answer was told once and is kept nowhere')
  return { status: refusal.status, answer: refusalBody(refusal, id) }
}

function answerLost(reason: string): InvalidInputError {
  return new InvalidInputError(
    `The first request with this Idempotency-Key was carried out, but ${reason}. Look what is there; to do it again, send it with a new key.`,
    undefined,
    'IDEMPOTENCY_ANSWER_LOST',
  )
}

/** The caller gets its answer all the same: what was carried out is. */
function noteForgotten(log: Logger) {
  return (error: unknown) => {
    log.warn({ err: error }, 'The answer to a request with an Idempotency-Key could not be kept')
  }
}

/** Waits for a first run that goes on. */
async function claimOrWait(database: Database, asked: Asked): Promise<Turn> {
  const giveUpAt = performance.now() + RUNNING_MS
  while (performance.now() < giveUpAt) {
    const at = await tryClaim(database, asked)
    if (at !== null) return { kind: 'first', claim: { ...asked, at } }
    const first = await findFirst(database, asked)
    // Released in between: the next round claims it.
    if (first === null) continue
    checkFirst(first, asked)
    const { status, answer } = first
    if (status !== null && answer !== null) return { kind: 'repeat', status, answer }
    await pause(POLL_MS)
  }
  throw new UnavailableError('The first request with this Idempotency-Key is still running.')
}

function checkFirst({ request_hash: hash, is_cut_off: isCutOff }: FirstRow, asked: Asked): void {
  if (hash !== asked.requestHash) {
    throw new InvalidInputError(
      'This Idempotency-Key was used for another request. Use a new key for each request.',
      undefined,
      'IDEMPOTENCY_KEY_REUSED',
    )
  }
  if (isCutOff) throw answerLost('perhaps not to its end, and its answer was lost')
}

/** Null while another request has the key. One that was cut off before it did anything has it no more. */
async function tryClaim(database: Database, asked: Asked): Promise<string | null> {
  await sql`
    delete from idempotency_key
    where organization_id = ${asked.organizationId} and key = ${asked.key}
      and (created_at < now() - ${KEPT} or (status is null and created_at < now() - ${RUNNING}))
  `.execute(database.reader)
  const { rows } = await sql<{ at: string }>`
    insert into idempotency_key (organization_id, key, request_hash, created_at)
    values (${asked.organizationId}, ${asked.key}, ${asked.requestHash}, now())
    on conflict do nothing returning created_at::text as at
  `.execute(database.reader)
  return rows[0]?.at ?? null
}

type FirstRow = {
  request_hash: string
  status: number | null
  answer: string | null
  is_cut_off: boolean
}

async function findFirst(database: Database, asked: Asked): Promise<FirstRow | null> {
  const { rows } = await sql<FirstRow>`
    select request_hash, status, answer,
      answer is null and created_at < now() - ${RUNNING} as is_cut_off
    from idempotency_key
    where organization_id = ${asked.organizationId} and key = ${asked.key}
  `.execute(database.reader)
  return rows[0] ?? null
}

/** Rolls back what a repeat has taken over meanwhile, so that only one of them is carried out. */
async function mark(writer: Writer, claim: Claim): Promise<void> {
  const { rows } = await sql`
    update idempotency_key set status = coalesce(status, ${CARRIED_OUT})
    where ${isOf(claim)} returning key
  `.execute(writer)
  if (rows.length > 0) return
  throw new UnavailableError(
    'This took so long that its repeat was carried out in its place. Nothing of it was stored; send it again to get the answer of that one.',
  )
}

async function store(database: Database, claim: Claim, { status, answer }: Answer): Promise<void> {
  await sql`
    update idempotency_key set status = ${status}, answer = ${answer} where ${isOf(claim)}
  `.execute(database.reader)
}

/** Unless something was carried out: that must not happen twice. */
async function release(database: Database, claim: Claim): Promise<void> {
  await sql`delete from idempotency_key where ${isOf(claim)} and status is null`.execute(
    database.reader,
  )
}

function isOf({ organizationId, key, at }: Claim) {
  return sql`organization_id = ${organizationId} and key = ${key}
    and created_at = ${at}::timestamptz`
}

/** Nothing asks for them after a day. */
export const idempotencyTidying: JobDefinition = {
  queue: 'tidy-idempotency-keys',
  cron: '20 3 * * *',
  async run({ database }) {
    await sql`delete from idempotency_key where created_at < now() - ${KEPT}`.execute(
      database.reader,
    )
  },
}
