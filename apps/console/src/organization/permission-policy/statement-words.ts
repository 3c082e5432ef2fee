/** Statements in words: "May retrieve and update all meters". */
import type { PermissionStatement } from '@countinghouse/contract/organization/permission-policy.ts'

export function isAllow(statement: Pick<PermissionStatement, 'effect'>): boolean {
  return statement.effect.toLowerCase() === 'allow'
}

export function actionWords(actions: string[]): string {
  if (actions.includes('*')) return 'do everything'
  return joined(actions.map(oneAction))
}

const named: Record<string, string> = {
  'config:*': 'set up and read everything',
  'measurements:upload': 'send measurements',
  'measurements:fileupload': 'send files of measurements',
  'measurements:retrieve': 'read measurements',
  'measurements:export': 'export measurements',
  'analytics:query': 'query usage',
  'audit:retrieve': 'read the audit log',
  'exports:download': 'download exports',
}

function oneAction(action: string): string {
  return named[action] ?? action.replace(/^config:/, '').replace(':', ' ')
}

export function resourceWords(resources: string[]): string {
  if (resources.includes('*')) return 'everything'
  return joined(resources.map(oneResource))
}

/** `config:meter/*`, `config:meter/item/<id>`, `config:meter/group/<id>`. */
function oneResource(resource: string): string {
  const [type = '', kind = '*', id] = resource.split('/')
  const name = type
    .replace(/^[a-z]+:/, '')
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase()
  if (type.endsWith('*')) return `everything of ${type.split(':')[0]}`
  if (kind === 'item') return `the ${name} ${id}`
  if (kind === 'group') return `the ${name}s of group ${id}`
  return `all ${name}${/s$/.test(name) ? '' : 's'}`
}

function joined(parts: string[]): string {
  if (parts.length < 2) return parts[0] ?? ''
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
