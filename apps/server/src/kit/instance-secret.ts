/** The secret of this instance, made once and shared by all its processes: it signs download links. */
import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'

export async function readInstanceSecret(pool: Pool): Promise<string> {
  await pool.query(
    'insert into instance_secret (only_row, secret) values (true, $1) on conflict do nothing',
    [randomBytes(32).toString('base64url')],
  )
  const { rows } = await pool.query<{ secret: string }>('select secret from instance_secret')
  const [row] = rows
  if (row === undefined) throw new Error('the instance has no secret although one was just stored')
  return row.secret
}
