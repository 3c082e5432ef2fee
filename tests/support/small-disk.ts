/** A disk of a few megabytes, in memory, that only the processes started within it see. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { open, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Disk = {
  /** The folder, for processes within. */
  path: string
  /** Words before a command that let it see the disk. */
  within: string[]
  /** Where this process finds the folder. */
  outside: string
  /** Takes all free space but so many bytes, as another program on the machine would. */
  fill(left: number): Promise<void>
  free(): Promise<void>
  remove(): Promise<void>
}

const isRoot = process.getuid?.() === 0
const UNSHARE = ['unshare', ...(isRoot ? [] : ['--user', '--map-root-user']), '--mount']

/** Why this machine lets nobody mount a disk for a test; null when it does. */
export function smallDiskTrouble(): string | null {
  const [command = '', ...words] = [...UNSHARE, 'mount', '-t', 'tmpfs', 'small', tmpdir()]
  const { status, stderr, error } = spawnSync(command, words, { encoding: 'utf8' })
  if (status === 0) return null
  return `a small disk cannot be mounted here (${(error?.message ?? stderr).trim()})`
}

export async function makeSmallDisk(megabytes: number): Promise<Disk> {
  const path = mkdtempSync(join(tmpdir(), 'ch-disk-'))
  const script = `mount -t tmpfs -o size=${megabytes}m,mode=755 small "$0" && echo ready && exec cat`
  const [command = '', ...words] = [...UNSHARE, 'sh', '-c', script, path]
  // Keeps the disk, and ends with the pipe to us, however our process ends.
  const keeper = spawn(command, words, { stdio: ['pipe', 'pipe', 'inherit'] })
  await Promise.race([once(keeper.stdout, 'data'), refused(keeper)])
  const outside = `/proc/${keeper.pid}/root${path}`
  const ballast = join(outside, 'of-another-program')
  const user = isRoot ? [] : ['--user', '--preserve-credentials']
  return {
    path,
    outside,
    within: ['nsenter', '--target', String(keeper.pid), ...user, '--mount', '--'],
    async fill(left) {
      const { bavail, bsize } = await statfs(outside)
      const file = await open(ballast, 'a')
      const chunk = Buffer.alloc(256 * 1024)
      for (let rest = bavail * bsize - left; rest > 0; rest -= chunk.length) {
        await file.write(chunk, 0, Math.min(rest, chunk.length))
      }
      await file.close()
    },
    free: () => rm(ballast, { force: true }),
    async remove() {
      keeper.stdin.end()
      if (keeper.exitCode === null) await once(keeper, 'exit')
      await rm(path, { recursive: true, force: true })
    },
  }
}

async function refused(keeper: ChildProcess): Promise<never> {
  const [code] = await once(keeper, 'exit')
  throw new Error(`the small disk could not be made (${code})`)
}
