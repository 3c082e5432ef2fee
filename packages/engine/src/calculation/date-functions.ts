/** The functions on timestamps (metering 9.4). Zones default to UTC. */
import { decimal } from '../money/decimal.ts'
import { normalizeZone } from '../time/zone.ts'
import {
  type DateParts,
  formatTimestamp,
  parseIsoTimestamp,
  parseTimestamp,
  partsOf,
  patternProblem,
} from './date-format.ts'
import type { FunctionRule, Parameter } from './function-rule.ts'
import { asNumber } from './math-functions.ts'
import { timestampAt } from './operators.ts'
import { CalculationError } from './problem.ts'
import type { Span } from './syntax.ts'
import { asText } from './text-functions.ts'
import { NUMBER, STRING, TIMESTAMP } from './types.ts'
import { isTimestamp, type Value } from './values.ts'

const timestamp: Parameter = { name: 'timestamp', kinds: TIMESTAMP }
const zone: Parameter = {
  name: 'zone',
  kinds: STRING,
  isOptional: true,
  problemOf: (name) => problemOf(() => normalizeZone(name)),
}
const pattern: Parameter = { name: 'pattern', kinds: STRING, problemOf: patternProblem }

export const dateFunctions: readonly FunctionRule[] = [
  {
    name: 'DateTime.parse',
    parameters: [
      { name: 'text', kinds: STRING },
      { ...pattern, isOptional: true },
    ],
    result: TIMESTAMP,
    help: 'A timestamp from text in ISO-8601, or in the given pattern; UTC unless the text has a zone.',
    isNullWithNull: true,
    apply: ([text, form], at) => {
      const read = () =>
        form === undefined
          ? parseIsoTimestamp(asText(text))
          : parseTimestamp(asText(text), asText(form))
      return timestampAt(decimal(refusedAt(at, read)), at)
    },
  },
  {
    name: 'DateTime.format',
    parameters: [timestamp, pattern, zone],
    result: STRING,
    help: 'The timestamp as text, such as DateTime.format(timestamp.ts, "yyyy-MM-dd").',
    isNullWithNull: true,
    apply: ([value, form, name], at) =>
      refusedAt(at, () => formatTimestamp(instantOf(value), asText(form), zoneOf(name))),
  },
  {
    name: 'DateTime.toEpochMillis',
    parameters: [timestamp],
    result: NUMBER,
    help: 'Milliseconds since the start of 1970 in UTC.',
    isNullWithNull: true,
    apply: ([value]) => decimal(instantOf(value)),
  },
  {
    name: 'DateTime.fromEpochMillis',
    parameters: [{ name: 'milliseconds', kinds: NUMBER }],
    result: TIMESTAMP,
    help: 'The timestamp this many milliseconds after the start of 1970 in UTC.',
    isNullWithNull: true,
    apply: ([value], at) => timestampAt(asNumber(value), at),
  },
  part('year', 'The year, such as 2024.'),
  part('month', 'The month, 1 to 12.'),
  part('day', 'The day of the month, 1 to 31.'),
  part('hour', 'The hour, 0 to 23.'),
  part('minute', 'The minute, 0 to 59.'),
  part('second', 'The second, 0 to 59.'),
  part('dayOfWeek', 'The day of the week, 1 for Monday to 7 for Sunday.'),
]

function part(
  name: Exclude<keyof DateParts, 'millisecond' | 'offsetMinutes'>,
  help: string,
): FunctionRule {
  return {
    name: `DateTime.${name}`,
    parameters: [timestamp, zone],
    result: NUMBER,
    help,
    isNullWithNull: true,
    apply: ([value, zoneName], at) =>
      decimal(refusedAt(at, () => partsOf(instantOf(value), zoneOf(zoneName))[name])),
  }
}

function instantOf(value: Value | undefined): number {
  if (value !== undefined && isTimestamp(value)) return value.epochMs
  throw new TypeError('Argument kinds are checked before a function is called.')
}

function zoneOf(name: Value | undefined): string {
  return name === undefined ? 'UTC' : normalizeZone(asText(name))
}

function refusedAt<Result>(at: Span, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw new CalculationError(error.message, at)
    throw error
  }
}

function problemOf(work: () => unknown): string | null {
  try {
    work()
    return null
  } catch (error) {
    return error instanceof RangeError ? error.message : null
  }
}
