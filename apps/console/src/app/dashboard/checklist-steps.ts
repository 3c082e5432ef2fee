/** The configuration workflow, in the order in which each step needs the one before. */
export type Step = {
  key: string
  title: string
  text: string
  act: string
  /** Where it is done, with what was made before filled in. */
  create: (made: Made) => string
  list: string
  /** Anything in this collection means done. */
  collection: string
}

/** The newest of each step that is done: its id, by the key of the step. */
export type Made = Readonly<Partial<Record<string, string>>>

export const steps: Step[] = [
  {
    key: 'product',
    title: 'Product',
    text: 'What you sell.',
    act: 'Create product',
    create: () => '/products/create',
    list: '/products',
    collection: '/products',
  },
  {
    key: 'meter',
    title: 'Meter',
    text: 'Which usage data you send.',
    act: 'Create meter',
    create: ({ product }) => withOwner('/metering/meters/create', 'productId', product),
    list: '/metering/meters',
    collection: '/meters',
  },
  {
    key: 'aggregation',
    title: 'Aggregation',
    text: 'How usage of a period becomes one number.',
    act: 'Create aggregation',
    create: ({ meter }) => withOwner('/metering/aggregations/create', 'meterId', meter),
    list: '/metering/aggregations',
    collection: '/aggregations',
  },
  {
    key: 'template',
    title: 'Plan template',
    text: 'Currency and rhythm of billing.',
    act: 'Create plan template',
    create: ({ product }) => withOwner('/pricing/plan-templates/create', 'productId', product),
    list: '/pricing/plan-templates',
    collection: '/plantemplates',
  },
  {
    key: 'plan',
    title: 'Plan',
    text: 'What a customer signs up for.',
    act: 'Create plan',
    create: ({ template }) => withOwner('/pricing/plans/create', 'planTemplateId', template),
    list: '/pricing/plans',
    collection: '/plans',
  },
  {
    key: 'pricing',
    title: 'Pricing',
    text: 'What each unit costs on the plan.',
    act: 'Add a price',
    create: ({ plan }) =>
      plan ? withOwner('/pricing/pricings/create', 'planId', plan) : '/pricing/editor',
    list: '/pricing/editor',
    collection: '/pricings',
  },
  {
    key: 'account',
    title: 'Account',
    text: 'A customer who pays.',
    act: 'Create account',
    create: () => '/accounts/create',
    list: '/accounts',
    collection: '/accounts',
  },
  {
    key: 'attachment',
    title: 'Attached plan',
    text: 'Which plan the customer is on, and since when.',
    act: 'Attach a plan',
    create: ({ account }) => (account ? `/accounts/${account}/plans/attach` : '/accounts'),
    list: '/accounts',
    collection: '/accountplans',
  },
  {
    key: 'usage',
    title: 'Usage',
    text: 'Send a first measurement; the meter page has a form and ready samples.',
    act: 'Open the meter',
    create: ({ meter }) => (meter ? `/metering/meters/${meter}` : '/metering/meters'),
    list: '/metering/explorer',
    collection: '/usage/query',
  },
  {
    key: 'bill',
    title: 'Bill',
    text: 'Run billing and open what it explains.',
    act: 'Open Bill management',
    create: () => '/billing/bills',
    list: '/billing/bills',
    collection: '/bills',
  },
]

function withOwner(path: string, name: string, id: string | undefined): string {
  return id ? `${path}?${name}=${id}` : path
}

/** The first step that is still to do. */
export function nextStep(made: Made): Step | undefined {
  return steps.find((step) => made[step.key] === undefined)
}
