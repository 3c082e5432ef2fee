/**
 * A cold copy of the data directory and the way back. Cold, because PostgreSQL and the measurements
 * must be of one moment, and the package brings no tool that copies them while they change.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { cp, rename, rm } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { type Config, dataFolders } from '../config/config.ts'
import { systemClock } from '../kit/clock.ts'
import {
  BACKUP_NOTE,
  makeFolder,
  prepareDataFolder,
  refuseBackup,
  whenFree,
} from '../kit/data-folder/data-folder.ts'
import { DataFolderInUse, lockDataFolder } from '../kit/data-folder/lock.ts'
import { InvalidInputError } from '../kit/errors.ts'
import { embeddedAddress, isAnswering } from '../kit/postgres/launcher.ts'
import { untilPredecessorEnded } from '../kit/postgres/predecessor.ts'

/** Belong to a running process, not to what is stored. */
const LEFT_OUT = new Set(['socket', 'postmaster.pid', 'postmaster.opts', 'status'])

/** What the note in a backup says of it. */
type Manifest = { format: 1; takenAt: string; files: number; bytes: number }

export async function backUp(config: Config, to: string) {
  refuseOwnStores(config)
  const target = resolve(to)
  if (existsSync(target)) {
    throw new InvalidInputError(`${target} exists already. Name a folder that does not.`)
  }
  if (!existsSync(join(config.dataDir, 'postgres'))) {
    throw new InvalidInputError(`There is nothing to back up in ${config.dataDir} (DATA_DIR).`)
  }
  refuseBackup(config.dataDir)
  if (!relative(resolve(config.dataDir), target).startsWith('..')) {
    throw new InvalidInputError(`${target} lies in what is backed up. Name a folder elsewhere.`)
  }
  const started = performance.now()
  return whileStopped(config, async () => {
    // Copied under another name first: a folder of the wanted name is a complete backup.
    const unfinished = `${target}.unfinished`
    await rm(unfinished, { recursive: true, force: true })
    await copy(config.dataDir, unfinished)
    const manifest: Manifest = {
      format: 1,
      takenAt: new Date(systemClock().now()).toISOString(),
      ...measure(unfinished),
    }
    writeFileSync(join(unfinished, BACKUP_NOTE), `${JSON.stringify(manifest, null, 2)}\n`)
    await rename(unfinished, target)
    return { backup: target, ...manifest, seconds: secondsSince(started) }
  })
}

export async function restore(config: Config, from: string) {
  refuseOwnStores(config)
  const source = resolve(from)
  const manifest = readManifest(source)
  const found = measure(source)
  if (found.files !== manifest.files || found.bytes !== manifest.bytes) {
    throw new InvalidInputError(
      `${source} is not complete: ${found.files} files with ${found.bytes} bytes, but ${manifest.files} with ${manifest.bytes} were written. Copy it again.`,
    )
  }
  if (
    existsSync(config.dataDir) &&
    readdirSync(config.dataDir).some((name) => !LEFT_OUT.has(name))
  ) {
    throw new InvalidInputError(
      `${config.dataDir} (DATA_DIR) is not empty. Move it away first; nothing is overwritten.`,
    )
  }
  prepareDataFolder(config.dataDir)
  const started = performance.now()
  return whileStopped(config, async () => {
    // The note first: a folder that has it is not whole yet, and nothing starts there.
    await cp(join(source, BACKUP_NOTE), join(config.dataDir, BACKUP_NOTE))
    await copy(source, config.dataDir)
    await rm(join(config.dataDir, BACKUP_NOTE))
    return { restored: config.dataDir, ...manifest, seconds: secondsSince(started) }
  })
}

/** For whoever plans how long the server stands still. */
function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10
}

function refuseOwnStores({ databaseUrl, clickhouseUrl }: Config): void {
  if (databaseUrl === null && clickhouseUrl === null) return
  throw new InvalidInputError(
    'DATABASE_URL or CLICKHOUSE_URL is set: back those servers up with their own tools. This command copies the embedded stores only.',
  )
}

async function whileStopped<T>(config: Config, work: () => Promise<T>): Promise<T> {
  if (await isAnswering(embeddedAddress(dataFolders(config).postgres))) {
    throw new DataFolderInUse(config.dataDir)
  }
  const { dataDir } = config
  const lock = await whenFree(dataDir, console.error, () => lockDataFolder(dataDir))
  try {
    await untilPredecessorEnded(dataFolders(config).postgres, console.error)
    return await work()
  } finally {
    await lock.release()
  }
}

async function copy(from: string, to: string): Promise<void> {
  try {
    makeFolder(to)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new InvalidInputError(
      `${to} cannot be made (${code}). Name a folder on a disk that this user may write to.`,
    )
  }
  try {
    await cp(from, to, {
      recursive: true,
      preserveTimestamps: true,
      verbatimSymlinks: true,
      filter: (path) => !LEFT_OUT.has(basename(path)),
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    throw new InvalidInputError(
      `The disk of ${to} is full (ENOSPC), and not all was copied. Make room there, or name a folder on another disk; remove ${to}, then do it again.`,
    )
  }
}

function readManifest(source: string): Manifest {
  const file = join(source, BACKUP_NOTE)
  if (!existsSync(file)) {
    throw new InvalidInputError(`${source} is no backup: it has no ${BACKUP_NOTE}.`)
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest
}

/** Files and bytes, the manifest itself left out. */
function measure(folder: string): { files: number; bytes: number } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== BACKUP_NOTE,
  )
  const bytes = files.reduce(
    (sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size,
    0,
  )
  return { files: files.length, bytes }
}
