/** What statements come to: for each kind of thing, what may be done to it and which policy says so. */
import type { PermissionStatement } from '@countinghouse/contract/organization/permission-policy.ts'
import { fitting, isOfWhole } from '../../kit/permissions.ts'

/** A statement with the policy it comes from. */
export type Held = PermissionStatement & { from: string }

export const acts = ['see', 'create', 'change', 'delete'] as const
export type Act = (typeof acts)[number]

/** `partly`: single items or groups, or all but these. */
export type Standing = { is: 'allowed' | 'partly' | 'denied' | 'closed'; from: string[] }

type Standings = Record<Act, Standing | null>

type Kind = { title: string; resource: string; actions: Partial<Record<Act, string>> }

export const kinds: Kind[] = [
  entity('Products', 'product'),
  entity('Meters', 'meter'),
  entity('Aggregations', 'aggregation'),
  entity('Compound aggregations', 'compoundAggregation'),
  entity('Plan templates', 'planTemplate'),
  entity('Plans', 'plan'),
  entity('Prices', 'pricing'),
  entity('Accounts', 'account'),
  entity('Attached plans', 'accountPlan'),
  entity('Bills', 'bill'),
  entity('Bill runs', 'billJob'),
  {
    title: 'Measurements',
    resource: 'measurements:measurement',
    actions: { see: 'measurements:retrieve', create: 'measurements:upload' },
  },
  { title: 'Usage queries', resource: 'analytics:usage', actions: { see: 'analytics:query' } },
  {
    title: 'Events',
    resource: 'config:event',
    actions: { see: 'config:retrieve', change: 'config:update' },
  },
  {
    title: 'Organization settings',
    resource: 'config:organizationConfig',
    actions: { see: 'config:retrieve', change: 'config:update' },
  },
  {
    title: 'Users',
    resource: 'config:user',
    actions: { see: 'config:retrieve', change: 'config:update' },
  },
  entity('Service users', 'serviceUser'),
  entity('Permission policies', 'permissionPolicy'),
]

function entity(title: string, type: string): Kind {
  const actions = {
    see: 'config:retrieve',
    create: 'config:create',
    change: 'config:update',
    delete: 'config:delete',
  }
  return { title, resource: `config:${type}`, actions }
}

/** Null where there is no such act. */
export function standingOf(held: Held[], kind: Kind, act: Act): Standing | null {
  const action = kind.actions[act]
  if (action === undefined) return null
  const { allows, denies } = fitting(held, action, kind.resource)
  const barring = denies.filter((each) => isOfWhole(each, kind.resource))
  if (barring.length > 0) return { is: 'denied', from: sourcesOf(barring) }
  if (allows.length === 0) return { is: 'closed', from: [] }
  const isWhole = denies.length === 0 && allows.some((each) => isOfWhole(each, kind.resource))
  return { is: isWhole ? 'allowed' : 'partly', from: sourcesOf([...allows, ...denies]) }
}

/** Kinds of things with which the same may be done for the same reason, in the order of the first of each. */
export function alikeOf(held: Held[]): { titles: string[]; standings: Standings }[] {
  const all = kinds.map((kind) => ({
    title: kind.title,
    standings: {
      see: standingOf(held, kind, 'see'),
      create: standingOf(held, kind, 'create'),
      change: standingOf(held, kind, 'change'),
      delete: standingOf(held, kind, 'delete'),
    },
  }))
  const groups = Map.groupBy(all, ({ standings }) => JSON.stringify(standings))
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike
    return first ? [{ titles: alike.map(({ title }) => title), standings: first.standings }] : []
  })
}

/** The policies that allow everything, where nothing is denied: then there is no more to tell. */
export function everythingFrom(held: Held[]): string[] {
  if (held.some((each) => each.effect === 'deny')) return []
  return sourcesOf(held.filter((each) => each.action.includes('*') && each.resource.includes('*')))
}

function sourcesOf(held: Held[]): string[] {
  return [...new Set(held.map(({ from }) => from))]
}
