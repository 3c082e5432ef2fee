/** Refusals that may be told to the caller, each with its status (organization 9.3). */

/** One thing wrong with a request: which field, and what to do about it. */
export type Problem = { field: string; message: string }

export class RequestError extends Error {
  readonly status: number
  readonly code: string
  readonly errors: Problem[] | undefined

  constructor(status: number, code: string, message: string, errors?: Problem[]) {
    super(message)
    this.name = new.target.name
    this.status = status
    this.code = code
    this.errors = errors
  }
}

/** The request cannot be carried out as sent; `errors` names every field at once. */
export class InvalidInputError extends RequestError {
  constructor(message: string, errors?: Problem[], code = 'INVALID_INPUT') {
    super(400, code, message, errors)
  }
}

export class UnauthenticatedError extends RequestError {
  constructor(message: string, code = 'UNAUTHENTICATED') {
    super(401, code, message)
  }
}

export class ForbiddenError extends RequestError {
  constructor(message: string, code = 'FORBIDDEN') {
    super(403, code, message)
  }
}

/** Refusal of the token call, whose answer also carries `error` as OAuth clients expect it. */
export class OAuthError extends RequestError {}

export class NotFoundError extends RequestError {
  constructor(message: string, code = 'NOT_FOUND') {
    super(404, code, message)
  }
}

export class TooManyRequestsError extends RequestError {
  readonly retryAfterSeconds: number

  constructor(message: string, retryAfterSeconds: number, code = 'TOO_MANY_REQUESTS') {
    super(429, code, message)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** A store cannot be reached and nothing was accepted: the caller may repeat. */
export class UnavailableError extends RequestError {
  readonly retryAfterSeconds: number

  constructor(message: string, retryAfterSeconds = 2, code = 'UNAVAILABLE') {
    super(503, code, message)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** A store has no room left; it says so before anything of the request is stored. */
export class StoreFullError extends UnavailableError {
  constructor(cause: unknown) {
    super(
      'The disk that holds the data is full. Nothing of this request was stored. Once the operator has made room, send it again.',
      10,
      'DISK_FULL',
    )
    this.cause = cause
  }
}

/** Throws all problems at once, with a sentence that fits their number; nothing when there are none. */
export function refuseProblems(problems: Problem[]): void {
  const [first, ...others] = problems
  if (first === undefined) return
  const more = others.length === 0 ? '' : ` (and ${others.length} more; see errors)`
  throw new InvalidInputError(`${first.field}: ${first.message}${more}`, problems)
}
