/** The configuration workflow, in the order in which each step needs the one before. */
export type Step = {
  key: string
  title: string
  text: string
  act: string
  create: string
  list: string
  /** Anything in this collection means done. */
  collection: string
}

export const steps: Step[] = [
  {
    key: 'product',
    title: 'Product',
    text: 'What you sell.',
    act: 'Create product',
    create: '/products/create',
    list: '/products',
    collection: '/products',
  },
  {
    key: 'meter',
    title: 'Meter',
    text: 'Which usage data you send.',
    act: 'Create meter',
    create: '/metering/meters/create',
    list: '/metering/meters',
    collection: '/meters',
  },
  {
    key: 'aggregation',
    title: 'Aggregation',
    text: 'How usage of a period becomes one number.',
    act: 'Create aggregation',
    create: '/metering/aggregations/create',
    list: '/metering/aggregations',
    collection: '/aggregations',
  },
  {
    key: 'template',
    title: 'Plan template',
    text: 'Currency and rhythm of billing.',
    act: 'Create plan template',
    create: '/pricing/plan-templates/create',
    list: '/pricing/plan-templates',
    collection: '/plantemplates',
  },
  {
    key: 'plan',
    title: 'Plan',
    text: 'What a customer signs up for.',
    act: 'Create plan',
    create: '/pricing/plans/create',
    list: '/pricing/plans',
    collection: '/plans',
  },
  {
    key: 'pricing',
    title: 'Pricing',
    text: 'What each unit costs on the plan.',
    act: 'Open the Pricing editor',
    create: '/pricing/editor',
    list: '/pricing/editor',
    collection: '/pricings',
  },
  {
    key: 'account',
    title: 'Account',
    text: 'A customer who pays.',
    act: 'Create account',
    create: '/accounts/create',
    list: '/accounts',
    collection: '/accounts',
  },
  {
    key: 'attachment',
    title: 'Attached plan',
    text: 'Which plan the customer is on, and since when.',
    act: 'Choose an account',
    create: '/accounts',
    list: '/accounts',
    collection: '/accountplans',
  },
  {
    key: 'usage',
    title: 'Usage',
    text: 'Send a first measurement; the meter page has ready samples.',
    act: 'Open meters',
    create: '/metering/meters',
    list: '/metering/explorer',
    collection: '/usage/query',
  },
  {
    key: 'bill',
    title: 'Bill',
    text: 'Run billing and open what it explains.',
    act: 'Open Bill management',
    create: '/billing/bills',
    list: '/billing/bills',
    collection: '/bills',
  },
]
