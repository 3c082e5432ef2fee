/**
 * One temporary folder for everything that a run of the tests makes: removed at its end, and where
 * the run was killed, by the next one.
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/** With the process that it belongs to. */
const NAME = /^ch-tests-(\d+)-/

/** What Vitest calls before the first test; what it gives back after the last one. */
export function setup(): (() => void) | undefined {
  if (NAME.test(basename(tmpdir()))) return undefined
  const { TMPDIR: before } = process.env
  const folder = makeTemporaryFolder()
  process.env.TMPDIR = folder
  return () => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    remove(folder)
  }
}

export function makeTemporaryFolder(): string {
  // A Mac's own has so long a name that a socket's path would not fit into it.
  const above = process.platform === 'darwin' ? '/tmp' : tmpdir()
  for (const name of readdirSync(above)) {
    const pid = NAME.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) remove(join(above, name))
  }
  const folder = mkdtempSync(join(above, `ch-tests-${process.pid}-`))
  // Some tests let other users work there, as in the system's own.
  chmodSync(folder, 0o1777)
  return folder
}

/** What a killed run has left may still be written to, or be another user's. */
export function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  } catch (error) {
    console.error(
      `${folder} could not be removed: ${error instanceof Error ? error.message : error}`,
    )
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
