/**
 * Codes of a connection that broke or was refused, and of a PostgreSQL that is going down, starting,
 * out of connections, or a standby since a moment ago.
 */
const AWAY = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['ENOTFOUND', 'EAI_AGAIN'],
  ...['57P01', '57P02', '57P03', '08006', '08001', '53300', '25006'],
])

const SAYS_AWAY =
  /Connection terminated|is not queryable|timeout exceeded when trying to connect|database system is (starting up|shutting down|not yet accepting)|terminating connection due to/

/** Whether the database refused because its disk is full; what it was asked to do is undone. */
export function isDatabaseFull(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '53100'
}

/** Whether the database could not be asked, as opposed to having refused. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message, syscall } = (error ?? {}) as Record<string, unknown>
  // The embedded server's socket is a file, which is missing while it does not run.
  if (code === 'ENOENT') return syscall === 'connect'
  return (
    (typeof code === 'string' && AWAY.has(code)) ||
    (typeof message === 'string' && SAYS_AWAY.test(message))
  )
}

/**
 * Values it cannot hold, rules of the schema that they break, limits of its own; no state of it. Its
 * codes have five characters: the 236 of ClickHouse, which is being stopped, is none.
 */
const NEVER_TAKEN = /^(22|23|54)[0-9A-Z]{3}$/

/** Whether the database refused for good what it was asked to do: repeated, it refuses again. */
export function isNeverTaken(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' && NEVER_TAKEN.test(code)
}
