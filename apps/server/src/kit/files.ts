/** Files that people download through short-lived signed links; kept on the local disk. */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { type Clock, systemClock } from './clock.ts'
import { ForbiddenError, NotFoundError } from './errors.ts'

export type StoredFile = { stream: Readable; name: string; bytes: number }

export type FileStore = {
  /** Keeps the content for a day; the key is what `link` takes. */
  put(organizationId: string, content: string | Uint8Array): Promise<string>
  /** An address that works for that long, without signing in. */
  link(key: string, name: string, seconds: number): string
  /** What a link leads to; throws when it is forged, expired or its file is gone. */
  open(
    key: string,
    query: { name: string; expires: string; signature: string },
  ): Promise<StoredFile>
}

const KEPT_MS = 86_400_000
const KEY = /^[0-9a-f-]{36}\/[0-9a-f-]{36}$/

export function localFiles(options: {
  folder: string
  baseUrl: string
  secret: string
  clock: Clock
}): FileStore {
  const { folder, baseUrl, secret, clock } = options
  const sign = (key: string, name: string, expires: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([key, name, expires]))
      .digest('base64url')

  return {
    async put(organizationId, content) {
      await removeOld(folder)
      const key = `${organizationId}/${randomUUID()}`
      await mkdir(join(folder, organizationId), { recursive: true })
      await writeFile(join(folder, key), content)
      return key
    },
    link(key, name, seconds) {
      const expires = String(Math.floor(clock.now() / 1000) + seconds)
      const query = new URLSearchParams({ name, expires, signature: sign(key, name, expires) })
      return `${baseUrl}/files/${key}?${query}`
    },
    async open(key, { name, expires, signature }) {
      const expected = Buffer.from(sign(key, name, expires))
      const given = Buffer.from(signature)
      const isGenuine = given.length === expected.length && timingSafeEqual(given, expected)
      if (!KEY.test(key) || !isGenuine) {
        throw new ForbiddenError('This link is not valid. Ask for a new one.', 'LINK_INVALID')
      }
      if (Number(expires) * 1000 <= clock.now()) {
        throw new ForbiddenError('This link has expired. Ask for a new one.', 'LINK_EXPIRED')
      }
      const path = join(folder, key)
      const found = await stat(path).catch(() => null)
      if (found === null) throw new NotFoundError('This file is no longer kept.')
      return { stream: createReadStream(path), name, bytes: found.size }
    },
  }
}

/** Each process looks after its own disk, whenever it takes more of it. */
async function removeOld(folder: string): Promise<void> {
  const now = systemClock().now()
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    const found = entry.isFile() ? await stat(path).catch(() => null) : null
    if (found !== null && now - found.mtimeMs > KEPT_MS) await rm(path, { force: true })
  }
}
