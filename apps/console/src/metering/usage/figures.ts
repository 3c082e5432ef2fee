/** The figures of a question as people know them, and what may be made of several values of one. */
import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import type { UsageFunction } from '@countinghouse/contract/metering/usage-query.ts'
import { type Decimal, decimal, digits } from '@countinghouse/engine/money/decimal.ts'
import { unitWords } from '../../kit/format/digits.ts'
import { words } from '../../kit/format/state.tsx'
import { fieldsOf, type Question } from './question.ts'

export type Figure = { key: string; title: string; unit: string; method: UsageFunction }

const counting: UsageFunction[] = ['COUNT', 'UNIQUE']

export function figuresOf(question: Question, meters: readonly Meter[]): Figure[] {
  return question.aggregations
    .filter((each) => each.fieldCode !== '')
    .map((each) => {
      const meter = meters.find((row) => row.id === each.meterId)
      const field = fieldsOf(meter).find((row) => row.code === each.fieldCode)
      return {
        key: `${meter?.code}.${each.fieldCode}.${each.function}`,
        title: `${field?.name ?? each.fieldCode}, ${words(each.function).toLowerCase()}`,
        // A number of measurements is not in the unit of what they measure.
        unit: counting.includes(each.function) ? '' : unitWords(field?.unit ?? ''),
        method: each.function,
      }
    })
}

/** What several values of a figure come to, and the word for it; or why that cannot be known. */
export type Together =
  | { kind: 'known'; word: string; of: (one: Decimal, other: Decimal) => Decimal }
  | { kind: 'unknown'; why: string }

const total: Together = { kind: 'known', word: 'Total', of: (one, other) => one.plus(other) }

const togethers: Record<UsageFunction, Together> = {
  SUM: total,
  COUNT: total,
  MIN: {
    kind: 'known',
    word: 'Lowest',
    of: (one, other) => (other.lessThan(one) ? other : one),
  },
  MAX: {
    kind: 'known',
    word: 'Highest',
    of: (one, other) => (other.greaterThan(one) ? other : one),
  },
  MEAN: {
    kind: 'unknown',
    why: 'Means cannot be added up: each stands for another number of measurements.',
  },
  LATEST: {
    kind: 'unknown',
    why: 'Latest values cannot be added up: which of them is the last of all is not seen from them.',
  },
  UNIQUE: {
    kind: 'unknown',
    why: 'Numbers of different values cannot be added up: what occurs in several places would count more than once.',
  },
}

export function togetherOf({ method }: Figure): Together {
  return togethers[method]
}

export function combine(together: Together, values: readonly string[]): string | undefined {
  if (together.kind === 'unknown') return undefined
  const [first, ...others] = values.map((value) => decimal(value))
  return first && digits(others.reduce(together.of, first))
}
