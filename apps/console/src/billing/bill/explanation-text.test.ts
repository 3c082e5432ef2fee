import type { LineExplanationAnswer } from '@countinghouse/contract/billing/bill-line-item.ts'
import { expect, test } from 'vitest'
import { explanationText } from './explanation-text.ts'

const amount = {
  exact: '214.536',
  currency: 'GBP',
  places: 2,
  mode: 'HALF_UP',
  rounded: 214.54,
  rate: 1.3125,
  billingCurrency: 'USD',
  converted: 281.58,
} as unknown as LineExplanationAnswer['amount']

const shared = {
  description: 'Heads',
  productName: 'Zoo',
  accountName: 'Zoological Society',
  unit: 'heads',
  amount,
}

test('usage goes out band by band with every digit, down to the converted amount', () => {
  const why = {
    ...shared,
    kind: 'USAGE',
    aggregationName: 'Tiered heads',
    quantity: '5920.798975806451612903',
    quantityPerUnit: 1,
    rounding: 'NONE',
    units: '5920.798975806451612903',
    bands: [
      {
        lowerLimit: 0,
        upperLimit: 10,
        bandUnits: 10,
        unitPrice: 1,
        fixedSubtotal: 5,
        bandSubtotal: 15,
      },
      {
        lowerLimit: 10,
        upperLimit: null,
        bandUnits: 5910.5,
        unitPrice: 0.6,
        fixedSubtotal: 0,
        bandSubtotal: 3546.3,
      },
    ],
  } as unknown as LineExplanationAnswer

  expect(explanationText(why).split('\n')).toEqual([
    'Heads (Zoo, Zoological Society)',
    'Measured: 5,920.798975806451612903 (Tiered heads)',
    'Units: 5,920.798975806451612903 heads, 1 to a unit, rounding none',
    '  above 0 up to 10: 10 × 1 + 5 = 15',
    '  above 10: 5,910.5 × 0.6 = 3,546.3',
    'Exact amount: GBP 214.536',
    'Rounded to 2 decimals: GBP 214.54',
    'Converted at 1.3125 USD for 1 GBP: USD 281.58',
  ])
})

test('a minimum goes out with the share of the period and what was used', () => {
  const why = {
    ...shared,
    kind: 'MINIMUM_SPEND',
    minimum: 5000,
    factor: { numerator: '19', denominator: '30', parts: [] },
    baseTotal: 1094.25,
  } as unknown as LineExplanationAnswer

  expect(explanationText(why)).toContain(
    'Minimum of a whole period: 5,000\n  share of the period: 19/30\nWhat was used: 1,094.25',
  )
})
