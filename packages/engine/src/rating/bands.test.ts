import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digits } from '../money/decimal.ts'
import { add, compare, equals, fraction, sum } from '../money/fraction.ts'
import { roundFraction } from '../money/rounding.ts'
import { charge, chargeSpanning } from './bands.ts'
import { type PriceBand, toPriceBands } from './price-band.ts'

type Triple = [lowerLimit: number | string, fixedPrice: number | string, unitPrice: number | string]

const bandsOf = (triples: Triple[]): PriceBand[] =>
  toPriceBands(
    triples.map(([lowerLimit, fixedPrice, unitPrice]) => ({
      lowerLimit: String(lowerLimit),
      fixedPrice: String(fixedPrice),
      unitPrice: String(unitPrice),
    })),
  )

const cents = (value: ReturnType<typeof fraction>) => digits(roundFraction(value, 2, 'HALF_UP'))

const tiered: Triple[] = [
  [0, 0, 0.15],
  [500, 0, 0.1],
]
const stairstep: Triple[] = [
  [0, 12, 0],
  [4, 25, 0],
  [6, 50, 0],
]
const volume: Triple[] = [
  [0, 0, 0.2],
  [1000, 0, 0.15],
  [5000, 0, 0.1],
]
const custom: Triple[] = [
  [0, 50, 0.1],
  [1000, 20, 0.05],
]
const laterStart: Triple[] = [
  [100, 5, 1],
  [200, 0, 0.5],
]

describe('a charge on price bands', () => {
  const cases: [name: string, bands: Triple[], cumulative: boolean, rows: [string, string][]][] = [
    [
      'tiered',
      tiered,
      true,
      [
        ['620', '87'],
        ['0', '0'],
        ['499.5', '74.93'],
        ['500', '75'],
        ['500.5', '75.05'],
        ['1250', '150'],
      ],
    ],
    [
      'per unit',
      [[0, 0, 0.46]],
      false,
      [
        ['0', '0'],
        ['1', '0.46'],
        ['2500.5', '1150.23'],
        ['20000', '9200'],
      ],
    ],
    [
      'stairstep',
      stairstep,
      false,
      [
        ['0', '12'],
        ['3.9', '12'],
        ['4', '12'],
        ['4.0001', '25'],
        ['6', '25'],
        ['6.5', '50'],
      ],
    ],
    [
      'volume',
      volume,
      false,
      [
        ['1000', '200'],
        ['1001', '150.15'],
        ['5000', '750'],
        ['5001', '500.1'],
        ['12000', '1200'],
      ],
    ],
    [
      'custom tiered',
      custom,
      true,
      [
        ['0', '50'],
        ['400', '90'],
        ['1000', '150'],
        ['1600', '200'],
      ],
    ],
    [
      'custom volume',
      custom,
      false,
      [
        ['0', '50'],
        ['400', '90'],
        ['1000', '150'],
        ['1600', '100'],
      ],
    ],
    [
      'tiered that begins above 0',
      laterStart,
      true,
      [
        ['0', '0'],
        ['100', '0'],
        ['101', '6'],
        ['250', '130'],
      ],
    ],
    [
      'volume that begins above 0',
      laterStart,
      false,
      [
        ['100', '0'],
        ['101', '106'],
        ['250', '125'],
      ],
    ],
    ['negative units at the first band without its fixed price', custom, true, [['-10', '-1']]],
    ['negative units on volume', volume, false, [['-5000', '-1000']]],
  ]
  it.each(cases)('is exact: %s', (_, bands, cumulative, rows) => {
    const charged = rows.map(([units]) => [
      units,
      cents(charge(bandsOf(bands), cumulative, fraction(units)).total),
    ])

    expect(charged).toEqual(rows)
  })

  it('reports the reached bands with their slices', () => {
    const { bands } = charge(bandsOf(tiered), true, fraction(620))

    expect(
      bands.map((band) => [cents(band.band.lowerLimit), cents(band.units), cents(band.subtotal)]),
    ).toEqual([
      ['0', '500', '75'],
      ['500', '120', '12'],
    ])
  })

  it('refuses a price without bands', () => {
    expect(() => charge([], true, fraction(1))).toThrow('at least one band')
  })

  it('is the total of its bands', () => {
    fc.assert(
      fc.property(randomBands, fc.boolean(), randomUnits, (bands, cumulative, units) => {
        const rating = charge(bands, cumulative, units)
        return equals(rating.total, sum(rating.bands.map((band) => band.subtotal)))
      }),
    )
  })

  it('never falls when usage grows, if it is cumulative', () => {
    fc.assert(
      fc.property(randomBands, randomUnits, randomUnits, (bands, units, more) => {
        const less = charge(bands, true, units).total
        return compare(charge(bands, true, add(units, more)).total, less) >= 0
      }),
    )
  })

  it('agrees with an independent calculation in whole numbers, ten million times', () => {
    const random = randomFrom(SEED)
    for (let price = 0; price < 20_000; price += 1) {
      const bands = someBands(random)
      const prices = bands.map(unscaled)
      for (let call = 0; call < 500; call += 1) {
        const units = someUnits(random)
        const cumulative = call % 2 === 0
        const { total } = charge(prices, cumulative, fraction(units, SCALE))
        const expected = oracle(bands, cumulative, units) * total.denominator
        if (total.numerator * SCALE * SCALE === expected) continue
        // An expectation for each of the ten million would take longer than all of them.
        expect({ seed: SEED, bands, cumulative, units, total }).toEqual({ expected })
      }
    }
  }, 120_000)
})

describe('a charge that goes on from earlier periods', () => {
  const spanning: Triple[] = [
    [0, 0, 1],
    [1000, 0, 0.8],
    [3000, 0, 0.5],
  ]

  it.each([
    ['700 units from 0', 0, 700, '700'],
    ['900 after 700', 700, 900, '780'],
    ['2000 after 1600', 1600, 2000, '1420'],
    ['nothing after 1600', 1600, 0, '0'],
  ])('continues the slices: %s', (_, before, units, expected) => {
    expect(
      cents(chargeSpanning(bandsOf(spanning), true, fraction(before), fraction(units)).total),
    ).toBe(expected)
  })

  it.each([
    ['on entering the first band', 0, 10, '51'],
    ['not again in the same band', 10, 10, '1'],
    ['on crossing into the next band', 990, 20, '21.5'],
    ['not before the border is passed', 990, 10, '1'],
    ['on the first unit after the border', 1000, 1, '20.05'],
    ['not for 0 units', 0, 0, '0'],
  ])('charges a fixed price once: %s', (_, before, units, expected) => {
    expect(
      cents(chargeSpanning(bandsOf(custom), true, fraction(before), fraction(units)).total),
    ).toBe(expected)
  })

  it('chooses the band of a volume price by all units, and charges those of the period', () => {
    const rating = chargeSpanning(bandsOf(volume), false, fraction(900), fraction(200))

    expect(cents(rating.total)).toBe('30')
  })

  it('adds up to the charge of the whole, however a graduated one is cut', () => {
    fc.assert(
      fc.property(
        randomBands,
        fc.array(randomUnits, { minLength: 1, maxLength: 5 }),
        (bands, parts) => {
          let before = fraction(0)
          let charged = fraction(0)
          for (const units of parts) {
            charged = add(charged, chargeSpanning(bands, true, before, units).total)
            before = add(before, units)
          }
          return equals(charged, chargeSpanning(bands, true, fraction(0), before).total)
        },
      ),
    )
  })

  it('refuses a negative start', () => {
    expect(() => chargeSpanning(bandsOf(tiered), true, fraction(-1), fraction(1))).toThrow(
      'never below 0',
    )
  })
})

const SCALE = 1_000_000n
const SEED = 20_240_601

type Random = (below: number) => number

/** Plain arithmetic (mulberry32): what draws and shrinks cases costs more than what is tested. */
function randomFrom(seed: number): Random {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** Half of them small and whole, so that units often stand exactly on a border. */
function someUnits(random: Random): bigint {
  if (random(2) === 0) return BigInt(random(51)) * SCALE
  return BigInt(random(100_000_000)) * 100_000_000n + BigInt(random(100_000_000))
}

function someBands(random: Random): ScaledBand[] {
  const limits = new Set(Array.from({ length: 1 + random(5) }, () => someUnits(random)))
  return [...limits]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((limit) => ({
      limit,
      fixed: BigInt(random(100_000)) * BigInt(random(100_000)),
      price: BigInt(random(100_000)) * BigInt(random(100_000)),
    }))
}

type ScaledBand = { limit: bigint; fixed: bigint; price: bigint }

const scaledUnits = fc.oneof(
  fc.bigInt({ min: 0n, max: 50n }).map((units) => units * SCALE),
  fc.bigInt({ min: 0n, max: 10n ** 16n }),
)
/** Small whole limits too, so that units often stand exactly on a border. */
const scaledBands = fc
  .uniqueArray(scaledUnits, { minLength: 1, maxLength: 5 })
  .chain((limits) =>
    fc.tuple(
      ...limits.map((limit) =>
        fc.record({
          limit: fc.constant(limit),
          fixed: fc.bigInt({ min: 0n, max: 10n ** 10n }),
          price: fc.bigInt({ min: 0n, max: 10n ** 10n }),
        }),
      ),
    ),
  )
  .map((bands): ScaledBand[] => bands.sort((a, b) => (a.limit < b.limit ? -1 : 1)))

const randomBands = scaledBands.map((bands) => bands.map(unscaled))
const randomUnits = scaledUnits.map((units) => fraction(units, SCALE))

function unscaled(band: ScaledBand): PriceBand {
  return {
    id: null,
    lowerLimit: fraction(band.limit, SCALE),
    fixedPrice: fraction(band.fixed, SCALE),
    unitPrice: fraction(band.price, SCALE),
  }
}

/** Walks from the top band down, in whole millionths of millionths. */
function oracle(bands: ScaledBand[], cumulative: boolean, units: bigint): bigint {
  let rest = units
  let total = 0n
  for (let position = bands.length - 1; position >= 0; position--) {
    const band = bands[position]
    if (band === undefined) throw new Error('no band')
    const reached = units > band.limit || (position === 0 && band.limit === 0n && units === 0n)
    if (!reached) continue
    if (!cumulative) return band.fixed * SCALE + band.price * units
    total += band.fixed * SCALE + (rest - band.limit) * band.price
    rest = band.limit
  }
  return total
}
