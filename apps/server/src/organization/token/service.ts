/** Access tokens: signed statements that a service user showed a key (organization 6.1). */
import { randomUUID } from 'node:crypto'
import {
  type CryptoKey,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose'
import type { Context } from '../../context.ts'
import { isSecret } from '../../kit/authenticate/secret.ts'
import { ForbiddenError, OAuthError, UnauthenticatedError } from '../../kit/errors.ts'
import type { Database } from '../../kit/postgres/database.ts'
import { findOrganization } from '../organization/store.ts'
import { findKey, markKeyUsed } from '../service-user/store.ts'
import { insertFirstKey, signingKeys } from './store.ts'

const ALGORITHM = 'EdDSA'
export const TOKEN_SECONDS = 18_000

export type TokenClaims = {
  serviceUserId: string
  organizationId: string
  accessKeyId: string
  expiresAt: number
}

/** A token for a key id and its secret; 401 `invalid_client` for anything but an active pair. */
export async function exchangeKey(
  { database, clock }: Pick<Context, 'database' | 'clock'>,
  accessKeyId: string,
  apiSecret: string,
): Promise<string> {
  const now = clock.now()
  const key = await findKey(database.reader, accessKeyId)
  const isUsable =
    key !== null &&
    key.status === 'ACTIVE' &&
    (key.expires_at === null || key.expires_at.getTime() > now) &&
    (await isSecret(apiSecret, key.secret_hash))
  const organization = isUsable
    ? await findOrganization(database.reader, key.organization_id)
    : null
  if (!isUsable) throw wrongClient()
  if (organization?.status !== 'ACTIVE') {
    throw new OAuthError(
      401,
      'invalid_client',
      'The organization of this access key is archived and gives no tokens. Its operator can bring it back.',
    )
  }
  await markKeyUsed(database.reader, key.id, now)
  return signToken(database, now, {
    serviceUserId: key.service_user_id,
    organizationId: key.organization_id,
    accessKeyId: key.id,
  })
}

export async function signToken(
  database: Database,
  now: number,
  claims: Omit<TokenClaims, 'expiresAt'>,
): Promise<string> {
  const { current } = await keyRing(database, now)
  const issuedAt = Math.floor(now / 1000)
  return new SignJWT({ org: claims.organizationId, key: claims.accessKeyId })
    .setProtectedHeader({ alg: ALGORITHM, kid: current.id })
    .setSubject(claims.serviceUserId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + TOKEN_SECONDS)
    .setJti(randomUUID())
    .sign(current.privateKey)
}

/** What a token says; 401 when it cannot be read, 403 when its time is over. */
export async function readToken(
  { database, clock }: Pick<Context, 'database' | 'clock'>,
  token: string,
): Promise<TokenClaims> {
  const now = clock.now()
  const ring = await keyRing(database, now)
  const known = ring.verified.get(token)
  const claims = known ?? (await verify(ring, token))
  if (claims.expiresAt <= now) {
    throw new ForbiddenError(
      'The access token has expired. Get a new one from /oauth/token.',
      'TOKEN_EXPIRED',
    )
  }
  if (known === undefined) {
    if (ring.verified.size >= VERIFIED_MAX) ring.verified.clear()
    ring.verified.set(token, claims)
  }
  return claims
}

/** The public halves, for whoever wants to check our tokens. */
export async function publicKeys(database: Database, now: number): Promise<JWK[]> {
  await keyRing(database, now)
  const rows = await signingKeys(database.reader)
  return rows.map(({ id, public_jwk }) => ({ ...public_jwk, kid: id, alg: ALGORITHM, use: 'sig' }))
}

const VERIFIED_MAX = 10_000

type KeyRing = {
  current: { id: string; privateKey: CryptoKey | Uint8Array }
  publicKeys: Map<string, CryptoKey | Uint8Array>
  /** Tokens whose signature was checked already; checking costs more than the whole rest. */
  verified: Map<string, TokenClaims>
}

const rings = new WeakMap<Database, Promise<KeyRing>>()

function keyRing(database: Database, now: number): Promise<KeyRing> {
  const known = rings.get(database)
  if (known !== undefined) return known
  const ring = openKeyRing(database, now)
  rings.set(database, ring)
  ring.catch(() => rings.delete(database))
  return ring
}

async function openKeyRing(database: Database, now: number): Promise<KeyRing> {
  let rows = await signingKeys(database.reader)
  if (rows.length === 0) {
    const pair = await generateKeyPair(ALGORITHM, { extractable: true })
    const key = {
      id: randomUUID(),
      private_jwk: await exportJWK(pair.privateKey),
      public_jwk: await exportJWK(pair.publicKey),
    }
    await database.transaction((writer) => insertFirstKey(writer, key, now))
    rows = await signingKeys(database.reader)
  }
  const [newest] = rows
  if (newest === undefined) throw new Error('No signing key was stored')
  const publicKeys = new Map<string, CryptoKey | Uint8Array>()
  for (const { id, public_jwk } of rows) {
    publicKeys.set(id, await importJWK(public_jwk, ALGORITHM))
  }
  const privateKey = await importJWK(newest.private_jwk, ALGORITHM)
  return { current: { id: newest.id, privateKey }, publicKeys, verified: new Map() }
}

async function verify(ring: KeyRing, token: string): Promise<TokenClaims> {
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = ring.publicKeys.get(kid ?? '')
        if (key === undefined) throw new errors.JWKSNoMatchingKey()
        return key
      },
      // Whether its time is over is asked of our own clock, and has an answer of its own.
      { algorithms: [ALGORITHM], currentDate: new Date(0) },
    )
    const { sub, org, key, exp } = payload
    if (typeof sub !== 'string' || typeof org !== 'string' || typeof key !== 'string') {
      throw new errors.JWTInvalid('claims missing')
    }
    return {
      serviceUserId: sub,
      organizationId: org,
      accessKeyId: key,
      expiresAt: (exp ?? 0) * 1000,
    }
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
    throw new UnauthenticatedError(
      'The access token cannot be read. Get a new one from /oauth/token.',
    )
  }
}

function wrongClient(): OAuthError {
  return new OAuthError(
    401,
    'invalid_client',
    'The access key id and the API secret do not belong to an active access key.',
  )
}
