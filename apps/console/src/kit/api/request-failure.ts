/** A refused or failed request, with what the server said: one shape for every page (organization 9.3). */
export type FieldProblem = { field: string; message: string }

export class RequestFailure extends Error {
  /** 0 when no answer came at all. */
  readonly status: number
  readonly code: string
  readonly errors: FieldProblem[]
  readonly requestId: string | null

  constructor(answer: {
    status: number
    message: string
    code?: string
    errors?: FieldProblem[]
    requestId?: string | null
  }) {
    super(answer.message)
    this.name = 'RequestFailure'
    this.status = answer.status
    this.code = answer.code ?? 'UNKNOWN'
    this.errors = answer.errors ?? []
    this.requestId = answer.requestId ?? null
  }

  get isConnection(): boolean {
    return this.status === 0
  }
}

export function toFailure(error: unknown): RequestFailure {
  if (error instanceof RequestFailure) return error
  return new RequestFailure({
    status: -1,
    code: 'CONSOLE',
    message: error instanceof Error ? error.message : 'Something in this page went wrong.',
  })
}
