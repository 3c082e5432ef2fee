/** Every page of the Console, read from its own route files so that none is forgotten. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { World } from './world.ts'

const folder = join(import.meta.dirname, '../../apps/console/src/app/pages')

/** Patterns such as `/products/$id`, by the file of their section. */
export function routePatterns(): { outside: string[]; inside: string[] } {
  const of = (file: string) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/\bpage\(\s*'([^']+)'/g)].map(
      ([, path = '']) => path,
    )
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  return {
    outside: of('session.ts'),
    inside: files.filter((name) => name !== 'session.ts').flatMap(of),
  }
}

/** Whose id stands for `$id` below a path. */
const owners: [below: string, name: keyof World['made']][] = [
  ['/products/', 'product'],
  ['/metering/meters/groups/', 'meterGroup'],
  ['/metering/meters/', 'meter'],
  ['/metering/aggregations/', 'aggregation'],
  ['/metering/compound-aggregations/', 'compound'],
  ['/pricing/plan-templates/', 'template'],
  ['/pricing/plans/', 'plan'],
  ['/pricing/pricings/', 'pricing'],
  ['/accounts/', 'account'],
  ['/billing/bills/', 'bill'],
  ['/billing/jobs/', 'job'],
  ['/settings/access/users/', 'user'],
  ['/settings/access/service-users/', 'program'],
  ['/settings/access/policies/', 'policy'],
]

const picklists: [tab: string, item: keyof World['made']][] = [
  ['currencies', 'currency'],
  ['credit-reasons', 'creditReason'],
  ['debit-reasons', 'debitReason'],
  ['transaction-types', 'transactionType'],
  ['bill-grouping-keys', 'groupingKey'],
]

/** Addresses below the organization that show a pattern with something in it. */
export function addressesOf(pattern: string, made: World['made']): string[] {
  switch (pattern) {
    case '/accounts/$id/$tab':
      return ['plans', 'bills', 'usage', 'activity'].map(
        (tab) => `/accounts/${made.account}/${tab}`,
      )
    case '/settings/organization/$tab':
      return [...picklists.map(([tab]) => tab), 'custom-fields'].map(
        (tab) => `/settings/organization/${tab}`,
      )
    case '/settings/organization/$tab/create':
      return ['currencies', 'bill-grouping-keys'].map(
        (tab) => `/settings/organization/${tab}/create`,
      )
    case '/settings/organization/$tab/$id/edit':
      return picklists
        .slice(0, 2)
        .map(([tab, item]) => `/settings/organization/${tab}/${made[item]}/edit`)
    case '/settings/access/$tab':
      return ['service-users', 'policies'].map((tab) => `/settings/access/${tab}`)
    case '/pricing/pricings/create':
      return [
        `/pricing/pricings/create?planId=${made.plan}`,
        `/pricing/pricings/create?replaces=${made.pricing}`,
      ]
    case '/pricing/editor':
      return [pattern, `/pricing/editor?product=${made.product}&plans=${made.plan}`]
    case '/metering/aggregations/$id':
      return [made.aggregation, made.segmented].map((id) => pattern.replace('$id', id))
    default:
      return [filled(pattern, made)]
  }
}

function filled(pattern: string, made: World['made']): string {
  const owner = owners.find(([below]) => pattern.startsWith(below))
  const address = pattern
    .replace('$attachmentId', made.accountPlan)
    .replace('$id', owner === undefined ? '$id' : made[owner[1]])
  if (address.includes('$'))
    throw new Error(`tests/browser/addresses.ts does not know what ${pattern} shows.`)
  return address
}
