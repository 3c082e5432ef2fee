import { describe, expect, it } from 'vitest'
import { decimal } from '../money/decimal.ts'
import { compile } from './compile.ts'
import { evaluate } from './evaluate.ts'
import type { LookupTable } from './lookup.ts'
import { parse } from './parse.ts'
import { textOf, type Value } from './values.ts'

type Given = Record<string, number | string | boolean | null | { epochMs: number }>

/** S-CALC-1 of the worked examples: booleans as text, as a derived field shows them. */
const EXAMPLES: [string, string, Given?][] = [
  ['1 + 2 * 3', '7'],
  ['(1 + 2) * 3', '9'],
  ['10 - 4 - 3', '3'],
  ['10 / 4', '2.5'],
  ['7 % 3', '1'],
  ['2 ^ 10', '1024'],
  ['-2 ^ 2', '-4'],
  ['0.1 + 0.2', '0.3'],
  ['Math.round(2.5)', '3'],
  ['Math.round(2.4)', '2'],
  ['Math.round(12.345, 2)', '12.35'],
  ['Math.round(1249, -2)', '1200'],
  ['Math.round(1250, -2)', '1300'],
  ['Math.floor(2.9)', '2'],
  ['Math.floor(-2.1)', '-3'],
  ['Math.floor(12.349, 2)', '12.34'],
  ['Math.ceil(2.1)', '3'],
  ['Math.ceil(12.341, 2)', '12.35'],
  ['Math.ceil(1201, -2)', '1300'],
  ['Math.abs(-2)', '2'],
  ['Math.pow(2, 8)', '256'],
  ['Math.max(3, 9, 4)', '9'],
  ['Math.min(3, 9, 4, -1)', '-1'],
  ['isnull(null, 4)', '4'],
  ['isnull(5, 4)', '5'],
  ['IN("completed", "succeeded") ? "true" : "false"', 'false'],
  ['IN(status, "completed", "succeeded") ? 1 : 0', '1', { status: 'succeeded' }],
  ['IN(status, "completed", "succeeded") ? 1 : 0', '0', { status: 'failed' }],
  ['gb > 100 ? gb - 100 : 0', '30.5', { gb: 130.5 }],
  ['gb > 100 ? gb - 100 : 0', '0', { gb: 99 }],
  ['country + "-" + level', 'UK-Standard', { country: 'UK', level: 'Standard' }],
  ['"n=" + 1.50', 'n=1.5'],
  ['a >= 1 AND a <= 5 OR b == 0', 'true', { a: 7, b: 0 }],
  ['tier == "gold" ? 0.8 : tier == "silver" ? 0.9 : 1', '0.9', { tier: 'silver' }],
  ['null + 1 == null', 'true'],
  ['null <= 5', 'false'],
]

const JUNE = { epochMs: Date.UTC(2024, 5, 1, 22, 30, 15, 250) }

const VALUES: [string, string | null, Given?][] = [
  // Numbers
  ['1 / 3', '0.3333333333333333333333333333333333'],
  ['2 / 3', '0.6666666666666666666666666666666667'],
  ['1 / 8', '0.125'],
  ['-7 % 3', '-1'],
  ['7 % -3', '1'],
  ['5.5 % 2', '1.5'],
  ['2 ^ -2', '0.25'],
  ['0 ^ Math.round(-0.4)', '1'],
  ['3 ^ -1', '0.3333333333333333333333333333333333'],
  ['2 ^ 3 ^ 2', '512'],
  ['2 ^ 200', '1606938044258990275541962092341162602522202993782792835301376'],
  ['1.05 ^ 12', '1.795856326022129150390625'],
  ['2 ^ 0.5', '1.4142135623730951'],
  ['0 ^ 0', '1'],
  ['(-2) ^ 3', '-8'],
  ['- -5', '5'],
  ['12345678901234567890.12 + 0.000000000000000001', '12345678901234567890.120000000000000001'],
  ['Math.PI > 3.14159 AND Math.PI < 3.1416', 'true'],
  ['Math.round(-2.5)', '-3'],
  ['Math.round(-2.4)', '-2'],
  ['Math.floor(1299, -2)', '1200'],
  ['Math.round(null)', null],
  ['Math.max(null, 2, null)', '2'],
  ['Math.min(null, null)', null],
  ['Math.pow(4, null)', null],
  // Text
  ['"a" + null', null],
  ['1 + "a"', '1a'],
  ['true + ""', 'true'],
  ['"a" < "b" AND "B" < "a"', 'true'],
  ['"\\uD83D\\uDE00" > "\\uFFFD"', 'true'],
  ['String.length("größe")', '5'],
  ['String.length("\\uD83D\\uDE00")', '1'],
  ['String.upper("ab") + String.lower("CD")', 'ABcd'],
  ['String.substring("abcdef", 2)', 'cdef'],
  ['String.substring("abcdef", 2, 4)', 'cd'],
  ['String.substring("abc", 2, 99)', 'c'],
  ['String.substring("abc", -0, 2)', 'ab'],
  ['String.contains("abc", "bc")', 'true'],
  ['String.contains(null, "bc")', null],
  // Conditions and null
  ['null == null', 'true'],
  ['1 == 1.0', 'true'],
  ['1 == "1"', 'false'],
  ['1 != "1"', 'true'],
  ['null > 5', 'false'],
  ['null AND true', 'false'],
  ['null OR true', 'true'],
  ['!null', 'true'],
  ['null ? 1 : 2', '2'],
  ['false AND 1 / 0 > 1', 'false'],
  ['true OR 1 / 0 > 1', 'true'],
  ['IN(null, 1, null)', 'true'],
  ['isnull(null, null)', null],
  // Casts
  ['(integer)-2.9', '-2'],
  ['(long)"12.7"', '12'],
  ['(number)" 1.5 " + 1', '2.5'],
  ['(number)true + (number)false', '1'],
  ['(string)1.50', '1.5'],
  ['(boolean)"true" AND (boolean)1 AND !(boolean)0', 'true'],
  ['(number)null', null],
  ['(string)2 ^ 2', '4'],
  // Timestamps
  ['DateTime.format(t, "yyyy-MM-dd HH:mm")', '2024-06-01 22:30', { t: JUNE }],
  ['DateTime.format(t, "d.M.yy h:mm a", "Europe/Berlin")', '2.6.24 12:30 AM', { t: JUNE }],
  ['DateTime.format(t, "EEEE, d MMMM", "UTC+1:00")', 'Saturday, 1 June', { t: JUNE }],
  ['DateTime.format(t, DateTime.TS_FMT, "+2")', '2024-06-02T00:30:15.250+0200', { t: JUNE }],
  ["DateTime.format(t, \"yyyy'Q' ''HH\")", "2024Q '22", { t: JUNE }],
  ['"at " + t', 'at 2024-06-01T22:30:15.250Z', { t: JUNE }],
  ['DateTime.year(t) * 100 + DateTime.month(t)', '202406', { t: JUNE }],
  ['DateTime.day(t, "Europe/Berlin")', '2', { t: JUNE }],
  ['DateTime.dayOfWeek(t)', '6', { t: JUNE }],
  ['DateTime.hour(t) * 3600 + DateTime.minute(t) * 60 + DateTime.second(t)', '81015', { t: JUNE }],
  ['t - DateTime.parse("2024-06-01")', '81015250', { t: JUNE }],
  ['t + 750 == DateTime.parse("2024-06-01T22:30:16Z")', 'true', { t: JUNE }],
  ['500 + t > t AND t - 1 < t', 'true', { t: JUNE }],
  ['DateTime.toEpochMillis(DateTime.fromEpochMillis(1717281015250))', '1717281015250'],
  ['DateTime.parse("2024-06-02T00:30:15.250+02:00") == t', 'true', { t: JUNE }],
  ['DateTime.parse("01.06.2024 22:30", "dd.MM.yyyy HH:mm") < t', 'true', { t: JUNE }],
  ['(string)DateTime.parse("3 Jun 2024 1:05 PM", "d MMM yyyy h:mm a")', '2024-06-03T13:05:00.000Z'],
  ['DateTime.year(null)', null],
]

const FAILURES: [string, string, Given?][] = [
  ['a / b', 'A number cannot be divided by zero.', { a: 1, b: 0 }],
  ['a % 0', 'A number cannot be divided by zero.', { a: 1 }],
  ['"a" * 2', '"*" cannot join the text "a" and the number 2.'],
  ['true + 1', '"+" cannot join true and the number 1.'],
  ['-"a"', '"-" needs a number, not the text "a".'],
  ['(-2) ^ 0.5', 'A negative number has no power with a fractional exponent.'],
  ['0 ^ -1', 'Zero has no negative power.'],
  ['9 ^ 9 ^ 9', 'The result has more than 200 digits before or zeros after the point.'],
  ['1 < "a"', '"<" cannot compare the number 1 with the text "a".'],
  ['true < false', '"<" cannot compare true with false.'],
  ['1 AND true', 'A condition must be true or false, not the number 1.'],
  ['"x" ? 1 : 2', 'A condition must be true or false, not the text "x".'],
  ['!5', 'A condition must be true or false, not the number 5.'],
  ['(number)"abc"', 'The text "abc" is not a number.'],
  ['(boolean)"yes"', 'the text "yes" is neither true nor false.'],
  ['Math.abs("1")', 'Math.abs needs a number as number, not the text "1".'],
  ['Math.round(1.5, 0.5)', 'The number of places must be a whole number from -60 to 60.'],
  ['Math.pow(2)', 'It is written Math.pow(base, exponent).'],
  ['String.substring("a", -1)', 'A place in a text must be a whole number from 0 on.'],
  [
    'DateTime.parse("1 June")',
    '"1 June" is not an ISO-8601 date-time such as 2024-06-01T08:30:00Z.',
  ],
  ['DateTime.parse("2024-02-30")', notReal('2024-02-30')],
  ['DateTime.parse("2024-06-01T00:00+99:00")', notReal('2024-06-01T00:00+99:00')],
  ['DateTime.parse("2024-06-01T00:00+01:60")', notReal('2024-06-01T00:00+01:60')],
  ['DateTime.parse("01.06.2024 +1900", "dd.MM.yyyy XX")', notReal('01.06.2024 +1900')],
  ['DateTime.parse("13:00 PM", "hh:mm a")', notReal('13:00 PM')],
  ['DateTime.parse("00:30 AM", "hh:mm a")', notReal('00:30 AM')],
  ['DateTime.parse("Monday, 2024-06-01", "EEEE, yyyy-MM-dd")', notReal('Monday, 2024-06-01')],
  ['DateTime.fromEpochMillis(1e18)', 'The timestamp lies outside the years 0 to 9999.'],
  ['nosuch(1)', 'There is no function nosuch.'],
  ['Lookup.exists("rates", 1)', 'There is no published lookup table for the text "rates".'],
]

describe('evaluating a calculation', () => {
  it.each(EXAMPLES)('gives the value of the worked example %s = %s', (text, expected, given) => {
    expect(shownValue(text, given)).toBe(expected)
  })

  it.each(VALUES)('%s = %s', (text, expected, given) => {
    expect(shownValue(text, given)).toBe(expected)
  })

  it.each(FAILURES)('%s fails: %s', (text, message, given) => {
    expect(() => shownValue(text, given)).toThrow(
      expect.objectContaining({ name: 'CalculationError', message }),
    )
  })

  it('says where in the text it failed', () => {
    try {
      shownValue('1 + 2 / (a - a)', { a: 3 })
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ at: { position: 4, length: 11 } })
    }
  })

  it('evaluates sums of 1000 operators', () => {
    expect(shownValue(`a${'+a'.repeat(1000)}`, { a: 0.1 })).toBe('100.1')
  })
})

describe('looking up in a table', () => {
  const rates: LookupTable = {
    fields: { country: 'STRING', level: 'NUMBER', rate: 'NUMBER', label: 'STRING' },
    keys: ['country', 'level'],
    find: ([country, level]) =>
      country === 'UK' && String(level) === '1' ? { rate: decimal('0.9') } : null,
  }

  it.each([
    ['Lookup.findNumber("rates", "rate", 1, "UK", 1)', '0.9'],
    ['Lookup.findNumber("rates", "rate", 1, "country", "level")', '0.9'],
    ['Lookup.findNumber("rates", "rate", 1, "UK", "1")', '0.9'],
    ['Lookup.findNumber("rates", "rate", 1, "FR", 1)', '1'],
    ['Lookup.findNumber("rates", "rate", 1, null, 1)', '1'],
    ['Lookup.findString("rates", "label", "none", "UK", 1)', 'none'],
    ['Lookup.exists("rates", "UK", 1)', 'true'],
    ['Lookup.exists("rates", "UK", "many")', 'false'],
  ])('%s = %s', (text, expected) => {
    expect(lookUp(text)).toBe(expected)
  })

  it.each([
    ['Lookup.findNumber("rates", "label", 1, "UK", 1)', 'holds another kind of value'],
    ['Lookup.findNumber("rates", "nothing", 1, "UK", 1)', 'has no such field'],
    ['Lookup.findNumber("rates", "rate", 1, "UK")', 'needs 2 keys: country, level'],
    ['Lookup.findNumber("other", "rate", 1, "UK", 1)', 'no published lookup table'],
  ])('%s fails: %s', (text, message) => {
    expect(() => lookUp(text)).toThrow(message)
  })

  function lookUp(text: string): string | null {
    const known: Given = { country: 'UK', level: 1 }
    const value = compileWithNames(text, known, (code) => (code === 'rates' ? rates : null))
    return value === null ? null : textOf(value)
  }
})

function compileWithNames(
  text: string,
  given: Given,
  lookups: (code: string) => LookupTable | null,
) {
  return compile<null>(
    parse(text),
    ([name = '']) => (name in given ? () => toValue(given[name]) : null),
    lookups,
  )(null)
}

function shownValue(text: string, given: Given = {}): string | null {
  const value = evaluate(parse(text), ([name = '']) => toValue(given[name]))
  return value === null ? null : textOf(value)
}

function toValue(given: Given[string] | undefined): Value {
  if (given === undefined) return null
  return typeof given === 'number' ? decimal(given) : given
}

function notReal(text: string): string {
  return `"${text}" is not a date and time that exists.`
}
