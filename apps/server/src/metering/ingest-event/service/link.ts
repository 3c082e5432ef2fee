/** Links that work for five minutes without signing in (metering 6.3). */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Context } from '../../../context.ts'
import { ForbiddenError } from '../../../kit/errors.ts'
import { readInstanceSecret } from '../../../kit/instance-secret.ts'

const LIFE_MS = 5 * 60_000

export async function makeLink(
  context: Context,
  organization: number,
  id: string,
): Promise<string> {
  const expires = context.clock.now() + LIFE_MS
  const content = `${organization}.${id}.${expires}`
  const token = `${content}.${await sign(context, content)}`
  return `${context.config.baseUrl}/downloads/failedingest/${token}`
}

export async function checkLink(
  context: Context,
  token: string,
): Promise<{ organization: number; id: string }> {
  const [organization = '', id = '', expires = '', signature = ''] = token.split('.')
  const expected = Buffer.from(await sign(context, `${organization}.${id}.${expires}`))
  const given = Buffer.from(signature)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw new ForbiddenError('This link is not valid. Ask for a new one.', 'LINK_INVALID')
  }
  if (Number(expires) <= context.clock.now()) {
    throw new ForbiddenError('This link has expired. Ask for a new one.', 'LINK_EXPIRED')
  }
  return { organization: Number(organization), id }
}

async function sign({ database }: Context, content: string): Promise<string> {
  const secret = await readInstanceSecret(database.pool)
  return createHmac('sha256', secret).update(`failed-ingest:${content}`).digest('base64url')
}
