/** Permission statements: reading them in either spelling, and what makes one valid (organization 7). */
import {
  billingTypes,
  permissionActions,
  permissionResourceTypes,
} from '@countinghouse/contract/organization/permission-vocabulary.ts'
import type { Problem } from '../errors.ts'

export type Statement = { effect: 'allow' | 'deny'; action: string[]; resource: string[] }

/** A statement as a client may send it: `ALLOW`, `CONFIG_CREATE`, `config:create`, any case. */
export type SentStatement = { effect: string; action: string[]; resource: string[] }

/** The one spelling in which statements are stored and answered: lower case, with colons. */
export function normalizeStatement(sent: SentStatement): Statement {
  return {
    effect: sent.effect.toLowerCase() === 'deny' ? 'deny' : 'allow',
    action: unique(sent.action.map(normalizeAction)),
    resource: unique(sent.resource.map(normalizeResource)),
  }
}

/** Everything wrong with a list of statements; `field` is where the list stands in the body. */
export function statementProblems(sent: SentStatement[], field: string): Problem[] {
  return sent.flatMap((statement, index) => {
    const place = `${field}[${index}]`
    return [
      ...effectProblems(statement.effect, `${place}.effect`),
      ...statement.action.flatMap((action, at) => actionProblems(action, `${place}.action[${at}]`)),
      ...statement.resource.flatMap((resource, at) =>
        resourceProblems(resource, `${place}.resource[${at}]`),
      ),
    ]
  })
}

const actions = new Set<string>(permissionActions)
const typesByName = new Map(permissionResourceTypes.map((type) => [type.toLowerCase(), type]))
const services = unique(permissionResourceTypes.map((type) => type.split(':')[0] ?? ''))

/** Other words for the same type; billing types may be written with their own service. */
const aliases = new Map([
  ['config:prepayment', 'config:commitment'],
  ['config:orguser', 'config:user'],
  ...billingTypes.map((type) => [`billing:${type.toLowerCase()}`, `config:${type}`] as const),
])

function normalizeAction(sent: string): string {
  const action = sent.trim().toLowerCase()
  if (action === 'all' || action === '*') return '*'
  if (actions.has(action)) return action
  const parts = action.split('_')
  const verb = parts.pop() ?? ''
  return parts.length === 0 ? action : `${parts.join('')}:${verb}`
}

function normalizeResource(sent: string): string {
  const resource = sent.trim()
  if (resource === '*' || resource.toLowerCase() === 'all') return '*'
  const [type = '', ...tail] = resource.split('/')
  const named = type.toLowerCase()
  const canonical = aliases.get(named) ?? typesByName.get(named) ?? named
  if (canonical.endsWith(':*')) return canonical
  return tail.length === 0 ? `${canonical}/*` : [canonical, ...tail].join('/')
}

function effectProblems(effect: string, field: string): Problem[] {
  if (['allow', 'deny'].includes(effect.toLowerCase())) return []
  return [{ field, message: `"${effect}" is no effect. Use allow or deny.` }]
}

function actionProblems(sent: string, field: string): Problem[] {
  if (actions.has(normalizeAction(sent))) return []
  const message = `"${sent}" is no action. Use one of ${permissionActions.join(', ')}.`
  return [{ field, message }]
}

function resourceProblems(sent: string, field: string): Problem[] {
  const resource = normalizeResource(sent)
  if (resource === '*') return []
  const [type = '', kind, id, ...rest] = resource.split('/')
  if (type.endsWith(':*') && services.includes(type.slice(0, -2))) return []
  if (!typesByName.has(type.toLowerCase())) {
    const valid = permissionResourceTypes.join(', ')
    return [{ field, message: `"${sent}" names no resource type. Valid types: ${valid}.` }]
  }
  if (kind === 'group') {
    const message = 'Groups of resources are not available yet. Name the items, or all with /*.'
    return [{ field, message }]
  }
  const isWhole = kind === '*' && id === undefined
  const isItem = kind === 'item' && id !== undefined && id !== '' && rest.length === 0
  if (isWhole || isItem) return []
  return [{ field, message: `"${sent}" must look like ${type}/* or ${type}/item/<id>.` }]
}

function unique(values: string[]): string[] {
  return [...new Set(values)]
}
