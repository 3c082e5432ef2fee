/** Measurements of one meter as a CSV file (metering 5.7). */
import { MEASUREMENTS_MAX } from '@countinghouse/contract/metering/measurement.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import { InvalidInputError, type Problem, refuseProblems } from '../../../kit/errors.ts'
import { parseCsv, toCsv } from './csv.ts'
import type { MeterField, MeterSchema } from './meter-schema.ts'

const FIRST_COLUMNS = ['uid', 'meter', 'account', 'ts', 'ets']
const NEEDED_COLUMNS = ['uid', 'meter', 'account', 'ts']

/** The header and one example row. */
export function csvTemplate(schema: MeterSchema, now: number): string {
  const example = [
    'example-1',
    schema.code,
    'account-code',
    formatInstant(now),
    '',
    ...schema.dataFields.map(({ kind }) => (kind === 'number' ? '1' : 'text')),
  ]
  return toCsv([[...FIRST_COLUMNS, ...schema.dataFields.map(columnOf)], example])
}

/** The body of an ordinary submission. Throws 400 with every problem; one blocks the whole file. */
export function csvSubmission(schema: MeterSchema, content: string): { measurements: unknown[] } {
  const [header, ...rows] = parseCsv(content)
  checkFile(schema, header, rows)
  const columns = header ?? []
  const problems: Problem[] = []
  const uids = new Set<string>()
  const measurements = rows.map((cells, index) => {
    const line = `line ${index + 2}`
    const row = new Map(columns.map((column, place) => [column, cells[place] ?? '']))
    if (cells.length !== columns.length) {
      const message = `has ${cells.length} cells, the header has ${columns.length}.`
      problems.push({ field: line, message })
    }
    for (const column of [...NEEDED_COLUMNS, ...schema.dataFields.map(columnOf)]) {
      if ((row.get(column) ?? '') === '') {
        problems.push({ field: `${line}, ${column}`, message: 'has no value. Fill it in.' })
      }
    }
    const uid = row.get('uid') ?? ''
    if (uid !== '' && uids.has(uid)) {
      const message = `"${uid}" stands in an earlier line. Give each row its own uid.`
      problems.push({ field: `${line}, uid`, message })
    }
    uids.add(uid)
    if (row.get('meter') !== schema.code) {
      const message = `is not ${schema.code}. A file holds measurements of one meter.`
      problems.push({ field: `${line}, meter`, message })
    }
    return toMeasurement(schema, row)
  })
  refuseProblems(problems)
  return { measurements }
}

/** What stage 1 says about `measurements[3].ts` is said about its line in the file. */
export function inFileTerms(error: unknown): unknown {
  if (!(error instanceof InvalidInputError) || error.errors === undefined) return error
  const problems = error.errors.map(({ field, message }) => {
    const found = /^measurements\[(\d+)\]\.?(.*)$/.exec(field)
    if (found === null) return { field, message }
    const column = found[2] === '' ? '' : `, ${found[2]}`
    return { field: `line ${Number(found[1]) + 2}${column}`, message }
  })
  try {
    refuseProblems(problems)
  } catch (translated) {
    return translated
  }
  return error
}

function checkFile(schema: MeterSchema, header: string[] | undefined, rows: string[][]): void {
  const known = [...FIRST_COLUMNS, ...schema.dataFields.map(columnOf)]
  const needed = known.filter((column) => column !== 'ets')
  const problems: Problem[] = [
    ...needed
      .filter((column) => !header?.includes(column))
      .map((column) => ({ field: 'header', message: `has no column ${column}. Add it.` })),
    ...(header ?? [])
      .filter((column) => !known.includes(column))
      .map((column) => ({
        field: 'header',
        message: `has a column ${column} that this meter does not know. Its columns are ${known.join(', ')}.`,
      })),
    ...known
      .filter((column) => header?.indexOf(column) !== header?.lastIndexOf(column))
      .map((column) => ({
        field: 'header',
        message: `has the column ${column} more than once. Keep the one that counts.`,
      })),
  ]
  if (problems.length === 0 && rows.length === 0) {
    problems.push({ field: 'content', message: 'holds no rows below the header.' })
  }
  if (rows.length > MEASUREMENTS_MAX) {
    const message = `holds ${rows.length} rows, but a file may hold ${MEASUREMENTS_MAX}. Split it.`
    problems.push({ field: 'content', message })
  }
  refuseProblems(problems)
}

function toMeasurement(schema: MeterSchema, row: Map<string, string>): unknown {
  const measurement: Record<string, unknown> = {}
  for (const column of FIRST_COLUMNS) {
    const value = row.get(column)
    if (value !== undefined && value !== '') measurement[column] = value
  }
  for (const field of schema.dataFields) {
    const group = field.category.toLowerCase()
    const values = (measurement[group] ?? {}) as Record<string, string>
    values[field.code] = row.get(columnOf(field)) ?? ''
    measurement[group] = values
  }
  return measurement
}

function columnOf({ category, code }: MeterField): string {
  return `${category.toLowerCase()}.${code}`
}
