/** A disk of a few megabytes, in memory, that only the processes started within it see. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export type Disk = {
  /** The folder, for processes within. */
  path: string
  /** Words before a command that let it see the disk. */
  within: string[]
  /** Where this process finds the folder. */
  outside: string
  /** Takes all space, also what becomes free later, as another program on the machine would. */
  fill(): Promise<void>
  /** Gives the space back. */
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
  let filled: Filled | null = null
  const user = isRoot ? [] : ['--user', '--preserve-credentials']
  return {
    path,
    outside,
    within: ['nsenter', '--target', String(keeper.pid), ...user, '--mount', '--'],
    async fill() {
      filled = await takeSpace(ballast)
    },
    async free() {
      await filled?.giveBack()
      filled = null
    },
    async remove() {
      await filled?.giveBack()
      keeper.stdin.end()
      if (keeper.exitCode === null) await once(keeper, 'exit')
      await rm(path, { recursive: true, force: true })
    },
  }
}

type Filled = { giveBack(): Promise<void> }

/** Whoever else works on the disk frees some of it now and then, and is not to have it again. */
async function takeSpace(path: string): Promise<Filled> {
  const file = await open(path, 'a')
  const ended = new AbortController()
  await takeAll(file)
  const holding = (async () => {
    while (!ended.signal.aborted) {
      await pause(HOLD_PAUSE_MS)
      await takeAll(file)
    }
  })()
  return {
    async giveBack() {
      ended.abort()
      await holding
      await file.close()
      await rm(path, { force: true })
    },
  }
}

const HOLD_PAUSE_MS = 5
const CHUNK = Buffer.alloc(256 * 1024)

async function takeAll(file: FileHandle): Promise<void> {
  try {
    for (;;) await file.write(CHUNK)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}

async function refused(keeper: ChildProcess): Promise<never> {
  const [code] = await once(keeper, 'exit')
  throw new Error(`the small disk could not be made (${code})`)
}
