import { expect, test } from 'vitest'
import { hashPassword, hashRandomSecret, isSecret, randomSecret } from './secret.ts'

test.each([
  ['a password', hashPassword],
  ['a random secret', hashRandomSecret],
])('%s is known again, and nothing else', async (_name, hash) => {
  const stored = await hash('three herons')

  expect(await isSecret('three herons', stored)).toBe(true)
  expect(await isSecret('three heron', stored)).toBe(false)
  expect(stored).not.toContain('heron')
  expect(await hash('three herons')).not.toBe(stored)
})

test.each(['', 'plain text', 'scrypt$1$2$3'])(
  'nothing matches the stored text "%s"',
  async (stored) => {
    expect(await isSecret('', stored)).toBe(false)
  },
)

test('random secrets differ and can be copied anywhere', () => {
  expect(randomSecret(36)).toMatch(/^[A-Za-z0-9]{48}$/)
  expect(randomSecret(36)).not.toBe(randomSecret(36))
})
