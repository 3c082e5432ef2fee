import { expect, test } from 'vitest'
import { counted, grouped, plainDigits, shortened } from './digits.ts'

test.each([
  [1e-7, '0.0000001'],
  ['1.5e3', '1500'],
  ['-2.5e-2', '-0.025'],
  ['12345678901234567.89', '12345678901234567.89'],
])('%j in plain digits is %s', (value, digits) => {
  expect(plainDigits(value)).toBe(digits)
})

test.each([
  ['1234567.5', 2, '1,234,567.50'],
  ['-1234.5', 2, '−1,234.50'],
  ['0', 2, '0.00'],
  ['-0.00', 2, '0.00'],
  ['0.00125', 2, '0.00125'],
  ['1000', 0, '1,000'],
  ['12.30', 0, '12.3'],
  ['999.999', 2, '999.999'],
])('%s with at least %i decimals reads %s', (value, places, text) => {
  expect(grouped(value, places)).toBe(text)
})

test.each([
  ['5920.7989758064516129032258064516', '5,920.798975', '8064516129032258064516'],
  ['-0.00001234567890123', '−0.0000123456', '7890123'],
  ['12.3456789012', '12.3456789012', ''],
  ['1000', '1,000', ''],
])('%s is shown as %s with %j behind it', (value, shown, rest) => {
  expect(shortened(value)).toEqual({ shown, rest })
})

test('one and many', () => {
  expect(counted(1, 'bill')).toBe('1 bill')
  expect(counted(1200, 'bill')).toBe('1,200 bills')
})
