/** Which code may touch the environment, the clock and the database. */
import { findAll, isTest, isTypeScript, type Rule } from './rule.ts'

const isProduct = (path: string) =>
  isTypeScript(path) && !isTest(path) && /^(apps|packages)\/[a-z]+\/src\//.test(path)

export const environment: Rule = {
  name: 'environment',
  reason: 'One module reads the environment, so that its variables are checked and documented.',
  check(file) {
    if (!isProduct(file.path) || file.path.startsWith('apps/server/src/config/')) return []
    return findAll(file, /\bprocess\.env\b/g, '$0 outside apps/server/src/config')
  },
}

export const clock: Rule = {
  name: 'clock',
  reason: 'Time is an argument: tests and scenarios move it.',
  check(file) {
    const isServer = /^(apps\/server|packages\/\w+)\/src\//.test(file.path)
    if (!isServer || !isProduct(file.path) || file.path === 'apps/server/src/kit/clock.ts')
      return []
    return findAll(
      file,
      /\bnew Date\(\)|\bDate\.now\b|\bTemporal\.Now\b/g,
      '$0 outside kit/clock.ts; take the instant from the context',
    )
  },
}

const SQL_PLACES = /^apps\/server\/src\/(kit|migrations)\/|\/store\.ts$|\/store\/[a-z-]+\.ts$/

export const sqlInStores: Rule = {
  name: 'sql-in-stores',
  reason: 'Every query filters by organization; that is checked by reading stores alone.',
  check(file) {
    const isArea = file.path.startsWith('apps/server/src/') && isProduct(file.path)
    if (!isArea || SQL_PLACES.test(file.path)) return []
    return findAll(file, /^import (?!type\b)[^;\n]*from 'kysely'/gm, 'SQL outside store.ts')
  },
}
