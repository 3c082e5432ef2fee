/** Keys of the instance that sign access tokens. */
import type { JWK } from 'jose'
import { sql } from 'kysely'
import type { Reader, Writer } from '../../kit/postgres/database.ts'

export type SigningKeyRow = { id: string; private_jwk: JWK; public_jwk: JWK }

/** Newest first. */
export async function signingKeys(reader: Reader): Promise<SigningKeyRow[]> {
  const { rows } = await sql<SigningKeyRow>`
    select id, private_jwk, public_jwk from signing_key order by created_at desc, id
  `.execute(reader)
  return rows
}

/** Any number works; it only keeps two starting processes from making a key each. */
const FIRST_KEY_LOCK = 7_420_002

/** Stores a first key unless another process was quicker. */
export async function insertFirstKey(
  writer: Writer,
  key: SigningKeyRow,
  now: number,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(${FIRST_KEY_LOCK})`.execute(writer)
  await sql`
    insert into signing_key (id, private_jwk, public_jwk, created_at)
    select ${key.id}, ${JSON.stringify(key.private_jwk)}::jsonb,
      ${JSON.stringify(key.public_jwk)}::jsonb, ${new Date(now)}
    where not exists (select 1 from signing_key)
  `.execute(writer)
}
