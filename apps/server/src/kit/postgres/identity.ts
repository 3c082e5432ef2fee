/** As whom the PostgreSQL that comes with the package runs. */
import { spawnSync } from 'node:child_process'
import { lchownSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PostgresStartError } from './start-error.ts'

export type Identity = { prefix: string[]; uid?: number }

/**
 * PostgreSQL refuses to run as root. In a user namespace it believes to be somebody else while its
 * files stay root's; where namespaces are forbidden it runs as `nobody`, who then owns the files.
 */
export function chooseIdentity(): Identity {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const prefix = ['unshare', '--user', '--map-user=1000', '--map-group=1000']
  const [command = '', ...rest] = prefix
  if (spawnSync(command, [...rest, 'true']).status === 0) return { prefix }
  const uid = nobody()
  if (uid === null) {
    throw new PostgresStartError(
      'PostgreSQL cannot run as root here: "unshare" is forbidden and there is no user "nobody". Start as an ordinary user, or set DATABASE_URL.',
    )
  }
  return { prefix: [], uid }
}

/**
 * A folder that root's database left on a machine of the other kind changes hands. One of an
 * ordinary user stays his: files of root in it would lock him out.
 */
export function takeOver(folder: string, { uid = 0 }: Identity): void {
  if (process.getuid?.() !== 0) return
  const owner = statSync(folder).uid
  if (owner === uid) return
  if (owner !== 0 && owner !== nobody()) {
    throw new PostgresStartError(
      `${folder} belongs to the user with id ${owner}. Start as that user; or, to go on as root: chown -R root "${folder}".`,
    )
  }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    lchownSync(join(entry.parentPath, entry.name), uid, uid)
  }
  // Last, so that a cut leaves the rest to the next start.
  lchownSync(folder, uid, uid)
}

function nobody(): number | null {
  const uid = /^nobody:[^:]*:(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[1]
  return uid === undefined ? null : Number(uid)
}
