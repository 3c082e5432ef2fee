import { expect, it } from 'vitest'
import { groupedDigits } from './grouped.ts'

it.each([
  ['1234567.5', 2, '1,234,567.50'],
  ['-1234.5', 2, '−1,234.50'],
  ['0', 2, '0.00'],
  ['-0.00', 2, '0.00'],
  ['0.00125', 2, '0.00125'],
  ['1000', 0, '1,000'],
  ['12.30', 0, '12.3'],
  ['999.999', 2, '999.999'],
])('%s with at least %i decimals reads %s', (digits, places, text) => {
  expect(groupedDigits(digits, places)).toBe(text)
})
