/** The PostgreSQL of a process that was killed: ends by itself, after writing out what it holds in memory. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { PostgresStartError } from './start-error.ts'

const PATIENCE_MS = 60_000
const LOOK_AGAIN_MS = 50

/**
 * Whoever calls holds the lock of the data directory, so one that runs here has nobody left to work
 * for. It is told to end, should the one who was to tell it have been killed as well.
 */
export async function untilPredecessorEnded(
  folder: string,
  tell: (sentence: string) => void,
): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (let attempt = 1; ; attempt += 1) {
    const pid = runningServer(folder)
    if (pid === null) return
    if (performance.now() > deadline) {
      throw new PostgresStartError(
        `The PostgreSQL of a server that ended (process ${pid}) still works in ${folder}. Start again when it has ended; if it does not: kill -QUIT ${pid}`,
      )
    }
    if (attempt === 1) {
      tell(
        `The PostgreSQL of a server that ended (process ${pid}) is still ending. Waiting up to ${PATIENCE_MS / 1000} seconds for it.`,
      )
      if (commandOf(pid)?.includes(folder)) interrupt(pid)
    }
    await pause(LOOK_AGAIN_MS)
  }
}

/** A lock file may name a process id that now belongs to another program, as after a container's restart. */
export function removeStaleLock(file: string): void {
  const pid = pidIn(file)
  if (pid !== null && !isPostgres(pid)) rmSync(file, { force: true })
}

function runningServer(folder: string): number | null {
  const pid = pidIn(join(folder, 'postmaster.pid'))
  return pid !== null && pid > 0 && isPostgres(pid) && isAlive(pid) ? pid : null
}

function pidIn(file: string): number | null {
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null
}

function isPostgres(pid: number): boolean {
  // No /proc (macOS): PostgreSQL itself clears a lock whose pid is free.
  return commandOf(pid)?.includes('postgres') ?? !existsSync('/proc/self')
}

function commandOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Sessions are cut off, what is in memory is written out. */
function interrupt(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    // Gone already, or somebody else's.
  }
}
