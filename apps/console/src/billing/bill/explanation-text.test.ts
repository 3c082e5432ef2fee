import type { LineExplanationAnswer } from '@countinghouse/contract/billing/line-explanation.ts'
import { expect, test } from 'vitest'
import { explanationText } from './explanation-text.ts'

const places = { JPY: 0, KWD: 3 }

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
        bandUnits: 332.56,
        unitPrice: 0.6,
        fixedSubtotal: 0,
        bandSubtotal: 199.536,
      },
    ],
  } as unknown as LineExplanationAnswer

  expect(explanationText(why, places).split('\n')).toEqual([
    'Heads (Zoo, Zoological Society)',
    'Measured: 5,920.798975806451612903 (Tiered heads)',
    'Units: 5,920.798975806451612903 heads, 1 to a unit, rounding none',
    '  above 0 up to 10: 10 × 1 + 5 = 15',
    '  above 10: 332.56 × 0.6 = 199.536',
    '  together: 214.536',
    'Exact amount: GBP 214.536',
    'Rounded to 2 decimals: GBP 214.54',
    'Converted at 1.3125 USD for 1 GBP, rounded: USD 281.58',
  ])
})

test('a compound quantity goes out with its calculation and the values that went in', () => {
  const why = {
    ...shared,
    kind: 'USAGE',
    quantity: '12345678901234567.5',
    quantityPerUnit: 1,
    rounding: 'NONE',
    units: '12345678901234567.5',
    calculation: {
      text: 'aggregation.a - plan.free',
      read: [
        {
          reference: 'aggregation.a',
          aggregation: { code: 'a', name: 'A' },
          value: '12345678901234567',
        },
        { reference: 'plan.free', value: -0.5 },
      ],
    },
  } as unknown as LineExplanationAnswer

  expect(explanationText(why, places).split('\n').slice(1, 4)).toEqual([
    'Measured: 12,345,678,901,234,567.5',
    '  calculated as aggregation.a - plan.free',
    '  12345678901234567 - (-0.5) = 12345678901234567.5',
  ])
})

test('a credit that was cut says from what, and where its bands go on', () => {
  const why = {
    ...shared,
    kind: 'USAGE',
    lineItemType: 'USAGE_CREDIT',
    quantity: 50,
    quantityPerUnit: 1,
    rounding: 'NONE',
    units: 50,
    rating: { method: 'GRADUATED', unitsBefore: 980 },
    bands: [
      {
        lowerLimit: 0,
        upperLimit: 1000,
        bandUnits: 20,
        unitPrice: 1,
        fixedSubtotal: 0,
        bandSubtotal: -20,
      },
      {
        lowerLimit: 1000,
        upperLimit: null,
        bandUnits: 30,
        unitPrice: 1,
        fixedSubtotal: 0,
        bandSubtotal: -30,
      },
    ],
    cap: { scope: 'PRODUCT', uncapped: -50, available: 1233 },
    amount: {
      ...amount,
      exact: '-7.70625',
      currency: 'EUR',
      rounded: -7.71,
      rate: 160,
      billingCurrency: 'JPY',
      converted: -1233,
    },
  } as unknown as LineExplanationAnswer

  expect(explanationText(why, places).split('\n').slice(3)).toEqual([
    'Going on from 980 units of earlier periods',
    '  above 0 up to 1,000: 20 × 1 = −20',
    '  above 1,000: 30 × 1 = −30',
    '  together: −50',
    'Credit limited to what the charges of the product leave: without the limit EUR −50.00, with it JPY −1,233',
    'Exact amount: EUR −7.70625',
    'Rounded to 2 decimals: EUR −7.71',
    'At 160 JPY for 1 EUR, and on the bill just what is left there: JPY −1,233',
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

  expect(explanationText(why, places)).toContain(
    'Minimum of a whole period: GBP 5,000.00\n  share of the period: 19/30\nWhat was used: GBP 1,094.25',
  )
})

test('a minimum in advance goes out without what was used: its period is still to come', () => {
  const why = {
    ...shared,
    kind: 'MINIMUM_SPEND',
    lineItemType: 'MINIMUM_SPEND',
    inAdvance: true,
    minimum: 5000,
    factor: { numerator: '1', denominator: '1', parts: [] },
    base: [],
    baseTotal: 0,
  } as unknown as LineExplanationAnswer
  const givenBack: LineExplanationAnswer = {
    ...why,
    lineItemType: 'MINIMUM_SPEND_REFUND',
    baseTotal: '80',
  }

  expect(explanationText(why, places)).not.toContain('What was used')
  expect(explanationText(givenBack, places)).toContain('What was used: GBP 80.00')
})
