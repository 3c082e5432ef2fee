/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i

/** Reads ISO-8601 with a zone; what is finer than a millisecond is cut off. */
export function parseInstant(text: string): Instant {
  if (ISO_INSTANT.test(text)) {
    try {
      return Temporal.Instant.from(text).epochMilliseconds
    } catch {
      // A date such as 30 February: the same advice as for a wrong form.
    }
  }
  throw new RangeError(
    `"${text.slice(0, 80)}" is not a date and time with a zone. Write it like 2024-06-01T00:00:00Z or 2024-06-01T02:00:00+02:00.`,
  )
}

/** `2024-06-01T00:00:00Z`; milliseconds only where there are any. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z')
}
