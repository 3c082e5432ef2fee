/** Inserts of which it is certain in the end whether they were stored, whatever became of an answer. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { StoreFullError, UnavailableError } from '../../../kit/errors.ts'
import { newToken } from '../store.ts'

export type InsertOptions = {
  /** Asked before each attempt; rejects when another process may be taking measurements. */
  maySend(): Promise<void>
  /** Whether to give up rather than to repeat. */
  isClosing(): boolean
  log: Logger
  /** How long it is repeated. */
  patienceMs?: number
}

/** Some of the rows may be there: whoever sends them again is told so. */
export class UnknownOutcomeError extends UnavailableError {
  constructor(cause: unknown) {
    super(
      'It is not known whether this request was stored. Send it again with the same uids: what is stored already is not counted again.',
      1,
    )
    this.cause = cause
  }
}

const PAUSE_MS = 500
/** A replicated table knows a token for an hour; and whoever sent it has given up long before. */
const PATIENCE_MS = 600_000

/**
 * Repeats the insert under one token until the store has said clearly yes or no. Where it does not
 * for too long the uids decide, when they are sent again.
 */
export async function insertForSure(
  insert: (token: string) => Promise<void>,
  { maySend, isClosing, log, patienceMs = PATIENCE_MS }: InsertOptions,
): Promise<void> {
  const token = newToken()
  const deadline = performance.now() + patienceMs
  let isUnknown = false
  for (;;) {
    await maySend().catch((error: unknown) => {
      throw isUnknown ? new UnknownOutcomeError(error) : error
    })
    try {
      await insert(token)
      return
    } catch (error) {
      // After one attempt of unknown outcome only a success is an answer: its rows may be there.
      if (!isUnknown && isDefinite(error)) throw error
      if (isClosing() || performance.now() > deadline) throw new UnknownOutcomeError(error)
      isUnknown = true
      log.warn({ err: error }, 'The outcome of an insert is unknown; repeating it')
      await pause(PAUSE_MS)
    }
  }
}

/** The connection was never made, so nothing was sent. */
const NEVER_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH'])

/** Answers of ClickHouse that leave open whether the rows are there. */
const LEFT_OPEN = new Set(['UNKNOWN_STATUS_OF_INSERT', 'KEEPER_EXCEPTION'])

/** An answer of ClickHouse itself carries code and type; anything else was lost on the way. */
function isDefinite(error: unknown): boolean {
  if (error instanceof StoreFullError) return true
  const met = error instanceof UnavailableError ? error.cause : error
  const { code, type } = (met ?? {}) as { code?: unknown; type?: unknown }
  if (typeof type === 'string') return !LEFT_OPEN.has(type)
  return NEVER_REACHED.has(String(code))
}
