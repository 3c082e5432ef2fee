/** The value of one aggregation for one account, without a bill (metering 12.4). */
import { CalculationError } from '@countinghouse/engine/calculation/problem.ts'
import { customFieldValue } from '@countinghouse/engine/metering/custom-field.ts'
import { sameSegment } from '@countinghouse/engine/metering/segment.ts'
import { toUnits } from '@countinghouse/engine/metering/units.ts'
import { type Decimal, decimal } from '@countinghouse/engine/money/decimal.ts'
import { parseInstant } from '@countinghouse/engine/time/instant.ts'
import type { Context } from '../../../context.ts'
import {
  InvalidInputError,
  NotFoundError,
  type Problem,
  refuseProblems,
} from '../../../kit/errors.ts'
import type { OrganizationRef } from '../../../kit/principal.ts'
import { readCustomFieldDefaults } from '../../../organization/custom-field/service.ts'
import {
  type AggregationRule,
  type QuantityRule,
  readAggregationRules,
} from '../../aggregation/service.ts'
import { readCompoundRules } from '../../compound-aggregation/service.ts'
import type { AccountEntry } from '../../measurement/service/meter-schema.ts'
import { directoriesOf } from '../../measurement/service.ts'
import { aggregate } from './aggregate.ts'
import { aggregationQuestion } from './usage-question.ts'
import { wireDigits } from './wire-digits.ts'

export type SingleValue = {
  segment?: Record<string, string>
  quantity: string | null
  units: string | null
}

export type ValueQuery = { startDate: string; endDate: string; accountCode: string }

export async function readAggregationValues(
  context: Context,
  organization: OrganizationRef,
  aggregationId: string,
  query: ValueQuery,
): Promise<SingleValue[]> {
  const rules = await readAggregationRules(context.database.reader, organization.id, [
    aggregationId,
  ])
  const rule = rules.get(aggregationId)
  if (rule === undefined) throw new NotFoundError(`There is no aggregation ${aggregationId}.`)
  const asked = await readAsked(context, organization, query)
  const [values = []] = await quantitiesOf(context, organization, [rule], asked)
  return toValues(rule, values)
}

export async function readCompoundValues(
  context: Context,
  organization: OrganizationRef,
  compoundId: string,
  query: ValueQuery,
): Promise<SingleValue[]> {
  const { reader } = context.database
  const rules = await readCompoundRules(reader, organization.id, [compoundId])
  const rule = rules.get(compoundId)
  if (rule === undefined) {
    throw new NotFoundError(`There is no compound aggregation ${compoundId}.`)
  }
  const asked = await readAsked(context, organization, query)
  const defaults = await readCustomFieldDefaults(reader, organization.id)
  const read = [...rule.aggregations.values()]
  const quantities = await quantitiesOf(context, organization, read, asked)
  const places = rule.segments.length === 0 ? [null] : rule.segments
  const values = places.map((segment) =>
    noneWhereItFails(() =>
      rule.calculation.evaluate({
        aggregation: (code) => {
          const place = read.findIndex((one) => one.code === code)
          const own = read[place]
          if (own === undefined) return null
          const at = own.segments.findIndex((one) => segment !== null && sameSegment(one, segment))
          return quantities[place]?.[Math.max(at, 0)] ?? null
        },
        customField: ({ entity, name }) =>
          customFieldValue(
            entity === 'account'
              ? asked.account.customFields
              : entity === 'compoundAggregation'
                ? rule.customFields
                : null,
            defaults[entity],
            name,
          ),
      }),
    ),
  )
  return toValues(rule, values)
}

/** A calculation that fails has no value, as on a bill (metering 8.3). */
function noneWhereItFails(evaluate: () => Decimal | null): Decimal | null {
  try {
    return evaluate()
  } catch (error) {
    if (error instanceof CalculationError) return null
    throw error
  }
}

type Asked = { account: AccountEntry; from: number; to: number }

async function readAsked(
  context: Context,
  organization: OrganizationRef,
  { accountCode, endDate, startDate }: ValueQuery,
): Promise<Asked> {
  const problems: Problem[] = []
  const read = (field: string, text: string) => {
    try {
      return parseInstant(text)
    } catch (error) {
      problems.push({ field, message: error instanceof Error ? error.message : String(error) })
      return 0
    }
  }
  const [from, to] = [read('startDate', startDate), read('endDate', endDate)]
  if (problems.length === 0 && to <= from) {
    problems.push({ field: 'endDate', message: 'must be after startDate.' })
  }
  refuseProblems(problems)
  const [account] = await directoriesOf(context).accounts.find(organization.id, [accountCode])
  if (account === undefined) {
    const message = `There is no account with the code ${accountCode}.`
    throw new InvalidInputError(message, [{ field: 'accountCode', message }])
  }
  return { account, from, to }
}

/** Of each aggregation its values, one for each segment, defaults applied. */
async function quantitiesOf(
  context: Context,
  organization: OrganizationRef,
  rules: AggregationRule[],
  { account, from, to }: Asked,
): Promise<(Decimal | null)[][]> {
  const { meters } = directoriesOf(context)
  const schemas = await meters.byIds(organization.id, [
    ...new Set(rules.map((rule) => rule.meterId)),
  ])
  const questions = rules.map((rule) => {
    const schema = schemas.find(({ id }) => id === rule.meterId)
    if (schema === undefined) throw new Error(`The meter ${rule.meterId} cannot be read.`)
    const parts = { ...rule, aggregation: rule.method }
    return { aggregation: aggregationQuestion(schema, parts), accounts: [account.number], from, to }
  })
  const answers = await aggregate(context.events, organization.number, questions)
  return rules.map((rule, place) => {
    const count = Math.max(rule.segments.length, 1)
    return Array.from({ length: count }, (_, segment) => {
      const value = answers[place]?.value(account.number, segment) ?? null
      return value === null ? rule.defaultValue : decimal(value)
    })
  })
}

function toValues(
  { quantityPerUnit, rounding, segments }: QuantityRule,
  values: (Decimal | null)[],
): SingleValue[] {
  return values.map((value, place) => {
    const segment = segments[place]
    const units = value === null ? null : toUnits(value, quantityPerUnit, rounding)
    return {
      ...(segment && { segment: { ...segment } }),
      quantity: value === null ? null : wireDigits(value),
      units: units === null ? null : wireDigits(units),
    }
  })
}
