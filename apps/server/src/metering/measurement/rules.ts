/**
 * Stage 1: what a batch of measurements must look like to be taken (metering 5.2). Written by hand
 * because it runs a hundred thousand times a second; the schema in the contract says the same, and
 * a test holds the two together.
 */

import { CODE_PATTERN } from '@countinghouse/contract/kit/schema.ts'
import {
  MEASUREMENTS_MAX,
  METADATA_LENGTH_MAX,
  numberGroups,
  textGroups,
  UID_LENGTH_MAX,
} from '@countinghouse/contract/metering/measurement.ts'
import { InvalidInputError, type Problem, refuseProblems } from '../../kit/errors.ts'
import {
  decimalText,
  decimalTextOf,
  isNumberText,
  isRoughlyKept,
  SCALE,
  WHOLE_DIGITS_MAX,
} from './service/decimal-text.ts'
import { readInstant } from './service/instant-text.ts'

/** A measurement that passed: its times read, everything else as it was sent. */
export type CheckedMeasurement = {
  /** Empty when the sender gave none. */
  uid: string
  meter: string
  account: string
  ts: number
  ets: number | null
  source: MeasurementSource
}

export type MeasurementSource = {
  [group in (typeof textGroups)[number]]?: Record<string, string | number | boolean | null>
} & { [group in (typeof numberGroups)[number]]?: Record<string, number | string | null> } & Record<
    string,
    unknown
  >

/** Clocks of senders may be a little fast. */
export const FUTURE_TOLERANCE_MS = 60_000
/** The last instant that the event store keeps exactly; only an `ets` can come near it. */
const LAST_INSTANT = Date.UTC(2286, 10, 20)
const PROBLEMS_MAX = 100

/** Throws 400 with every problem found, each with its position; then nothing was taken. */
export function checkSubmission(body: unknown, now: number): CheckedMeasurement[] {
  const items = measurementsOf(body)
  const problems: Problem[] = []
  const checked = items.map((item, index) => checkMeasurement(item, index, now, problems))
  refuseProblems(problems)
  return checked
}

function measurementsOf(body: unknown): unknown[] {
  const items = isObject(body) ? body.measurements : undefined
  if (!Array.isArray(items)) {
    throw refusal('must be a list of measurements, as in {"measurements": [ … ]}.')
  }
  if (items.length === 0) throw refusal('is empty. Send at least one measurement.')
  if (items.length > MEASUREMENTS_MAX) {
    throw refusal(
      `holds ${items.length} items, but one request takes at most ${MEASUREMENTS_MAX}. Send the rest in further requests.`,
    )
  }
  return items
}

function refusal(message: string): InvalidInputError {
  return new InvalidInputError(`measurements ${message}`, [{ field: 'measurements', message }])
}

function checkMeasurement(
  item: unknown,
  index: number,
  now: number,
  problems: Problem[],
): CheckedMeasurement {
  const report = (field: string, message: string): void => {
    if (problems.length >= PROBLEMS_MAX) return
    problems.push({ field: `measurements[${index}]${field === '' ? '' : '.'}${field}`, message })
  }
  if (!isObject(item)) {
    report('', 'must be an object with meter, account, ts and values.')
    return { uid: '', meter: '', account: '', ts: 0, ets: null, source: {} }
  }
  const { uid, meter, account, ts, ets } = item
  checkUid(uid, report)
  checkCode('meter', meter, report)
  checkCode('account', account, report)
  const start = checkTimestamp(ts, now, report)
  const end = ets === undefined ? null : checkEnd(ets, start, report)
  checkTexts(item, report)
  checkNumbers(item, report)
  return {
    uid: typeof uid === 'string' ? uid : '',
    meter: typeof meter === 'string' ? meter : '',
    account: typeof account === 'string' ? account : '',
    ts: start,
    ets: end,
    // NOTE: the two checks before made sure of the shape, or reported a problem.
    source: item as MeasurementSource,
  }
}

type Report = (field: string, message: string) => void

const HALF_CHARACTER = 'holds half a character (a lone surrogate). Send proper Unicode.'

function checkUid(uid: unknown, report: Report): void {
  if (uid === undefined) return
  if (typeof uid !== 'string') report('uid', 'must be text.')
  else if (isLonger(uid, UID_LENGTH_MAX)) {
    report('uid', `has ${[...uid].length} characters, at most ${UID_LENGTH_MAX} are allowed.`)
  } else if (!uid.isWellFormed()) report('uid', HALF_CHARACTER)
  else if (uid.includes('\0')) report('uid', 'holds the character U+0000. Take it out.')
}

const PLAIN_CODE = /^[!-~]([ -~]{0,78}[!-~])?$/
const CODE = new RegExp(CODE_PATTERN, 'u')
const CODE_LENGTH_MAX = 80

function checkCode(field: string, value: unknown, report: Report): void {
  if (typeof value !== 'string') {
    report(field, value === undefined ? `is missing. Give the ${field}'s code.` : 'must be text.')
  } else if (!PLAIN_CODE.test(value)) checkUnusualCode(field, value, report)
}

function checkUnusualCode(field: string, value: string, report: Report): void {
  if (value.length === 0) report(field, `is empty. Give the ${field}'s code.`)
  else if (isLonger(value, CODE_LENGTH_MAX)) {
    report(field, `has ${[...value].length} characters, codes have at most ${CODE_LENGTH_MAX}.`)
  } else if (!value.isWellFormed()) report(field, HALF_CHARACTER)
  else if (!CODE.test(value)) {
    report(field, 'is no code: no control characters, and white space only as plain spaces inside.')
  }
}

const TIME_ADVICE = 'Write it in ISO-8601 with a zone, like 2024-06-01T00:00:00Z.'

function checkTimestamp(value: unknown, now: number, report: Report): number {
  if (value === undefined) {
    report('ts', `is missing. ${TIME_ADVICE}`)
    return 0
  }
  const instant = typeof value === 'string' ? readInstant(value) : null
  if (instant === null) {
    report('ts', `is no date and time with a zone. ${TIME_ADVICE}`)
    return 0
  }
  if (instant > now + FUTURE_TOLERANCE_MS) {
    report('ts', 'lies in the future. Send usage when it has happened, or check the clock.')
  } else if (instant < 0) report('ts', 'lies before 1970. Usage is kept from 1970 on.')
  return instant
}

function checkEnd(value: unknown, start: number, report: Report): number | null {
  const instant = typeof value === 'string' ? readInstant(value) : null
  if (instant === null) {
    report('ets', `is no date and time with a zone. ${TIME_ADVICE} Leave it out if there is none.`)
  } else if (instant < start) report('ets', 'lies before ts. An event cannot end before it begins.')
  else if (instant >= LAST_INSTANT) report('ets', 'lies too far in the future to be kept.')
  return instant
}

function checkTexts(item: Record<string, unknown>, report: Report): void {
  for (const group of textGroups) {
    const values = item[group]
    if (values === undefined) continue
    if (!isObject(values)) {
      report(group, 'must be an object of texts by field code.')
      continue
    }
    for (const code in values) {
      const value = values[code]
      if (typeof value === 'string') {
        if (group === 'metadata' && isLonger(value, METADATA_LENGTH_MAX)) {
          report(
            `${group}.${code}`,
            `has ${[...value].length} characters, metadata holds at most ${METADATA_LENGTH_MAX}.`,
          )
        } else if (!value.isWellFormed()) report(`${group}.${code}`, HALF_CHARACTER)
      } else if (typeof value !== 'number' && typeof value !== 'boolean' && value !== null) {
        report(`${group}.${code}`, 'must be text.')
      }
    }
  }
}

const NUMBER_ADVICE = `must be a number of at most ${WHOLE_DIGITS_MAX} digits before the point.`
const TOO_LARGE = 10 ** WHOLE_DIGITS_MAX

const TOO_FINE = `has digits after the ${SCALE}th decimal place, which cannot be kept. Round it, or measure in a smaller unit.`

function isTooFine(value: unknown): boolean {
  if (typeof value === 'string' && !isNumberText(value)) return false
  if (typeof value !== 'string' && typeof value !== 'number') return false
  return Math.abs(Number(value)) < TOO_LARGE
}

/** Just below the limit a JSON number is rounded up to it: it has no more digits than are allowed. */
function adviceFor(value: unknown): string {
  if (isTooFine(value)) return TOO_FINE
  if (value !== TOO_LARGE && value !== -TOO_LARGE) return NUMBER_ADVICE
  return `${NUMBER_ADVICE} This one reads as 10^${WHOLE_DIGITS_MAX}, because JSON numbers keep 17 digits. Send a long number as text, which keeps all of them.`
}

function checkNumbers(item: Record<string, unknown>, report: Report): void {
  for (const group of numberGroups) {
    const values = item[group]
    if (values === undefined) continue
    if (!isObject(values)) {
      report(group, 'must be an object of numbers by field code.')
      continue
    }
    for (const code in values) {
      const value = values[code]
      if (typeof value === 'number' ? isKept(value) : value === null) continue
      if (typeof value === 'string' && decimalTextOf(value) !== null) continue
      report(`${group}.${code}`, adviceFor(value))
    }
  }
}

/** Infinity comes from numbers such as 1e999. Only very small ones need a closer look. */
function isKept(value: number): boolean {
  if (value >= TOO_LARGE || value <= -TOO_LARGE) return false
  return isRoughlyKept(value) || decimalText(value) !== null
}

/** Counts characters as schemas do: one beyond U+FFFF is one, though its text has the length 2. */
function isLonger(text: string, limit: number): boolean {
  return text.length > limit && (text.length > 2 * limit || [...text].length > limit)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
