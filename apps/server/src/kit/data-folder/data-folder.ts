/** The data directory: made, seen to take what is written, and taken for this process alone. */
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { untilFree } from '../patience.ts'
import { DataFolderInUse } from './lock.ts'

/** Why nothing can be kept there, as a sentence for whoever starts the server. */
export class DataFolderError extends Error {}

/** Enough to ask the disk for room, and gone again at once. */
const PROBE_BYTES = 64 * 1024
const PATIENCE_MS = 10_000
const RETRY_MS = 250

/** Lies in every backup, and in a folder that one is being copied back into until all of it is there. */
export const BACKUP_NOTE = 'backup.json'

/** Before anything is opened there: what cannot work is refused by name. */
export function prepareDataFolder(folder: string): void {
  refuseBackup(folder)
  try {
    makeFolder(folder)
    const probe = join(folder, `writable-${process.pid}`)
    try {
      writeFileSync(probe, Buffer.alloc(PROBE_BYTES), { flush: true })
    } finally {
      rmSync(probe, { force: true })
    }
  } catch (error) {
    throw new DataFolderError(`DATA_DIR is "${folder}", but ${troubleOf(error)}`, { cause: error })
  }
}

/** What is there may lack a part, or is to stay as it is. */
export function refuseBackup(folder: string): void {
  if (!existsSync(join(folder, BACKUP_NOTE))) return
  throw new DataFolderError(
    `DATA_DIR is "${folder}", but there is a backup, or one that was not copied back to its end (${BACKUP_NOTE}). Set DATA_DIR to a folder that does not exist, then: npm run admin -- restore --from <the backup>`,
  )
}

/** Level by level: Node's own `recursive` never ends where no folder can be made, as in /proc. */
export function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory()) return
  if (found !== undefined) throw Object.assign(new Error(folder), { code: 'ENOTDIR' })
  makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

function troubleOf(error: unknown): string {
  const { code = String(error) } = error as { code?: string }
  switch (code) {
    case 'ENOTDIR':
      return 'there is a file. DATA_DIR must be a folder, not a file, and lie in one: name another.'
    case 'ENOSPC':
    case 'EDQUOT':
      return `its disk is full (${code}). Make room there, or set DATA_DIR to a folder on another disk.`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `nothing can be written there (${code}). Make it writable for the user that starts the server, or set DATA_DIR to another folder.`
    default:
      return `no files can be kept there (${code}). Set DATA_DIR to a folder on a disk of this machine.`
  }
}

/**
 * A server that was killed holds on until the system has cleared it away, and one that was told to
 * stop until its work has ended: both are waited for, and only who stays is another one.
 */
export async function whenFree<T>(
  folder: string,
  tell: (sentence: string) => void,
  take: () => Promise<T>,
): Promise<T> {
  const attempt = () =>
    take().catch((error: unknown) => {
      if (error instanceof DataFolderInUse) return null
      throw error
    })
  return untilFree(attempt, {
    waitMs: PATIENCE_MS,
    retryMs: RETRY_MS,
    tell: () =>
      tell(
        `The data directory ${folder} is in use by another Countinghouse. Waiting up to ${PATIENCE_MS / 1000} seconds for it to end.`,
      ),
    refusal: () => new DataFolderInUse(folder),
  })
}
