/** Checking and trying calculations for the editors, and who uses a custom field (metering 9.7, 3.3). */
import type {
  CheckCalculationAnswer,
  CheckCalculationBody,
  EvaluateCalculationAnswer,
  EvaluateCalculationBody,
} from '@countinghouse/contract/metering/calculation.ts'
import { compoundAggregation } from '@countinghouse/contract/metering/compound-aggregation.ts'
import { type DataFieldCategory, meter } from '@countinghouse/contract/metering/meter.ts'
import { checkText } from '@countinghouse/engine/calculation/check.ts'
import { completions } from '@countinghouse/engine/calculation/completions.ts'
import { evaluate } from '@countinghouse/engine/calculation/evaluate.ts'
import { parse } from '@countinghouse/engine/calculation/parse.ts'
import { printPath } from '@countinghouse/engine/calculation/print.ts'
import { CalculationError } from '@countinghouse/engine/calculation/problem.ts'
import { nameInScope, type Scope } from '@countinghouse/engine/calculation/scope.ts'
import { kindName, TIMESTAMP } from '@countinghouse/engine/calculation/types.ts'
import { kindOf, textOf, type Value } from '@countinghouse/engine/calculation/values.ts'
import {
  type CustomFieldDefaults,
  customFieldAt,
  customFieldsOf,
  customFieldValue,
} from '@countinghouse/engine/metering/custom-field.ts'
import { decimal } from '@countinghouse/engine/money/decimal.ts'
import { parseInstant } from '@countinghouse/engine/time/instant.ts'
import { InvalidInputError } from '../../kit/errors.ts'
import type { Reader } from '../../kit/postgres/database.ts'
import { readAll, readMany } from '../../kit/resource/read.ts'
import {
  type FindCustomFieldUsers,
  readCustomFieldDefaults,
} from '../../organization/custom-field/service.ts'
import { compoundCalculationScope } from '../compound-aggregation/rules.ts'
import { readSurroundings } from '../compound-aggregation/service.ts'
import { calculationScope } from '../meter/rules.ts'
import { lockCalculations } from './store.ts'

export async function checkInPlace(
  reader: Reader,
  organizationId: string,
  question: CheckCalculationBody,
): Promise<CheckCalculationAnswer> {
  const { scope } = await readPlace(reader, organizationId, question, question.category)
  const { problems, kinds } = checkText(question.calculation, scope)
  return { problems: [...problems], resultType: kindName(kinds), completions: completions(scope) }
}

/** Names without a sample are null, custom fields what the organization has, timestamps now. */
export async function evaluateInPlace(
  reader: Reader,
  organizationId: string,
  question: EvaluateCalculationBody,
  now: number,
): Promise<EvaluateCalculationAnswer> {
  const { scope, customFields } = await readPlace(reader, organizationId, question)
  const { problems, expression } = checkText(question.calculation, scope)
  if (problems.length > 0 || expression === null) return { problems: [...problems] }
  const samples = { scope, customFields, values: question.values ?? {}, now }
  try {
    const value = evaluate(expression, (path) => sampleAt(path, samples))
    return {
      problems: [],
      resultType: kindOf(value),
      ...(value !== null && { text: textOf(value) }),
    }
  } catch (error) {
    if (!(error instanceof CalculationError)) throw error
    return { problems: [], error: error.message }
  }
}

/** Derived fields and compound aggregations whose calculation reads one of the custom fields. */
export const findCalculationUsers: FindCustomFieldUsers = async (
  writer,
  organizationId,
  fields,
) => {
  await lockCalculations(writer, organizationId)
  const [meters, compounds] = await Promise.all([
    readAll(writer, meter, organizationId),
    readAll(writer, compoundAggregation, organizationId),
  ])
  const calculations = [
    ...meters.flatMap(({ name, id, derivedFields }) =>
      derivedFields.map(({ code, calculation }) => ({
        calculation,
        user: `the derived field ${code} of the meter "${name}" (${id})`,
      })),
    ),
    ...compounds.map(({ name, id, calculation }) => ({
      calculation,
      user: `the compound aggregation "${name}" (${id})`,
    })),
  ]
  return calculations.flatMap(({ calculation, user }) => {
    const read = customFieldsOf(parse(calculation))
    return fields
      .filter(({ kind, name }) => read.some((one) => one.entity === kind && one.name === name))
      .map((field) => ({ ...field, user }))
  })
}

type Place = { scope: Scope; customFields: CustomFieldDefaults }

async function readPlace(
  reader: Reader,
  organizationId: string,
  question: EvaluateCalculationBody,
  category?: DataFieldCategory,
): Promise<Place> {
  if (question.place === 'compound-aggregation') {
    const surroundings = await readSurroundings(reader, organizationId)
    const { customFields } = surroundings
    return { scope: compoundCalculationScope(surroundings), customFields }
  }
  const customFields = await readCustomFieldDefaults(reader, organizationId)
  const stored = await readMeter(reader, organizationId, question.meterId)
  const productId = stored?.productId ?? question.productId
  const fields = {
    ...(productId !== undefined && { productId }),
    dataFields: question.dataFields ?? stored?.dataFields ?? [],
    derivedFields: stored?.derivedFields ?? [],
  }
  return { scope: calculationScope(fields, null, customFields, category), customFields }
}

async function readMeter(reader: Reader, organizationId: string, meterId: string | undefined) {
  if (meterId === undefined) return undefined
  const found = (await readMany(reader, meter, organizationId, [meterId])).get(meterId)
  if (found !== undefined) return found
  const message = `There is no meter with the id ${meterId} in this organization.`
  throw new InvalidInputError(`meterId: ${message}`, [{ field: 'meterId', message }])
}

type Samples = Place & { values: NonNullable<EvaluateCalculationBody['values']>; now: number }

function sampleAt(path: readonly string[], { scope, customFields, values, now }: Samples): Value {
  const name = nameInScope(scope, path)
  const spelled = [path, ...(name ? [name.path] : [])].map(printPath)
  const key = spelled.find((candidate) => Object.hasOwn(values, candidate))
  const sample = key === undefined ? undefined : values[key]
  const isTimestamp = name?.kinds !== undefined && (name.kinds & TIMESTAMP) !== 0
  if (sample !== undefined) return isTimestamp ? timestampSample(sample, key) : toValue(sample, key)
  const custom = customFieldAt(path)
  if (custom) return customFieldValue(undefined, customFields[custom.entity], custom.name)
  return name?.kinds === TIMESTAMP ? { epochMs: now } : null
}

function toValue(sample: string | number | boolean | null, key: string | undefined): Value {
  return typeof sample === 'number' ? readSample(key, () => decimal(sample)) : sample
}

function timestampSample(sample: string | number | boolean | null, key: string | undefined): Value {
  if (sample === null) return null
  return readSample(key, () => ({ epochMs: parseInstant(String(sample)) }))
}

/** A sample that cannot be read fails the trial, as such a value would fail the calculation. */
function readSample(key: string | undefined, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) throw new CalculationError(`${key}: ${error.message}`)
    throw error
  }
}
