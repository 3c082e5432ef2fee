import { hash } from 'node:crypto'

/** Short text that is equal for equal content, and for no other. */
export function digestOf(content: string): string {
  return hash('sha1', content, 'base64')
}
