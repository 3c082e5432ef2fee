import { organizationConfigurationBody } from '@countinghouse/contract/organization/configuration.ts'
import { describe, expect, test } from 'vitest'
import { encodeExact, mapExact, parseExact, schemaAt } from './exact-json.ts'

describe('reading', () => {
  test.each([
    ['0.1', 0.1],
    ['12345678901234567.89', '12345678901234567.89'],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['-9007199254740993', '-9007199254740993'],
    ['123456789012345', 123456789012345],
  ])('%s arrives as %j', (text, value) => {
    expect(parseExact(`{"amount":${text}}`)).toEqual({ amount: value })
  })
})

describe('writing', () => {
  const schema = organizationConfigurationBody

  test('exact decimals leave as the digits that were typed', () => {
    const body = {
      currencyConversions: [{ from: 'USD', to: 'EUR', multiplier: '0.92000000000000000001' }],
    }

    expect(encodeExact(body, schema)).toBe(
      '{"currencyConversions":[{"from":"USD","to":"EUR","multiplier":0.92000000000000000001}]}',
    )
  })

  test('other text stays text, also when it looks like a number', () => {
    expect(encodeExact({ billPrefix: '100' }, schema)).toBe('{"billPrefix":"100"}')
  })

  test('what is no number stays text for the server to refuse', () => {
    const body = { currencyConversions: [{ multiplier: '1,5' }] }

    expect(encodeExact(body, schema)).toBe('{"currencyConversions":[{"multiplier":"1,5"}]}')
  })

  test('values that are not given are left out', () => {
    expect(encodeExact({ timezone: undefined, currency: 'USD' }, schema)).toBe('{"currency":"USD"}')
  })
})

test('exact decimals of an answer become text for the form, wherever they stand', () => {
  const answer = { timezone: 'UTC', currencyConversions: [{ from: 'USD', multiplier: 0.92 }] }

  expect(mapExact(answer, organizationConfigurationBody, String)).toEqual({
    timezone: 'UTC',
    currencyConversions: [{ from: 'USD', multiplier: '0.92' }],
  })
})

test('a form path leads to the schema of its field', () => {
  const found = schemaAt(organizationConfigurationBody, 'currencyConversions.3.multiplier')

  expect((found as { title?: string } | undefined)?.title).toBe('Multiplier')
})
