/**
 * A PostgreSQL folder that is set up and migrated already, copied for each test server: setting one
 * up anew costs more than most test files. Made once for each state of the migrations, and kept with
 * what else is made from the sources.
 */
import { createHash, randomUUID } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { appendFile, cp, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@countinghouse/server/kit/clock.ts'
import { startJobs } from '@countinghouse/server/kit/jobs/jobs.ts'
import { createLog } from '@countinghouse/server/kit/log.ts'
import { openDatabase } from '@countinghouse/server/kit/postgres/database.ts'
import { startPostgres } from '@countinghouse/server/kit/postgres/launcher.ts'
import { migrate } from '@countinghouse/server/kit/postgres/migrate.ts'
import { migrations } from '@countinghouse/server/migrations/index.ts'

/** Test data may be lost in a power cut. */
const FAST = [
  'fsync = off',
  'full_page_writes = off',
  'synchronous_commit = off',
  'max_wal_size = 1GB',
]

const cache = join(import.meta.dirname, '../../node_modules/.cache/countinghouse-tests')
const KEPT_MS = 86_400_000

export async function copyDatabaseTemplate(postgresFolder: string): Promise<void> {
  const state = JSON.stringify([process.getuid?.(), FAST, migrations])
  const key = createHash('sha256').update(state).digest('hex').slice(0, 16)
  const template = join(cache, `postgres-${key}`)
  if (!existsSync(template)) await make(template)
  await cp(template, postgresFolder, { recursive: true, mode: constants.COPYFILE_FICLONE })
}

/** Test files start side by side: each makes its own, and the first to finish is kept. */
async function make(template: string): Promise<void> {
  const workshop = await mkdtemp(join(tmpdir(), 'ch-template-'))
  const folder = join(workshop, 'postgres')
  const log = createLog('error')
  const postgres = await startPostgres(folder, log)
  const database = openDatabase(postgres.address, log)
  await migrate(database.pool, migrations)
  const jobs = await startJobs(database.pool, log)
  await jobs.close()
  await database.close()
  await postgres.stop()
  await rm(join(folder, 'postmaster.opts'), { force: true })
  await appendFile(join(folder, 'postgresql.conf'), `\n${FAST.join('\n')}\n`)
  await mkdir(cache, { recursive: true })
  await removeOutdated()
  // Under another name first: a folder of the wanted name is whole.
  const copy = `${template}-${randomUUID().slice(0, 8)}`
  await cp(folder, copy, { recursive: true })
  await rename(copy, template).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  })
  await rm(copy, { recursive: true, force: true })
  await rm(workshop, { recursive: true, force: true })
}

/** Of former states; another run may be copying one right now, but none of yesterday. */
async function removeOutdated(): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name)
    const made = await stat(path).catch(() => null)
    if (made !== null && systemClock().now() - made.mtimeMs > KEPT_MS) {
      await rm(path, { recursive: true, force: true })
    }
  }
}
