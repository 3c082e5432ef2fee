import { expect, it } from 'vitest'
import { toPriceBands } from './price-band.ts'
import { priceKind } from './price-kind.ts'

type Triple = [lowerLimit: string, fixedPrice: string, unitPrice: string]

it.each<[string, Triple[], boolean]>([
  [
    'STAIRSTEP',
    [
      ['0', '12', '0'],
      ['4', '25', '0'],
      ['6', '50', '0'],
    ],
    false,
  ],
  ['PER_UNIT', [['0', '0', '0.46']], false],
  ['PER_UNIT', [['0', '0', '0.46']], true],
  ['CUSTOM_TIERED', [['0', '10', '0.46']], false],
  [
    'TIERED',
    [
      ['0', '0', '0.15'],
      ['500', '0', '0.1'],
    ],
    true,
  ],
  [
    'VOLUME',
    [
      ['0', '0', '0.2'],
      ['1000', '0', '0.15'],
    ],
    false,
  ],
  [
    'CUSTOM_TIERED',
    [
      ['0', '50', '0.1'],
      ['1000', '20', '0.05'],
    ],
    true,
  ],
  [
    'CUSTOM_VOLUME',
    [
      ['0', '50', '0.1'],
      ['1000', '20', '0.05'],
    ],
    false,
  ],
])('calls it %s: %j, cumulative %s', (kind, triples, cumulative) => {
  const bands = toPriceBands(
    triples.map(([lowerLimit, fixedPrice, unitPrice]) => ({ lowerLimit, fixedPrice, unitPrice })),
  )

  expect(priceKind(bands, cumulative)).toBe(kind)
})

it('sorts bands by their limits', () => {
  const bands = toPriceBands([
    { lowerLimit: '10', fixedPrice: '0', unitPrice: '1' },
    { lowerLimit: '2', fixedPrice: '0', unitPrice: '2' },
  ])

  expect(bands.map((band) => band.lowerLimit.numerator)).toEqual([2n, 10n])
})
