/** Where the embedded PostgreSQL listens: beside its data, or where the path is too long for that, in a temporary folder. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync, utimesSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { systemClock } from '../clock.ts'

/** A Unix socket's path may have 107 bytes; its name takes 19 of them. */
const SOCKET_FOLDER_BYTES_MAX = 85
const SOCKET = '.s.PGSQL.5432'
export const SOCKET_LOCK = `${SOCKET}.lock`
const ELSEWHERE = /^countinghouse-[0-9a-f]{12}$/
/** A server that begins has its folder before it listens there. */
const BEGINNING_MS = 60_000

export function socketFolderOf(folder: string): string {
  const near = join(folder, '..', 'socket')
  if (Buffer.byteLength(near) <= SOCKET_FOLDER_BYTES_MAX) return near
  const key = createHash('sha256').update(folder).digest('hex').slice(0, 12)
  return join(tmpdir(), `countinghouse-${key}`)
}

/** As new, also where it was there already: nobody is to take it for one that was left behind. */
export function makeSocketFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const now = systemClock().now() / 1000
  utimesSync(path, now, now)
}

/** At the end; one beside the data stays with it. */
export function leaveSocketFolder(path: string): void {
  if (isElsewhere(path)) remove(path)
}

/** Temporary folders of servers that were killed, with nobody listening in them. */
export async function tidySocketFolders(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const path = join(tmpdir(), name)
    if (isElsewhere(path) && isOld(path) && !(await isListening(path))) remove(path)
  }
}

function isElsewhere(path: string): boolean {
  return dirname(path) === tmpdir() && ELSEWHERE.test(basename(path))
}

function isOld(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found?.isDirectory() === true && systemClock().now() - found.mtimeMs > BEGINNING_MS
}

async function isListening(path: string): Promise<boolean> {
  const socket = connect(join(path, SOCKET))
  try {
    await once(socket, 'connect')
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code !== 'ENOENT' && code !== 'ECONNREFUSED'
  } finally {
    socket.destroy()
  }
}

/** Only what a server makes there; a folder with anything else in it, or of somebody else, stays. */
function remove(path: string): void {
  try {
    for (const name of [SOCKET, SOCKET_LOCK]) rmSync(join(path, name), { force: true })
    rmdirSync(path)
  } catch {
    // Somebody else's.
  }
}
