/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i

/** What both stores can read back: with its zone a text of four digits may lie outside. */
const FIRST_INSTANT = new Date(0).setUTCFullYear(1, 0, 1)
const END_OF_INSTANTS = Date.UTC(10_000, 0)

/** Reads ISO-8601 with a zone; what is finer than a millisecond is cut off. */
export function parseInstant(text: string): Instant {
  const instant = ISO_INSTANT.test(text) ? instantOf(text) : null
  if (instant === null) {
    throw new RangeError(
      `"${text.slice(0, 80)}" is not a date and time with a zone. Write it like 2024-06-01T00:00:00Z or 2024-06-01T02:00:00+02:00.`,
    )
  }
  if (instant < FIRST_INSTANT || instant >= END_OF_INSTANTS) {
    throw new RangeError(`"${text}" lies outside the years 1 to 9999 in UTC.`)
  }
  return instant
}

/** Null for a date such as 30 February: the same advice as for a wrong form. */
function instantOf(text: string): Instant | null {
  try {
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    return null
  }
}

/** `2024-06-01T00:00:00Z`; milliseconds only where there are any. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z')
}
