/**
 * The laws of the language, each checked over generated values. The numbers are named in the titles.
 *
 *  1. Reading what was printed gives the same tree, and printing it again the same text.
 *  2. Printing needs no brackets twice: a printed text is its own printed form.
 *  3. Exact addition and multiplication commute and associate; multiplication distributes.
 *  4. a - b + b is a; a + 0 and a * 1 are a; 0 - a is -a.
 *  5. Whole powers add: x^m * x^n is x^(m + n).
 *  6. The remainder is smaller than the divisor and has the sign of the dividend.
 *  7. Arithmetic with null is null; a comparison with null is false; null is a false condition.
 *  8. == is symmetric and agrees with !=; values of different kinds are unequal.
 *  9. Of a < b, a == b, a > b exactly one holds for two numbers, and for two texts.
 * 10. AND, OR and ! obey De Morgan and the choice takes exactly one branch.
 * 11. floor ≤ round ≤ ceil, at every scale, and each is at most one step away.
 * 12. Joining text associates, and a number in text reads back as the same number.
 * 13. max and min are the ends of the sorted list, nulls left out.
 * 14. A timestamp printed and parsed is the same instant.
 * 15. Any text is read or refused with a place inside it; nothing else is thrown.
 * 16. Any calculation gives a value or a CalculationError, whatever the values; and a value is always
 *     of a kind that the check foresaw.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Decimal, decimal } from '../money/decimal.ts'
import { kindsOf } from './apply-function.ts'
import { checkText } from './check.ts'
import { evaluate } from './evaluate.ts'
import { functions } from './functions.ts'
import { lookupFunctions } from './lookup.ts'
import { parse } from './parse.ts'
import { print } from './print.ts'
import { CalculationError, CalculationSyntaxError } from './problem.ts'
import type { Scope } from './scope.ts'
import type { BinaryOperator, CastType, Expression, UnaryOperator } from './syntax.ts'
import { canBe } from './types.ts'
import { areEqual, isNumber, isTimestamp, type Value } from './values.ts'

const at = { position: 0, length: 0 }

const exactNumber = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(12))
  .map(([digits, places]) => decimal(digits).times(decimal(`1e-${places}`)))
const positiveNumber = exactNumber.map((value) => value.abs())
const anyText = fc.string({ unit: 'binary', maxLength: 12 })
const instant = fc
  .integer({ min: new Date(0).setUTCFullYear(0, 0, 1), max: Date.UTC(9999, 11) })
  .map((epochMs) => ({ epochMs }))
const anyValue: fc.Arbitrary<Value> = fc.oneof(
  exactNumber,
  anyText,
  fc.boolean(),
  instant,
  fc.constant(null),
)

describe('laws of the language', () => {
  it('1, 2: printing and reading are inverse', () => {
    fc.assert(
      fc.property(tree(), (expression) => {
        const printed = print(expression)

        expect(withoutPlaces(parse(printed))).toEqual(withoutPlaces(expression))
        expect(print(parse(printed))).toBe(printed)
      }),
      { numRuns: 500 },
    )
  })

  it('3: exact sums and products commute, associate and distribute', () => {
    fc.assert(
      fc.property(exactNumber, exactNumber, exactNumber, (a, b, c) => {
        expect(holds('a + b == b + a AND a * b == b * a', { a, b, c })).toBe(true)
        expect(holds('(a + b) + c == a + (b + c)', { a, b, c })).toBe(true)
        expect(holds('(a * b) * c == a * (b * c)', { a, b, c })).toBe(true)
        expect(holds('a * (b + c) == a * b + a * c', { a, b, c })).toBe(true)
      }),
    )
  })

  it('4: nothing gained, nothing lost', () => {
    fc.assert(
      fc.property(exactNumber, exactNumber, (a, b) => {
        expect(
          holds('a - b + b == a AND a + 0 == a AND a * 1 == a AND 0 - a == -a', { a, b }),
        ).toBe(true)
      }),
    )
  })

  it('5: whole powers add', () => {
    const base = fc.integer({ min: -999, max: 999 }).map((value) => decimal(value).dividedBy(10))
    fc.assert(
      fc.property(base, fc.nat(8), fc.nat(8), (x, m, n) => {
        const given = { x, m: decimal(m), n: decimal(n) }

        expect(holds('x ^ m * x ^ n == x ^ (m + n)', given)).toBe(true)
      }),
    )
  })

  it('6: a remainder is smaller than its divisor and has the sign of the dividend', () => {
    fc.assert(
      fc.property(exactNumber, positiveNumber, (a, b) => {
        fc.pre(!b.isZero())

        expect(holds('Math.abs(a % b) < b AND (a % b) * a >= 0', { a, b })).toBe(true)
      }),
    )
  })

  it('7: null spreads through arithmetic and answers no comparison', () => {
    fc.assert(
      fc.property(exactNumber, (a) => {
        for (const operator of ['+', '-', '*', '/', '%', '^']) {
          expect(value(`a ${operator} nothing`, { a, nothing: null })).toBe(null)
          expect(value(`nothing ${operator} a`, { a, nothing: null })).toBe(null)
        }
        for (const operator of ['<', '>', '<=', '>=', '==']) {
          expect(holds(`a ${operator} nothing`, { a, nothing: null })).toBe(false)
        }
        expect(holds('nothing ? true : !nothing', { nothing: null })).toBe(true)
      }),
    )
  })

  it('8: equality is symmetric, agrees with inequality and never holds between kinds', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        const isEqual = value('a == b', { a, b })

        expect(value('b == a', { a, b })).toBe(isEqual)
        expect(value('a != b', { a, b })).toBe(!isEqual)
        expect(value('a == a', { a, b })).toBe(true)
      }),
    )
  })

  it('9: two numbers or two texts stand in exactly one order', () => {
    const pair = fc.oneof(fc.tuple(exactNumber, exactNumber), fc.tuple(anyText, anyText))
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const found = ['a < b', 'a == b', 'a > b'].filter((text) => holds(text, { a, b }))

        expect(found).toHaveLength(1)
        expect(holds('(a <= b) == !(a > b) AND (a >= b) == !(a < b)', { a, b })).toBe(true)
      }),
    )
  })

  it('10: conditions obey De Morgan and a choice takes one branch', () => {
    const condition = fc.constantFrom(true, false, null)
    fc.assert(
      fc.property(condition, condition, (a, b) => {
        expect(holds('!(a AND b) == (!a OR !b) AND !(a OR b) == (!a AND !b)', { a, b })).toBe(true)
        expect(holds('(a ? 1 : 2) == (!a ? 2 : 1)', { a, b })).toBe(true)
      }),
    )
  })

  it('11: floor, round and ceil stay in order and within one step', () => {
    fc.assert(
      fc.property(exactNumber, fc.integer({ min: -6, max: 12 }), (a, places) => {
        const given = { a, places: decimal(places), step: decimal(10).pow(-places) }

        expect(holds('Math.floor(a, places) <= Math.round(a, places)', given)).toBe(true)
        expect(holds('Math.round(a, places) <= Math.ceil(a, places)', given)).toBe(true)
        expect(holds('a - Math.floor(a, places) < step', given)).toBe(true)
        expect(holds('Math.ceil(a, places) - a < step', given)).toBe(true)
        expect(holds('Math.abs(Math.round(a, places) - a) * 2 <= step', given)).toBe(true)
      }),
    )
  })

  it('12: joining text associates, and numbers survive as text', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, exactNumber, (a, b, c, n) => {
        expect(holds('(a + b) + c == a + (b + c)', { a, b, c })).toBe(true)
        expect(holds('(number)(string)n == n AND (number)("" + n) == n', { n })).toBe(true)
      }),
    )
  })

  it('13: max and min are the ends of the sorted list', () => {
    const list = fc.array(fc.option(exactNumber), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(list, (values) => {
        const given = Object.fromEntries(values.map((entry, index) => [`v${index}`, entry]))
        const names = Object.keys(given).join(', ')
        const sorted = values.filter((entry) => entry !== null).sort((a, b) => a.comparedTo(b))

        expect(areEqual(value(`Math.max(${names})`, given), sorted.at(-1) ?? null)).toBe(true)
        expect(areEqual(value(`Math.min(${names})`, given), sorted[0] ?? null)).toBe(true)
      }),
    )
  })

  it('14: a timestamp printed and parsed is the same instant', () => {
    fc.assert(
      fc.property(instant, (t) => {
        expect(holds('DateTime.parse((string)t) == t', { t })).toBe(true)
        expect(
          holds(
            'DateTime.parse(DateTime.format(t, DateTime.TS_FMT, "+05:30"), DateTime.TS_FMT) == t',
            {
              t,
            },
          ),
        ).toBe(true)
      }),
    )
  })
})

describe('laws of the tools', () => {
  it('15: any text is read, or refused with a place inside it', () => {
    const word = fc.constantFrom(
      ...['1', '.5', 'a', '"x"', "'", '"', '(', ')', '[', ']', '+', '-', '^', '?', ':', ',', '.'],
      ...[
        'AND',
        'not',
        'null',
        '(number)',
        '==',
        '=',
        '–',
        '“',
        '\\',
        '\n',
        'Math.max(',
        '💡',
        '#',
      ],
    )
    const text = fc.oneof(
      fc.array(word, { maxLength: 12 }).map((words) => words.join('')),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(text, (written) => {
        try {
          parse(written)
        } catch (error) {
          expect(error).toBeInstanceOf(CalculationSyntaxError)
          const { at: place } = error as CalculationSyntaxError
          expect(place.position + place.length).toBeLessThanOrEqual(written.length)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('16: a calculation gives a value of a foreseen kind, or a CalculationError', () => {
    const names = fc.constantFrom<string[]>(['n'], ['s'], ['b'], ['t'], ['nothing'], ['Math', 'PI'])
    const given = fc.record({
      n: exactNumber,
      s: fc.oneof(anyText, fc.constantFrom('12.5', 'true', '2024-06-01T08:30:00Z', 'UTC')),
      b: fc.boolean(),
      t: instant,
      nothing: fc.constant(null),
    })
    fc.assert(
      fc.property(tree(names), given, (expression, values) => {
        const text = print(expression)
        const { problems, kinds } = checkText(text, scopeOf(values))
        try {
          const result = value(text, values)
          expect(canBe(kinds, kindsOf(result))).toBe(true)
        } catch (error) {
          expect(error, `${text}: ${problems[0]?.message}`).toBeInstanceOf(CalculationError)
        }
      }),
      { numRuns: 3000 },
    )
  })

  function scopeOf(values: Record<string, Value>): Scope {
    const names = Object.entries(values).map(([name, entry]) => ({
      path: [name],
      kind: 'field' as const,
      kinds: kindsOf(entry),
      help: name,
    }))
    return { names, advice: '', tables: [], result: null }
  }
})

function value(text: string, given: Record<string, Value>): Value {
  return evaluate(parse(text), ([name = '']) => given[name] ?? null)
}

function holds(text: string, given: Record<string, Value>): boolean {
  const result = value(text, given)
  if (typeof result === 'boolean') return result
  throw new Error(`${text} gave no condition.`)
}

const anyPath = fc.array(
  fc.oneof(
    fc.constantFrom('gigabytes', 'null', 'AND', 'number', 'größe', 'Math', '$x_1'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
  ),
  { minLength: 1, maxLength: 3 },
)

function tree(paths: fc.Arbitrary<string[]> = anyPath): fc.Arbitrary<Expression> {
  const binary = fc.constantFrom<BinaryOperator>(
    ...(['OR', 'AND', '==', '!=', '<', '>', '<=', '>=', '+', '-', '*', '/', '%', '^'] as const),
  )
  const names = [...functions, ...lookupFunctions].map(({ name }) => name)
  const call = fc.constantFrom(...names, 'f', 'a.b.c')
  return fc.letrec<{ leaf: Expression; tree: Expression }>((tie) => ({
    leaf: fc.oneof(
      positiveNumber.map((number): Expression => ({ kind: 'number', value: number, at })),
      anyText.map((text): Expression => ({ kind: 'string', value: text, at })),
      fc.boolean().map((truth): Expression => ({ kind: 'boolean', value: truth, at })),
      fc.constant<Expression>({ kind: 'null', at }),
      paths.map((path): Expression => ({ kind: 'path', path, at })),
    ),
    tree: fc.oneof(
      { maxDepth: 6, depthSize: 'medium' },
      tie('leaf'),
      fc.tuple(binary, tie('tree'), tie('tree')).map(
        ([operator, left, right]): Expression => ({
          kind: 'binary',
          operator,
          left,
          right,
          at,
          operatorAt: at,
        }),
      ),
      fc
        .tuple(fc.constantFrom<UnaryOperator>('+', '-', '!'), tie('tree'))
        .map(([operator, operand]): Expression => ({ kind: 'unary', operator, operand, at })),
      fc
        .tuple(fc.constantFrom<CastType>('string', 'number', 'integer', 'boolean'), tie('tree'))
        .map(([type, operand]): Expression => ({ kind: 'cast', type, operand, at })),
      fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(
        ([condition, then, otherwise]): Expression => ({
          kind: 'choice',
          condition,
          then,
          otherwise,
          at,
        }),
      ),
      fc.tuple(call, fc.array(tie('tree'), { maxLength: 3 })).map(
        ([called, given]): Expression => ({
          kind: 'call',
          name: called,
          arguments: given,
          at,
          nameAt: at,
        }),
      ),
    ),
  })).tree
}

/** A tree as plain data without positions, numbers as their digits. */
function withoutPlaces(expression: Expression): unknown {
  return JSON.parse(
    JSON.stringify(expression, (key, entry: unknown) => {
      if (key === 'at' || key.endsWith('At')) return undefined
      return isDecimal(entry) ? entry.toFixed() : entry
    }),
  )
}

function isDecimal(entry: unknown): entry is Decimal {
  if (typeof entry !== 'object' || entry === null || !('toFixed' in entry)) return false
  return !isTimestamp(entry as Value) && isNumber(entry as Value)
}
