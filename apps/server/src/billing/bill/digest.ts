import { createHash } from 'node:crypto'

/** Equal content gives equal text; the order of keys counts, so records are built in one place. */
export function digestOf(content: unknown): string {
  return createHash('sha1').update(JSON.stringify(content)).digest('base64')
}
