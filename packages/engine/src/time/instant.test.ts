import { describe, expect, test } from 'vitest'
import { formatInstant, parseInstant } from './instant.ts'

describe('instants', () => {
  test.each([
    ['2024-06-01T00:00:00Z', '2024-06-01T00:00:00Z'],
    ['2024-06-01T02:00:00+02:00', '2024-06-01T00:00:00Z'],
    ['2024-06-01T05:30:00+0530', '2024-06-01T00:00:00Z'],
    ['2024-05-31T19:00-05:00', '2024-06-01T00:00:00Z'],
    ['2024-06-01T00:00:00.25Z', '2024-06-01T00:00:00.250Z'],
    ['2024-06-01T00:00:00.999999999Z', '2024-06-01T00:00:00.999Z'],
    ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'],
    ['2024-06-01t00:00:00z', '2024-06-01T00:00:00Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%s is %s', (text, expected) => {
    expect(formatInstant(parseInstant(text))).toBe(expected)
  })

  test.each([
    '2024-06-01',
    '2024-06-01T00:00:00',
    '2024-06-01 00:00:00Z',
    '2024-02-30T00:00:00Z',
    '2024-06-01T24:00:00Z',
    '2024-06-01T00:00:00[Europe/Berlin]',
    '2024-06-01T00:00:00Z[UTC]',
    'yesterday',
    '',
  ])('"%s" is refused with an example of what is right', (text) => {
    expect(() => parseInstant(text)).toThrow('Write it like 2024-06-01T00:00:00Z')
  })
  test.each(['0000-06-01T00:00:00Z', '0001-01-01T00:00:00+02:00', '9999-12-31T23:59:59-05:00'])(
    '%s is refused: no store could read it back',
    (text) => {
      expect(() => parseInstant(text)).toThrow('outside the years 1 to 9999')
    },
  )
})
