/** Plan templates, plans and their prices. */
import { type Calendar, dayAfter, midnightText, monthBack } from './calendar.ts'
import { GPU_KINDS, MODEL_WEIGHT } from './catalogue.ts'
import { ref, type Step, step } from './step.ts'

/** Lower limit, fixed price, unit price. */
type Band = [lowerLimit: number, fixedPrice: number, unitPrice: number]

type Priced = {
  plan?: string
  template?: string
  aggregation?: string
  compound?: string
  segment?: Record<string, string>
  cumulative: boolean
  bands: Band[]
  from: string
  until?: string
}

export function templatesAndPlans(): Step[] {
  return [...templates(), ...plans()]
}

function templates(): Step[] {
  const monthly = { billFrequency: 'MONTHLY', billFrequencyInterval: 1 }
  return [
    step('/plantemplates', {
      code: 'api-monthly',
      name: 'API, monthly',
      productId: ref('/products', 'api-tokens'),
      currency: 'USD',
      standingCharge: 0,
      standingChargeDescription: 'Platform fee',
      ...monthly,
    }),
    step('/plantemplates', {
      code: 'storage-monthly',
      name: 'Vector storage, monthly',
      productId: ref('/products', 'vector-storage'),
      currency: 'EUR',
      standingCharge: 0,
      ...monthly,
    }),
    step('/plantemplates', {
      code: 'training-monthly',
      name: 'Training, monthly',
      productId: ref('/products', 'training'),
      currency: 'USD',
      standingCharge: 0,
      ...monthly,
    }),
  ]
}

const plan = (template: string, code: string, name: string, rest: Record<string, unknown> = {}) =>
  step('/plans', { code, name, planTemplateId: ref('/plantemplates', template), ...rest })

function plans(): Step[] {
  return [
    plan('api-monthly', 'developer', 'Developer'),
    plan('api-monthly', 'team', 'Team', {
      standingCharge: 49,
      minimumSpend: 100,
      minimumSpendDescription: 'Team minimum',
    }),
    plan('api-monthly', 'enterprise', 'Enterprise', {
      standingCharge: 1500,
      standingChargeDescription: 'Enterprise platform fee',
      standingChargeBillInAdvance: true,
      minimumSpend: 2000,
      minimumSpendDescription: 'Enterprise minimum',
      minimumSpendBillInAdvance: true,
    }),
    plan('storage-monthly', 'storage-starter', 'Storage Starter'),
    plan('storage-monthly', 'storage-scale', 'Storage Scale', {
      standingCharge: 120,
      standingChargeDescription: 'Storage base fee',
    }),
    plan('training-monthly', 'training-on-demand', 'Training on demand'),
    plan('training-monthly', 'training-reserved', 'Training reserved', {
      standingCharge: 900,
      standingChargeDescription: 'Reserved capacity',
      minimumSpend: 4000,
      minimumSpendDescription: 'Reserved minimum',
    }),
  ]
}

/** A plan made for one account only, so it comes after the accounts. */
export function bespokePlan(account: string, accountName: string): Step {
  return plan('api-monthly', `bespoke-${account}`, `${accountName} agreement`, {
    bespoke: true,
    accountId: ref('/accounts', account),
    standingCharge: 6000,
    standingChargeDescription: 'Dedicated capacity and named engineer',
    minimumSpend: 12_000,
    minimumSpendDescription: 'Committed monthly volume',
  })
}

export function pricings(calendar: Calendar, bespokeAccount: string): Step[] {
  const start = calendar.months[0]?.start ?? calendar.today
  const from = midnightText(start)
  return [
    ...tokenPrices(from, `bespoke-${bespokeAccount}`),
    ...storagePrices(from),
    ...trainingPrices(from, priceCutDay(calendar)),
  ]
}

/** The large GPU became cheaper in the middle of the last billed month. */
function priceCutDay(calendar: Calendar): string {
  return midnightText(dayAfter(monthBack(calendar, 1).start, 14))
}

function tokenPrices(from: string, bespoke: string): Step[] {
  const inputPrice = { wren: 0.2, heron: 0.9, condor: 3.6, '*': 1.2 }
  const outputPrice = { wren: 0.75, heron: 3.4, condor: 13.5, '*': 4.5 }
  const models = [...Object.keys(MODEL_WEIGHT), '*'] as (keyof typeof inputPrice)[]
  const perModel = (aggregation: string, prices: typeof inputPrice) =>
    models.map((model) =>
      pricing({
        plan: 'enterprise',
        aggregation,
        segment: { model },
        cumulative: false,
        bands: [
          [0, 0, prices[model]],
          [2000, 0, rounded(prices[model] * 0.85)],
        ],
        from,
      }),
    )
  return [
    pricing({
      plan: 'developer',
      aggregation: 'token_credits',
      cumulative: true,
      bands: [
        [0, 0, 1.25],
        [50, 0, 1.1],
        [500, 0, 0.95],
      ],
      from,
    }),
    pricing({
      plan: 'team',
      compound: 'billable_credits',
      cumulative: true,
      bands: [
        [0, 0, 1.05],
        [250, 0, 0.9],
        [2500, 0, 0.78],
      ],
      from,
    }),
    ...perModel('prompt_tokens', inputPrice),
    ...perModel('completion_tokens', outputPrice),
    pricing({
      plan: bespoke,
      compound: 'billable_credits',
      cumulative: true,
      bands: [
        [0, 0, 0.62],
        [20_000, 0, 0.55],
        [60_000, 0, 0.48],
      ],
      from,
    }),
    pricing({
      plan: bespoke,
      aggregation: 'requests',
      cumulative: true,
      bands: [
        [0, 250, 0],
        [5000, 0, 0.04],
      ],
      from,
    }),
  ]
}

function storagePrices(from: string): Step[] {
  return [
    pricing({
      plan: 'storage-starter',
      aggregation: 'stored_peak',
      cumulative: false,
      bands: [
        [0, 0, 0],
        [5, 9, 0],
        [25, 29, 0],
        [100, 89, 0],
        [500, 249, 0],
      ],
      from,
    }),
    pricing({
      plan: 'storage-scale',
      aggregation: 'stored_mean',
      cumulative: false,
      bands: [
        [0, 0, 0.34],
        [500, 0, 0.29],
        [5000, 0, 0.24],
      ],
      from,
    }),
    pricing({
      template: 'storage-monthly',
      aggregation: 'vector_queries',
      cumulative: true,
      bands: [
        [0, 0, 0],
        [100, 0, 0.012],
        [10_000, 0, 0.009],
      ],
      from,
    }),
  ]
}

function trainingPrices(from: string, cut: string): Step[] {
  const price = { 'ember-24': 0.95, 'ember-80': 2.8, 'ember-80x8': 21.5, '*': 3 }
  const gpus = [...GPU_KINDS, '*'] as const
  return gpus.flatMap((gpu) => {
    const priced = { template: 'training-monthly', aggregation: 'gpu_hours', segment: { gpu } }
    const bands = (unitPrice: number): Band[] => [
      [0, 0, unitPrice],
      [400, 0, rounded(unitPrice * 0.9)],
    ]
    if (gpu !== 'ember-80') {
      return [pricing({ ...priced, cumulative: true, bands: bands(price[gpu]), from })]
    }
    return [
      pricing({ ...priced, cumulative: true, bands: bands(price[gpu]), from, until: cut }),
      pricing({ ...priced, cumulative: true, bands: bands(2.35), from: cut }),
    ]
  })
}

function pricing(of: Priced): Step {
  const owner = of.plan ?? of.template ?? ''
  const segment = of.segment ? Object.values(of.segment).join('-') : ''
  const parts = [owner, of.aggregation ?? of.compound ?? '', segment, of.from.slice(0, 10)]
  return step('/pricings', {
    code: parts.filter((part) => part !== '').join('.'),
    ...(of.plan ? { planId: ref('/plans', of.plan) } : {}),
    ...(of.template ? { planTemplateId: ref('/plantemplates', of.template) } : {}),
    ...(of.aggregation ? { aggregationId: ref('/aggregations', of.aggregation) } : {}),
    ...(of.compound ? { compoundAggregationId: ref('/compoundaggregations', of.compound) } : {}),
    ...(of.segment ? { segment: of.segment } : {}),
    type: 'DEBIT',
    cumulative: of.cumulative,
    tiersSpanPlan: false,
    pricingBands: of.bands.map(([lowerLimit, fixedPrice, unitPrice]) => ({
      lowerLimit,
      fixedPrice,
      unitPrice,
    })),
    startDate: of.from,
    ...(of.until ? { endDate: of.until } : {}),
  })
}

/** Prices are written with four decimals, not with what a double makes of a discount. */
function rounded(price: number): number {
  return Number(price.toFixed(4))
}
