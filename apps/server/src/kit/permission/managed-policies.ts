/** Policies that every organization has and nobody edits (organization 7.4). */
import { billingTypes } from '@countinghouse/contract/organization/permission-vocabulary.ts'
import type { Statement } from './statement.ts'

export type ManagedPolicy = { key: string; name: string; statements: Statement[] }

const readEverything: Statement = {
  effect: 'allow',
  action: ['config:retrieve', 'measurements:retrieve', 'analytics:query'],
  resource: ['*'],
}

const changeEverything = ['config:create', 'config:retrieve', 'config:update', 'config:delete']

const pricingTypes = [
  'product',
  'meter',
  'meterGroup',
  'aggregation',
  'compoundAggregation',
  'counter',
  'counterPricing',
  'planTemplate',
  'plan',
  'planGroup',
  'planGroupLink',
  'pricing',
  'lookupTable',
  'lookupTableRevision',
]

export const ADMINISTRATOR = 'ADMINISTRATOR'

export const managedPolicies: ManagedPolicy[] = [
  {
    key: ADMINISTRATOR,
    name: 'Administrator',
    statements: [{ effect: 'allow', action: ['*'], resource: ['*'] }],
  },
  { key: 'READ_ONLY', name: 'ReadOnly', statements: [readEverything] },
  {
    key: 'INGEST',
    name: 'Ingest',
    statements: [
      {
        effect: 'allow',
        action: ['measurements:upload', 'measurements:fileupload'],
        resource: ['*'],
      },
    ],
  },
  {
    key: 'BILLING_OPERATOR',
    name: 'Billing operator',
    statements: [
      readEverything,
      {
        effect: 'allow',
        action: [...changeEverything, 'config:export'],
        resource: all(billingTypes),
      },
    ],
  },
  {
    key: 'PRICING_MANAGER',
    name: 'Pricing manager',
    statements: [
      readEverything,
      { effect: 'allow', action: changeEverything, resource: all(pricingTypes) },
    ],
  },
  {
    key: 'SUPPORT',
    name: 'Support',
    statements: [
      readEverything,
      { effect: 'allow', action: ['audit:retrieve'], resource: ['*'] },
      { effect: 'allow', action: ['config:update'], resource: all(['integrationRun', 'event']) },
    ],
  },
]

export function managedPolicy(key: string): ManagedPolicy {
  const found = managedPolicies.find((policy) => policy.key === key)
  if (found === undefined) throw new Error(`There is no managed policy ${key}`)
  return found
}

function all(types: string[]): string[] {
  return types.map((type) => `config:${type}/*`)
}
