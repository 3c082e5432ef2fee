/**
 * The worked examples of pricing and billing as data. Lines are `TYPE subtotal`; read an example to
 * its end before changing a number in it.
 */
import type { Priced, Usage, World } from '../../support/billing-world.ts'
import type { Json } from '../../support/server.ts'

export type BillingCase = {
  id: string
  world: World
  usage?: Usage[]
  /** One bill after the other, each for the period that ends with its last day. */
  bills: {
    lastDay: string
    /** Null: no bill. */
    lines: string[] | null
    total?: number
    bill?: Json
    /** What stands in the lines beyond type and subtotal, in their order. */
    lineFields?: Json[]
  }[]
}

/** Epochs of the pricing examples. */
const epochs2024 = {
  yearEpoch: '2024-01-01',
  monthEpoch: '2024-01-01',
  weekEpoch: '2024-01-01',
  dayEpoch: '2024-01-01',
}

const tiered: [number, number, number][] = [
  [0, 0, 0.15],
  [500, 0, 0.1],
]
const stairstep: [number, number, number][] = [
  [0, 12, 0],
  [4, 25, 0],
  [6, 50, 0],
]
const segments = [
  { location: 'China', type: 'Standard' },
  { location: 'China', type: 'Extended' },
  { location: 'USA', type: 'Extended' },
  { location: 'USA', type: 'Complete' },
  { location: 'UK', type: 'Standard' },
  { location: 'UK', type: 'Complete' },
]
const wildcards = [
  { location: 'UK', type: 'Standard' },
  { location: 'UK', type: '*' },
  { location: '*', type: '*' },
]

function segmented(all: Record<string, string>[], prices: number[]): Priced[] {
  return all.map((segment, position) => ({
    name: 'checks',
    aggregation: { segmentedFields: ['location', 'type'], segments: all },
    segment,
    bands: [[0, 0, prices[position] ?? 0]],
  }))
}

const sum = (unitPrice: number): Priced[] => [
  { name: 'qty', bands: [[0, 0, unitPrice]], pricing: { cumulative: true } },
]

const spanning = (tiersSpanPlan: boolean): World => ({
  configuration: epochs2024,
  pricings: [
    {
      name: 'calls',
      bands: [
        [0, 0, 1],
        [1000, 0, 0.8],
        [3000, 0, 0.5],
      ],
      pricing: { cumulative: true, tiersSpanPlan },
    },
  ],
})
const threeMonths: Usage[] = [
  ['2024-01-10', { calls: 700 }],
  ['2024-02-10', { calls: 900 }],
  ['2024-03-10', { calls: 2000 }],
]

const quarterly = (charge: Json): World => ({
  template: { billFrequencyInterval: 3, ...charge },
  accountPlan: { startDate: '2023-01-01T00:00:00Z', endDate: '2024-01-01T00:00:00Z' },
})
const quarters = ['2023-03-31', '2023-06-30', '2023-09-30', '2023-12-31']
const byQuarter = (amounts: number[]): BillingCase['bills'] =>
  quarters.map((lastDay, position) => {
    const amount = amounts[position] ?? 0
    return { lastDay, lines: amount === 0 ? [] : [`STANDING_CHARGE ${amount}`], total: amount }
  })

export const pricingCases: BillingCase[] = [
  {
    id: 'S04 a whole bill',
    world: {
      configuration: epochs2024,
      template: { standingCharge: 20 },
      pricings: [
        { name: 'gigabytes', bands: tiered, pricing: { cumulative: true } },
        { name: 'files', bands: [[0, 0, 0.5]] },
        { name: 'seconds', method: 'MAX', bands: stairstep },
      ],
    },
    usage: [['2024-06-10', { gigabytes: 620, files: 140, seconds: 4.8 }]],
    bills: [
      {
        lastDay: '2024-06-30',
        lines: ['STANDING_CHARGE 20', 'USAGE 87', 'USAGE 70', 'USAGE 25'],
        total: 202,
        lineFields: [{ units: 1 }, { units: 620 }, { units: 140 }, { units: 4.8 }],
      },
    ],
  },
  {
    id: 'S02 the bands of a tiered price',
    world: { pricings: [{ name: 'gigabytes', bands: tiered, pricing: { cumulative: true } }] },
    usage: [['2024-06-10', { gigabytes: 620 }]],
    bills: [
      {
        lastDay: '2024-06-30',
        lines: ['USAGE 87'],
        lineFields: [
          {
            usagePerPricingBand: [
              { lowerLimit: 0, bandUnits: 500, bandSubtotal: 75 },
              { lowerLimit: 500, bandUnits: 120, bandSubtotal: 12 },
            ],
          },
        ],
      },
    ],
  },
  {
    id: 'S08 quantity per unit and rounding',
    world: {
      pricings: [
        {
          name: 'bytes',
          aggregation: { quantityPerUnit: 500, rounding: 'UP' },
          bands: [[0, 0, 0.25]],
        },
      ],
    },
    usage: [['2024-06-10', { bytes: 48_900 }]],
    bills: [
      {
        lastDay: '2024-06-30',
        lines: ['USAGE 24.5'],
        lineFields: [{ quantity: 48_900, units: 98, averageUnitPrice: 0.25 }],
      },
    ],
  },
  {
    id: 'S09 segmented pricing',
    world: { pricings: segmented(segments, [0.2, 0.4, 0.5, 0.7, 0.5, 0.8]) },
    usage: segments.map((where, position) => [
      '2024-06-10',
      { checks: [40, 25, 30, 10, 16, 5][position] ?? 0 },
      where,
    ]),
    bills: [
      {
        lastDay: '2024-06-30',
        lines: ['USAGE 8', 'USAGE 10', 'USAGE 15', 'USAGE 7', 'USAGE 8', 'USAGE 4'],
        total: 52,
        lineFields: segments.map((segment) => ({
          segment,
          description: `checks (${segment.location}, ${segment.type})`,
        })),
      },
    ],
  },
  {
    id: 'S10 segment wildcards: the most specific wins',
    world: { pricings: segmented(wildcards, [0.5, 0.65, 0.9]) },
    usage: [
      ['2024-06-10', { checks: 10 }, { location: 'UK', type: 'Standard' }],
      ['2024-06-10', { checks: 4 }, { location: 'UK', type: 'Complete' }],
      ['2024-06-10', { checks: 3 }, { location: 'UK', type: 'Extended' }],
      ['2024-06-10', { checks: 9 }, { location: 'France', type: 'Standard' }],
    ],
    bills: [
      {
        lastDay: '2024-06-30',
        lines: ['USAGE 5', 'USAGE 4.55', 'USAGE 8.1'],
        total: 17.65,
        lineFields: [10, 7, 9].map((units, position) => ({ units, segment: wildcards[position] })),
      },
    ],
  },
  {
    id: 'S11 tiers that span the plan',
    world: spanning(true),
    usage: threeMonths,
    bills: [
      { lastDay: '2024-01-31', lines: ['USAGE 700'], total: 700, lineFields: [{ units: 700 }] },
      { lastDay: '2024-02-29', lines: ['USAGE 780'], total: 780, lineFields: [{ units: 900 }] },
      { lastDay: '2024-03-31', lines: ['USAGE 1420'], total: 1420, lineFields: [{ units: 2000 }] },
    ],
  },
  {
    id: 'S11 tiers that start again with each bill',
    world: spanning(false),
    usage: threeMonths,
    bills: [
      { lastDay: '2024-01-31', lines: ['USAGE 700'] },
      { lastDay: '2024-02-29', lines: ['USAGE 900'] },
      { lastDay: '2024-03-31', lines: ['USAGE 1800'] },
    ],
  },
  {
    id: 'S12 a price that changes inside a billing period',
    world: {
      pricings: [
        {
          name: 'calls',
          bands: [
            [0, 0, 0.1],
            [100, 0, 0.08],
          ],
          pricing: { cumulative: true, endDate: '2024-06-16T00:00:00Z' },
        },
        {
          name: 'calls',
          bands: [
            [0, 0, 0.12],
            [100, 0, 0.09],
          ],
          pricing: { cumulative: true, startDate: '2024-06-16T00:00:00Z' },
        },
      ],
    },
    usage: [
      ['2024-06-10', { calls: 150 }],
      ['2024-06-16T00:00:00Z', { calls: 30 }],
      ['2024-06-20', { calls: 100 }],
    ],
    bills: [
      {
        lastDay: '2024-06-30',
        lines: ['USAGE 14', 'USAGE 14.7'],
        total: 28.7,
        lineFields: [
          {
            units: 150,
            servicePeriodStartDate: '2024-06-01T00:00:00Z',
            servicePeriodEndDate: '2024-06-16T00:00:00Z',
          },
          {
            units: 130,
            servicePeriodStartDate: '2024-06-16T00:00:00Z',
            servicePeriodEndDate: '2024-07-01T00:00:00Z',
          },
        ],
      },
    ],
  },
  {
    id: 'S13 a product credit is cut to the charges of the product',
    world: {
      pricings: [
        { name: 'calls', bands: [[0, 0, 0.3]] },
        { name: 'downtime', bands: [[0, 0, 1]], pricing: { type: 'PRODUCT_CREDIT' } },
      ],
    },
    usage: [['2024-06-10', { calls: 100, downtime: 50 }]],
    bills: [
      {
        lastDay: '2024-06-30',
        lines: ['USAGE 30', 'USAGE_CREDIT -30'],
        total: 0,
        lineFields: [{ units: 100 }, { units: 50 }],
      },
    ],
  },
  {
    id: 'S14 minimum spend on a pricing',
    world: { pricings: [{ name: 'calls', bands: [[0, 0, 0.5]], pricing: { minimumSpend: 100 } }] },
    usage: [
      ['2024-06-10', { calls: 80 }],
      ['2024-05-10', { calls: 240 }],
    ],
    bills: [
      {
        lastDay: '2024-06-30',
        lines: ['USAGE 40', 'MINIMUM_SPEND 60'],
        total: 100,
        lineFields: [{}, { units: 1, description: 'calls Minimum Spend Adjustment' }],
      },
      { lastDay: '2024-05-31', lines: ['USAGE 120'], total: 120 },
    ],
  },
  {
    id: 'S28 currency conversion',
    world: {
      currencies: ['GBP'],
      configuration: { currencyConversions: [{ from: 'GBP', to: 'USD', multiplier: 1.27 }] },
      template: { currency: 'GBP' },
      pricings: [{ name: 'calls', bands: [[0, 0, 0.07]] }],
    },
    usage: [['2024-06-10', { calls: 333 }]],
    bills: [
      {
        lastDay: '2024-06-30',
        lines: ['USAGE 23.31'],
        total: 29.6,
        lineFields: [{ currency: 'GBP', conversionRate: 1.27, convertedSubtotal: 29.6 }],
      },
    ],
  },
  {
    id: 'S29 standing charge on every second bill',
    world: quarterly({ standingCharge: 600, standingChargeInterval: 2 }),
    bills: byQuarter([600, 0, 600, 0]),
  },
  {
    id: 'S29 standing charge on every second bill from the second',
    world: quarterly({ standingCharge: 600, standingChargeInterval: 2, standingChargeOffset: 1 }),
    bills: byQuarter([0, 600, 0, 600]),
  },
  {
    id: 'S30 standing charge for 20 of 30 days',
    world: { template: { standingCharge: 90 }, accountPlan: { startDate: '2024-06-11T00:00:00Z' } },
    bills: [{ lastDay: '2024-06-30', lines: ['STANDING_CHARGE 60'], total: 60 }],
  },
]

const inAdvance = { standingCharge: 62, standingChargeBillInAdvance: true }
const minimum = { minimumSpend: 1000 }

export const billingCases: BillingCase[] = [
  {
    id: 'A5 invoice and due date',
    world: { accountPlan: { startDate: '2023-01-01T00:00:00Z' } },
    bills: [
      {
        lastDay: '2023-09-30',
        lines: [],
        bill: { billDate: '2023-10-01', externalInvoiceDate: '2023-10-01', dueDate: '2023-10-31' },
      },
    ],
  },
  {
    id: 'A5 invoice on the last day',
    world: {
      configuration: { externalInvoiceDate: 'LAST_DAY_OF_ARREARS' },
      accountPlan: { startDate: '2023-01-01T00:00:00Z' },
    },
    bills: [{ lastDay: '2023-09-30', lines: [], bill: { externalInvoiceDate: '2023-09-30' } }],
  },
  {
    id: 'B1, B2 the first and the last part of a month',
    world: {
      template: { standingCharge: 62 },
      accountPlan: { startDate: '2024-01-15T00:00:00Z', endDate: '2024-02-11T00:00:00Z' },
    },
    bills: [
      {
        lastDay: '2024-01-31',
        lines: ['STANDING_CHARGE 34'],
        lineFields: [
          {
            servicePeriodStartDate: '2024-01-15T00:00:00Z',
            servicePeriodEndDate: '2024-02-01T00:00:00Z',
          },
        ],
      },
      { lastDay: '2024-02-29', lines: ['STANDING_CHARGE 21.38'] },
      { lastDay: '2024-03-31', lines: null },
    ],
  },
  {
    id: 'B3 every bill',
    world: quarterly({ standingCharge: 90 }),
    bills: byQuarter([90, 90, 90, 90]),
  },
  {
    id: 'B3 every second bill',
    world: quarterly({ standingCharge: 90, standingChargeInterval: 2 }),
    bills: byQuarter([90, 0, 90, 0]),
  },
  {
    id: 'B3 every second bill from the second',
    world: quarterly({ standingCharge: 90, standingChargeInterval: 2, standingChargeOffset: 1 }),
    bills: byQuarter([0, 90, 0, 90]),
  },
  {
    id: 'B4 standing charge in advance',
    world: { template: inAdvance, accountPlan: { startDate: '2024-01-15T00:00:00Z' } },
    bills: [
      {
        lastDay: '2024-01-31',
        lines: ['STANDING_CHARGE 34', 'STANDING_CHARGE 62'],
        total: 96,
        lineFields: [{}, { servicePeriodEndDate: '2024-03-01T00:00:00Z' }],
      },
      { lastDay: '2024-02-29', lines: ['STANDING_CHARGE 62'], total: 62 },
      // Run again, the first one stays what it is.
      { lastDay: '2024-01-31', lines: ['STANDING_CHARGE 34', 'STANDING_CHARGE 62'], total: 96 },
    ],
  },
  {
    id: 'B4 the first charge stands on the bill before the plan starts',
    world: { template: inAdvance, accountPlan: { startDate: '2024-02-01T00:00:00Z' } },
    bills: [
      { lastDay: '2023-12-31', lines: null },
      { lastDay: '2024-01-31', lines: ['STANDING_CHARGE 62'], bill: { startDate: '2024-01-01' } },
      { lastDay: '2024-02-29', lines: ['STANDING_CHARGE 62'] },
    ],
  },
  {
    id: 'B5 the price starts after the account plan',
    world: {
      template: { standingCharge: 50 },
      pricings: [
        {
          name: 'qty',
          bands: [[0, 0, 1]],
          pricing: { startDate: '2022-09-01T00:00:00Z' },
        },
      ],
      accountPlan: { startDate: '2022-08-01T00:00:00Z', endDate: '2022-12-31T00:00:00Z' },
    },
    usage: [
      ['2022-08-10', { qty: 40 }],
      ['2022-09-10', { qty: 25 }],
    ],
    bills: [
      { lastDay: '2022-08-31', lines: ['STANDING_CHARGE 50'], total: 50 },
      { lastDay: '2022-09-30', lines: ['STANDING_CHARGE 50', 'USAGE 25'], total: 75 },
    ],
  },
  {
    id: 'C1 minimum spend in arrears',
    world: { template: minimum, pricings: sum(1) },
    usage: [
      ['2024-01-10', { qty: 800 }],
      ['2024-02-10', { qty: 1200 }],
    ],
    bills: [
      { lastDay: '2024-01-31', lines: ['USAGE 800', 'MINIMUM_SPEND 200'], total: 1000 },
      { lastDay: '2024-02-29', lines: ['USAGE 1200'], total: 1200 },
    ],
  },
  {
    id: 'C2 minimum spend in advance',
    world: {
      template: { ...minimum, minimumSpendBillInAdvance: true },
      pricings: sum(1),
      accountPlan: { startDate: '2024-01-01T00:00:00Z', endDate: '2024-02-01T00:00:00Z' },
    },
    usage: [['2024-01-10', { qty: 800 }]],
    bills: [
      {
        lastDay: '2023-12-31',
        lines: ['MINIMUM_SPEND 1000'],
        total: 1000,
        lineFields: [{ servicePeriodStartDate: '2024-01-01T00:00:00Z' }],
      },
      { lastDay: '2024-01-31', lines: ['USAGE 800', 'MINIMUM_SPEND_REFUND -800'], total: 0 },
    ],
  },
  {
    id: 'C3 minimum spend for a part of a month',
    world: {
      template: minimum,
      pricings: sum(1),
      accountPlan: { startDate: '2024-01-15T00:00:00Z' },
    },
    usage: [['2024-01-20', { qty: 300 }]],
    bills: [{ lastDay: '2024-01-31', lines: ['USAGE 300', 'MINIMUM_SPEND 248.39'], total: 548.39 }],
  },
  {
    id: 'F1 conversion',
    world: {
      currencies: ['GBP'],
      configuration: { currencyConversions: [{ from: 'GBP', to: 'USD', multiplier: 1.25 }] },
      template: { currency: 'GBP', standingCharge: 12 },
      pricings: sum(0.333),
      account: { currency: 'USD' },
    },
    usage: [['2024-06-10', { qty: 33 }]],
    bills: [
      {
        lastDay: '2024-06-30',
        lines: ['STANDING_CHARGE 12', 'USAGE 10.99'],
        total: 28.74,
        bill: {
          currency: 'USD',
          currencyConversions: [{ from: 'GBP', to: 'USD', multiplier: 1.25 }],
        },
        lineFields: [
          { convertedSubtotal: 15, currency: 'GBP', conversionRate: 1.25 },
          { convertedSubtotal: 13.74, currency: 'GBP', conversionRate: 1.25 },
        ],
      },
    ],
  },
  {
    id: 'H cloud storage and file clean-up',
    world: {
      template: { standingCharge: 20 },
      pricings: [
        { name: 'gigabytes', bands: tiered, pricing: { cumulative: true } },
        { name: 'files', method: 'COUNT', bands: [[0, 0, 0.5]] },
        { name: 'seconds', method: 'MEAN', bands: stairstep },
      ],
    },
    usage: [
      ['2024-06-03', { gigabytes: 120.5, files: 1, seconds: 3 }],
      ['2024-06-10', { gigabytes: 300, files: 1, seconds: 5 }],
      ['2024-06-17', { gigabytes: 99.5, files: 1, seconds: 6 }],
      ['2024-06-24', { gigabytes: 100, files: 1, seconds: 6.8 }],
    ],
    bills: [
      {
        lastDay: '2024-06-30',
        lines: ['STANDING_CHARGE 20', 'USAGE 87', 'USAGE 2', 'USAGE 25'],
        total: 134,
        lineFields: [{}, { units: 620 }, { units: 4 }, { units: 5.2 }],
      },
    ],
  },
]

export type ChargeCase = {
  id: string
  bands: [number, number, number][]
  cumulative: boolean
  charges: [units: number, subtotal: number][]
}

/** Each row is an account of its own. */
export const chargeCases: ChargeCase[] = [
  {
    id: 'S01 per unit',
    bands: [[0, 0, 0.46]],
    cumulative: false,
    charges: [
      [0, 0],
      [1, 0.46],
      [2500.5, 1150.23],
      [20_000, 9200],
    ],
  },
  {
    id: 'S02 tiered',
    bands: tiered,
    cumulative: true,
    charges: [
      [0, 0],
      [499.5, 74.93],
      [500, 75],
      [500.5, 75.05],
      [620, 87],
      [1250, 150],
    ],
  },
  {
    id: 'S03 stairstep',
    bands: stairstep,
    cumulative: false,
    charges: [
      [0, 12],
      [3.9, 12],
      [4, 12],
      [4.0001, 25],
      [6, 25],
      [6.5, 50],
    ],
  },
  {
    id: 'S05 volume',
    bands: [
      [0, 0, 0.2],
      [1000, 0, 0.15],
      [5000, 0, 0.1],
    ],
    cumulative: false,
    charges: [
      [1000, 200],
      [1001, 150.15],
      [5000, 750],
      [5001, 500.1],
      [12_000, 1200],
    ],
  },
  {
    id: 'S06 custom tiered',
    bands: [
      [0, 50, 0.1],
      [1000, 20, 0.05],
    ],
    cumulative: true,
    charges: [
      [0, 50],
      [400, 90],
      [1000, 150],
      [1600, 200],
    ],
  },
  {
    id: 'S07 custom volume',
    bands: [
      [0, 50, 0.1],
      [1000, 20, 0.05],
    ],
    cumulative: false,
    charges: [
      [0, 50],
      [400, 90],
      [1000, 150],
      [1600, 100],
    ],
  },
]
