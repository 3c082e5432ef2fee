/**
 * A repeated request with the same `Idempotency-Key` gets the first answer again instead of being
 * carried out again (organization 9.2).
 */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { systemClock } from '../clock.ts'
import { InvalidInputError, RequestError, UnavailableError } from '../errors.ts'
import type { Database } from '../postgres/database.ts'
import type { OrganizationRef, Principal } from '../principal.ts'
import { bodyText } from './body.ts'
import { refusalBody } from './error-answer.ts'

const KEPT_MS = 86_400_000
const POLL_MS = 100
/** A first request that takes longer than this was cut off, and its repeat may run. */
const RUNNING_MS = 60_000
const KEY_LENGTH_MAX = 255

/** Real time: a domain clock that stands still must not keep keys for ever. */
const wallClock = systemClock()

type Caller = { principal: Principal; organization: OrganizationRef }

/** Carries the work out, or answers as its first run did. Without the header: just the work. */
export async function once(
  { database }: Pick<Context, 'database'>,
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const key = keyOf(request)
  if (key === null || caller.organization.id === '') return work()
  const claim = {
    organizationId: caller.organization.id,
    key,
    requestHash: hashOf(request, caller.principal),
  }
  const first = await claimOrWait(database, claim)
  if (first !== null) {
    reply.code(first.status).header('idempotent-replayed', 'true')
    reply.type('application/json; charset=utf-8')
    return first.answer
  }
  return remember(database, claim, request, reply, work)
}

type Claim = { organizationId: string; key: string; requestHash: string }
type Answer = { status: number; answer: string }

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

async function remember(
  database: Database,
  claim: Claim,
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Promise<unknown>,
): Promise<unknown> {
  try {
    const answer = await work()
    if (typeof answer === 'string') await store(database, claim, reply.statusCode, answer)
    else await release(database, claim)
    return answer
  } catch (error) {
    if (error instanceof RequestError && error.status < 500 && error.status !== 429) {
      await store(database, claim, error.status, refusalBody(error, request.id))
    } else {
      await release(database, claim)
    }
    throw error
  }
}

/** Null when the key is ours and the work may begin; else the answer of the first run. */
async function claimOrWait(database: Database, claim: Claim): Promise<Answer | null> {
  const giveUpAt = wallClock.now() + RUNNING_MS
  while (wallClock.now() < giveUpAt) {
    const existing = await tryClaim(database, claim)
    if (existing === null) return null
    if (existing.request_hash !== claim.requestHash) {
      throw new InvalidInputError(
        'This Idempotency-Key was used for another request. Use a new key for each request.',
        undefined,
        'IDEMPOTENCY_KEY_REUSED',
      )
    }
    const { status, answer } = existing
    if (status !== null && answer !== null) return { status, answer }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  throw new UnavailableError('The first request with this Idempotency-Key is still running.')
}

type ExistingRow = { request_hash: string; status: number | null; answer: string | null }

async function tryClaim(database: Database, claim: Claim): Promise<ExistingRow | null> {
  const now = wallClock.now()
  await sql`
    delete from idempotency_key
    where organization_id = ${claim.organizationId} and key = ${claim.key}
      and (created_at < ${new Date(now - KEPT_MS)}
        or (status is null and created_at < ${new Date(now - RUNNING_MS)}))
  `.execute(database.reader)
  const inserted = await sql`
    insert into idempotency_key (organization_id, key, request_hash, created_at)
    values (${claim.organizationId}, ${claim.key}, ${claim.requestHash}, ${new Date(now)})
    on conflict do nothing returning key
  `.execute(database.reader)
  if (inserted.rows.length > 0) return null
  const { rows } = await sql<ExistingRow>`
    select request_hash, status, answer from idempotency_key
    where organization_id = ${claim.organizationId} and key = ${claim.key}
  `.execute(database.reader)
  // Released in between: the next round claims it.
  return rows[0] ?? { request_hash: claim.requestHash, status: null, answer: null }
}

async function store(database: Database, claim: Claim, status: number, answer: string) {
  await sql`
    update idempotency_key set status = ${status}, answer = ${answer}
    where organization_id = ${claim.organizationId} and key = ${claim.key}
  `.execute(database.reader)
}

async function release(database: Database, claim: Claim) {
  await sql`
    delete from idempotency_key
    where organization_id = ${claim.organizationId} and key = ${claim.key}
  `.execute(database.reader)
}

/** For the daily tidying job. */
export async function forgetOldKeys(database: Database): Promise<void> {
  await sql`
    delete from idempotency_key where created_at < ${new Date(wallClock.now() - KEPT_MS)}
  `.execute(database.reader)
}
