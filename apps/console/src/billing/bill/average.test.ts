import { expect, test } from 'vitest'
import { shortAverage } from './average.ts'

test.each([
  [0.25, '0.25', false],
  ['0.1357142857', '0.135714', true],
  ['308.5855926095', '308.586', true],
  ['0.0000071234', '0.0000071234', false],
  ['-0.0333333333', '-0.0333333', true],
  ['12345678.987', '12345678.99', true],
])('%s is shown as %s', (value, text, isCut) => {
  expect(shortAverage(value)).toEqual({ text, isCut })
})
