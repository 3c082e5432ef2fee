import { customFields, decimal } from '@countinghouse/contract/kit/schema.ts'
import Type from 'typebox'
import { describe, expect, test } from 'vitest'
import { fromWire, toWire } from './exact.ts'

const bands = Type.Object({
  name: Type.String(),
  count: Type.Integer(),
  customFields: customFields(),
  minimumSpend: Type.Optional(decimal()),
  bands: Type.Array(Type.Object({ unitPrice: decimal(), lowerLimit: decimal() })),
})

const numbers: [sent: string, kept: string, name: string][] = [
  ['12345678901234567.89', '12345678901234567.89', 'more digits than a double holds'],
  ['0.1', '0.1', 'a fraction'],
  ['1.5e3', '1500', 'an exponent'],
  ['1e-7', '0.0000001', 'a small exponent'],
  ['-0.50', '-0.5', 'trailing zeros'],
  ['0', '0', 'zero'],
]

describe('exact numbers at the border', () => {
  test.each(numbers)('%s is kept as %s: %s', (sent, kept) => {
    const text = `{"name":"a","count":7,"customFields":{"x":1.50},"bands":[{"unitPrice":${sent},"lowerLimit":1}]}`

    const { body, problems } = fromWire(bands, JSON.parse(text), text)

    expect(problems).toEqual([])
    expect(body).toEqual({
      name: 'a',
      count: 7,
      customFields: { x: 1.5 },
      bands: [{ unitPrice: kept, lowerLimit: '1' }],
    })
    expect(JSON.stringify(toWire(bands, body))).toContain(`"unitPrice":${kept},"lowerLimit":1`)
  })

  test('a number too long to keep is reported with its place', () => {
    const text = `{"name":"a","count":1,"bands":[{"unitPrice":0.${'1'.repeat(70)},"lowerLimit":0}]}`

    const { problems } = fromWire(bands, JSON.parse(text), text)

    expect(problems.map(({ field }) => field)).toEqual(['bands[0].unitPrice'])
  })

  test('a text that looks like a number stays text', () => {
    const answer = { name: '12', count: 1, bands: [] }

    expect(JSON.stringify(toWire(bands, answer))).toBe('{"name":"12","count":1,"bands":[]}')
  })
})
