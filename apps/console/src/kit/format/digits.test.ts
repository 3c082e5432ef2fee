import { expect, test } from 'vitest'
import { counted, grouped, plainDigits } from './digits.ts'

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

test('one and many', () => {
  expect(counted(1, 'bill')).toBe('1 bill')
  expect(counted(1200, 'bill')).toBe('1,200 bills')
})
