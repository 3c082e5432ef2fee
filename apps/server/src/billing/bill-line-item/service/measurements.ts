/** From a usage line down to the measurements that it counts. */
import type { measurementsOfLine } from '@countinghouse/contract/billing/line-explanation.ts'
import type {
  ExplainedMeasure,
  UsageExplanation,
} from '@countinghouse/engine/billing/explanation.ts'
import { formatInstant, parseInstant } from '@countinghouse/engine/time/instant.ts'
import type { Static } from 'typebox'
import { readAccounts } from '../../../accounts/service.ts'
import type { Context } from '../../../context.ts'
import { InvalidInputError, NotFoundError } from '../../../kit/errors.ts'
import type { Reader } from '../../../kit/postgres/database.ts'
import type { OrganizationRef } from '../../../kit/principal.ts'
import { readAggregationRules } from '../../../metering/aggregation/service.ts'
import { readCompoundRules } from '../../../metering/compound-aggregation/service.ts'
import { meterDirectory } from '../../../metering/meter/service/directory.ts'
import { aggregationQuestion, measurementsBehind } from '../../../metering/usage/service.ts'
import { measuredBy } from '../../bill/service/measured.ts'
import { questionOfLine } from '../explanation.ts'
import { billOf, lineOf } from '../service.ts'
import type { BillLineItemRow } from '../store.ts'

export type MeasurementsOfLine = Static<typeof measurementsOfLine>

export async function listLineMeasurements(
  context: Context,
  organization: OrganizationRef,
  params: { billId: string; id: string },
  query: { pageSize?: number; nextToken?: string; aggregationId?: string },
): Promise<MeasurementsOfLine> {
  const { reader } = context.database
  const line = await lineOf(reader, organization.id, params.billId, params.id)
  const bill = await billOf(reader, organization.id, params.billId)
  if (line.explanation.kind !== 'USAGE') {
    throw new InvalidInputError(
      'This line charges no usage, so no measurements stand behind it. Its explanation says how it was calculated.',
    )
  }
  const question = questionOfLine(line)
  const { own, measures } = await measuresOf(reader, organization.id, line, line.explanation)
  if (measures.length === 0 && query.aggregationId === undefined) return nothingBehind(own)
  const measure = chosenOf(measures, query.aggregationId)
  const [account] = await readAccounts(reader, organization.id, [bill.account_id])
  if (account === undefined) throw new NotFoundError('The account of this bill does not exist.')
  const found = await measurementsBehind(context, organization.number, {
    ...(await asked(reader, organization.id, measure)),
    account: account.number,
    from: parseInstant(question.from),
    to: parseInstant(question.to),
    receivedUntil: bill.last_calculated_at.getTime(),
    ...(query.pageSize !== undefined && { limit: query.pageSize }),
    ...(query.nextToken !== undefined && { after: query.nextToken }),
  })
  return {
    aggregationId: measure.aggregationId,
    aggregationName: measure.name,
    targetField: measure.targetField,
    total: Number(found.total),
    since: Number(found.since),
    data: found.rows.map(({ uid, ts, ets, receivedAt, value }) => ({
      uid,
      ts: formatInstant(ts),
      ...(ets !== null && { ets: formatInstant(ets) }),
      receivedAt: formatInstant(receivedAt),
      value,
    })),
    ...(found.after !== null && { nextToken: found.after }),
  }
}

type Own = NonNullable<ExplainedMeasure['read']>
type Measure = ExplainedMeasure & Own

/** As the line was calculated; where it does not say, as the aggregation is now. */
async function measuresOf(
  reader: Reader,
  organizationId: string,
  line: BillLineItemRow,
  { measured }: UsageExplanation,
): Promise<{ own: Own; measures: Measure[] }> {
  const { aggregationId, aggregationKind, meterId, segment } = questionOfLine(line)
  const rules =
    aggregationKind === 'SIMPLE'
      ? await readAggregationRules(reader, organizationId, [aggregationId])
      : await readCompoundRules(reader, organizationId, [aggregationId])
  const rule = rules.get(aggregationId)
  const measures = measured ?? (rule && measuredBy(rule, segment))
  if (measures === undefined) throw noAggregation()
  const own = { aggregationId, name: rule?.name ?? line.description, meterId: meterId ?? '' }
  return { own, measures: measures.map((measure) => ({ ...measure, ...(measure.read ?? own) })) }
}

/** A calculation may read custom fields alone (metering 8.2). */
function nothingBehind({ aggregationId, name }: Own): MeasurementsOfLine {
  return { aggregationId, aggregationName: name, targetField: '', total: 0, since: 0, data: [] }
}

/** The aggregation itself, or one of those that a compound one reads. */
function chosenOf(measures: Measure[], chosen: string | undefined): Measure {
  const measure =
    chosen === undefined
      ? measures[0]
      : measures.find(({ aggregationId }) => aggregationId === chosen)
  if (measure !== undefined) return measure
  throw noAggregation()
}

function noAggregation(): NotFoundError {
  return new NotFoundError('There is no such aggregation behind this line any more.')
}

async function asked(reader: Reader, organizationId: string, measure: Measure) {
  const [schema] = await meterDirectory(reader).byIds(organizationId, [measure.meterId])
  const { targetField, method, segment, name } = measure
  const fields = [targetField, ...(segment?.fields ?? [])]
  const known = [...(schema?.dataFields ?? []), ...(schema?.derivedFields ?? [])]
  const gone = fields.find((field) => !known.some(({ code }) => code === field))
  if (schema === undefined || gone !== undefined) {
    const what =
      schema === undefined ? 'Its meter' : `The field ${gone} of the meter ${schema.name}`
    throw new NotFoundError(
      `${what} was deleted since, and its measurements can no longer be told. The quantity of the line stays as it was billed.`,
    )
  }
  if (segment?.tried.length === 0) {
    throw new NotFoundError(
      `The aggregation "${name}" does not list the segment of this line any more, so its measurements cannot be told from others. List the segment again to see them.`,
    )
  }
  const segments = segment?.tried.map((values) =>
    Object.fromEntries(segment.fields.map((field, at) => [field, values[at] ?? ''])),
  )
  return {
    aggregation: aggregationQuestion(schema, {
      targetField,
      aggregation: method,
      ...(segment && segments && { segmentedFields: segment.fields, segments }),
    }),
    ...(segments && { segment: segments.length - 1 }),
  }
}
