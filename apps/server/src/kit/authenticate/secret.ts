/** Secrets that only their owner knows: what is stored is a slow hash (organization 5.4, 6.2). */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** Kibibytes of memory, rounds over them, lanes: stored with each hash, so that they may grow. */
type Cost = { memory: number; passes: number; parallelism: number }

/** The second choice of RFC 9106: people's passwords can be guessed. Some 75 ms, off the main thread. */
const PASSWORD: Cost = { memory: 65_536, passes: 3, parallelism: 4 }
/** Our own random secrets cannot be guessed; programs ask for tokens often. */
const RANDOM_SECRET: Cost = { memory: 19_456, passes: 2, parallelism: 1 }

const HASH_BYTES = 32

export function hashPassword(password: string): Promise<string> {
  return hash(password, PASSWORD)
}

export function hashRandomSecret(secret: string): Promise<string> {
  return hash(secret, RANDOM_SECRET)
}

export async function isSecret(secret: string, stored: string): Promise<boolean> {
  const [algorithm, cost = '', salt = '', expected = ''] = stored.split('$')
  if (algorithm !== 'argon2id') return false
  const [memory = 0, passes = 0, parallelism = 0] = cost.split(',').map(Number)
  const found = await derive('argon2id', {
    ...{ memory, passes, parallelism },
    tagLength: HASH_BYTES,
    message: secret,
    nonce: Buffer.from(salt, 'base64url'),
  })
  const known = Buffer.from(expected, 'base64url')
  return known.length === found.length && timingSafeEqual(known, found)
}

/** Characters that survive every copy and paste. */
export function randomSecret(bytes: number): string {
  return randomBytes(bytes).toString('base64url').replaceAll(/[-_]/g, 'x')
}

/** `argon2id$memory,passes,parallelism$salt$hash`. */
async function hash(secret: string, cost: Cost): Promise<string> {
  const salt = randomBytes(16)
  const found = await derive('argon2id', {
    ...cost,
    tagLength: HASH_BYTES,
    message: secret,
    nonce: salt,
  })
  const costs = [cost.memory, cost.passes, cost.parallelism].join(',')
  return ['argon2id', costs, salt.toString('base64url'), found.toString('base64url')].join('$')
}
