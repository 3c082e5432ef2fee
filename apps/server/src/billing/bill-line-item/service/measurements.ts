/** From a usage line down to the measurements that it counts. */
import type { measurementsOfLine } from '@countinghouse/contract/billing/bill-line-item.ts'
import { sameSegment } from '@countinghouse/engine/metering/segment.ts'
import { formatInstant, parseInstant } from '@countinghouse/engine/time/instant.ts'
import type { Static } from 'typebox'
import { readAccounts } from '../../../accounts/service.ts'
import type { Context } from '../../../context.ts'
import { InvalidInputError, NotFoundError } from '../../../kit/errors.ts'
import type { Reader } from '../../../kit/postgres/database.ts'
import type { OrganizationRef } from '../../../kit/principal.ts'
import {
  type AggregationRule,
  readAggregationRules,
} from '../../../metering/aggregation/service.ts'
import { readCompoundRules } from '../../../metering/compound-aggregation/service.ts'
import { meterDirectory } from '../../../metering/meter/service/directory.ts'
import { measurementsBehind } from '../../../metering/usage/service.ts'
import { questionOf } from '../../bill/service/usage-answers.ts'
import { questionOfLine } from '../explanation.ts'
import { billOf, lineOf } from '../service.ts'

type AskedQuestion = ReturnType<typeof questionOfLine>

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
  const rule = await ruleOf(reader, organization.id, question, query.aggregationId)
  const [account] = await readAccounts(reader, organization.id, [bill.account_id])
  if (account === undefined) throw new NotFoundError('The account of this bill does not exist.')
  const schemas = await meterDirectory(reader).byIds(organization.id, [rule.meterId])
  const asked = questionOf(rule, new Map(schemas.map((schema) => [schema.id, schema])))
  const found = await measurementsBehind(context, organization.number, {
    aggregation: asked,
    account: account.number,
    ...segmentOf(rule, question),
    from: parseInstant(question.from),
    to: parseInstant(question.to),
    receivedUntil: bill.last_calculated_at.getTime(),
    ...(query.pageSize !== undefined && { limit: query.pageSize }),
    ...(query.nextToken !== undefined && { after: query.nextToken }),
  })
  return {
    aggregationId: rule.id,
    aggregationName: rule.name,
    targetField: rule.targetField,
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

/** The aggregation itself, or one of those that a compound one reads. */
async function ruleOf(
  reader: Reader,
  organizationId: string,
  { aggregationId, aggregationKind }: AskedQuestion,
  chosen: string | undefined,
): Promise<AggregationRule> {
  const rules =
    aggregationKind === 'SIMPLE'
      ? await readAggregationRules(reader, organizationId, [aggregationId])
      : (await readCompoundRules(reader, organizationId, [aggregationId])).get(aggregationId)
          ?.aggregations
  const readable = [...(rules?.values() ?? [])]
  const rule =
    chosen === undefined ? readable[0] : readable.find((candidate) => candidate.id === chosen)
  if (rule !== undefined) return rule
  throw new NotFoundError('There is no such aggregation behind this line any more.')
}

/** A compound aggregation in a segment may read unsegmented ones, whose measurements all count. */
function segmentOf(
  rule: AggregationRule,
  { segment, aggregationKind }: AskedQuestion,
): { segment?: number } {
  if (segment === null || (aggregationKind === 'COMPOUND' && rule.segments.length === 0)) return {}
  const position = rule.segments.findIndex((listed) => sameSegment(listed, segment))
  if (position >= 0) return { segment: position }
  throw new NotFoundError(
    `The aggregation "${rule.name}" does not list the segment of this line any more, so its measurements cannot be told from others. List the segment again to see them.`,
  )
}
