import { describe, expect, test } from 'vitest'
import { currencyRule, formatAmount, roundTo } from './currency.ts'
import { decimal, digits } from './decimal.ts'
import { fraction } from './fraction.ts'

describe('a currency', () => {
  test('has 2 places and HALF_UP where it says nothing', () => {
    expect(currencyRule('USD')).toEqual({ code: 'USD', places: 2, rounding: 'HALF_UP' })
    expect(currencyRule('JPY', 0)).toEqual({ code: 'JPY', places: 0, rounding: 'HALF_UP' })
  })

  test.each([
    [currencyRule('USD'), '2.345', '2.35', '2.35 USD'],
    [currencyRule('USD'), '34', '34', '34.00 USD'],
    [currencyRule('JPY', 0, 'DOWN'), '99.9', '99', '99 JPY'],
    [currencyRule('BHD', 3, 'HALF_EVEN'), '-0.0005', '0', '0.000 BHD'],
  ])('%o rounds %s to %s and shows %s', (currency, value, rounded, shown) => {
    const amount = roundTo(currency, fraction(value))

    expect(digits(amount)).toBe(rounded)
    expect(formatAmount(amount, currency)).toBe(shown)
  })

  test('shows more places where a price has more', () => {
    expect(formatAmount(decimal('0.00125'), currencyRule('USD'))).toBe('0.00125 USD')
  })
})
