import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from './parse.ts'
import { print } from './print.ts'
import { CalculationSyntaxError, problemAt } from './problem.ts'

const linesOf = (name: string) =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')

describe('reading a calculation', () => {
  it.each(linesOf('valid.txt'))('takes %s', (text) => {
    const printed = print(parse(text))

    expect(print(parse(printed))).toBe(printed)
  })

  it.each(linesOf('invalid.txt').map((line) => line.split('\t')))(
    'refuses at column %s: %s',
    (column, text = '') => {
      const error = refusalOf(text)

      expect(problemAt(text, error.message, error.at).column).toBe(Number(column))
      expect(error.message).toMatch(/^.{10,}\.$/)
    },
  )

  it.each(['', '   ', '\n'])('refuses an empty text %j', (text) => {
    expect(refusalOf(text).message).toBe('The calculation is empty.')
  })

  it.each([
    ['1 + 2 * 3', '1 + 2 * 3'],
    ['(1 + 2) * 3', '(1 + 2) * 3'],
    ['((1)) - (2 - 3)', '1 - (2 - 3)'],
    ['(1 - 2) - 3', '1 - 2 - 3'],
    ['-2^2', '-2 ^ 2'],
    ['(-2)^2', '(-2) ^ 2'],
    ['2^(3^2)', '2 ^ 3 ^ 2'],
    ['(2^3)^2', '(2 ^ 3) ^ 2'],
    ['2 ^ -x', '2 ^ -x'],
    ['(a ? b : c) ? d : (e ? f : g)', '(a ? b : c) ? d : e ? f : g'],
    ['not a and b or c', '!a AND b OR c'],
    ['a and (b or c)', 'a AND (b OR c)'],
    ['(string) (a + b)', '(string)(a + b)'],
    ['(string)a + b', '(string)a + b'],
    ['(double)a', '(number)a'],
    ['(number) * 2', 'number * 2'],
    ['1e3', '1000'],
    ['1.50', '1.5'],
    ["'it\\'s'", '"it\'s"'],
    ['account["rate"]', 'account.rate'],
    ['5 – 3', '5 - 3'],
    ['“UK”', '"UK"'],
  ])('understands %s as %s', (text, printed) => {
    expect(print(parse(text))).toBe(printed)
  })

  it('counts lines and columns from one', () => {
    const text = 'gigabytes\n  + * 2'
    const error = refusalOf(text)

    expect(problemAt(text, error.message, error.at)).toEqual({
      message: 'Unexpected "*". A value is missing before it.',
      position: 14,
      length: 1,
      line: 2,
      column: 5,
    })
  })

  it('reads sums of up to 1000 operators', () => {
    expect(print(parse(`1${'+1'.repeat(1000)}`))).toHaveLength(4 * 1000 + 1)
    expect(refusalOf(`1${'+1'.repeat(1001)}`).message).toContain('more than 1000 operators')
  })

  it('refuses nesting that would exhaust the stack', () => {
    expect(refusalOf(`${'('.repeat(2000)}1${')'.repeat(2000)}`).message).toContain('250 levels')
    expect(refusalOf(`${'-'.repeat(4000)}1`).message).toContain('250 levels')
  })
})

function refusalOf(text: string): CalculationSyntaxError {
  try {
    parse(text)
  } catch (error) {
    if (error instanceof CalculationSyntaxError) return error
    throw error
  }
  throw new Error(`"${text}" was read without an error.`)
}
