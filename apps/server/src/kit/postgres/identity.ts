/** As whom the PostgreSQL that comes with the package runs. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
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
  const passwd = readFileSync('/etc/passwd', 'utf8')
  const uid = /^nobody:[^:]*:(\d+):/m.exec(passwd)?.[1]
  if (uid === undefined) {
    throw new PostgresStartError(
      'PostgreSQL cannot run as root here: "unshare" is forbidden and there is no user "nobody". Start as an ordinary user, or set DATABASE_URL.',
    )
  }
  return { prefix: [], uid: Number(uid) }
}
