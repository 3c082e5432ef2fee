/** Secrets that only their owner knows: what is stored is a slow hash (organization 5.4). */
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** The second choice of RFC 9106, for machines that also do other things: 64 MiB, three passes. */
const COST = { memory: 65_536, passes: 3, parallelism: 4, tagLength: 32 }

/** `argon2id$salt$hash`; takes some 75 ms, off the main thread. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive('argon2id', parameters(secret, salt))
  return ['argon2id', salt.toString('base64url'), hash.toString('base64url')].join('$')
}

export async function isSecret(secret: string, stored: string): Promise<boolean> {
  const [algorithm, salt = '', hash = ''] = stored.split('$')
  if (algorithm !== 'argon2id') return false
  const expected = Buffer.from(hash, 'base64url')
  const found = await derive('argon2id', parameters(secret, Buffer.from(salt, 'base64url')))
  return expected.length === found.length && timingSafeEqual(expected, found)
}

/** Characters that survive every copy and paste. */
export function randomSecret(bytes: number): string {
  return randomBytes(bytes).toString('base64url').replaceAll(/[-_]/g, 'x')
}

function parameters(secret: string, nonce: Buffer): Argon2Parameters {
  return { ...COST, message: secret, nonce }
}
