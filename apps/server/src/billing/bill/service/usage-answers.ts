/** Answers the usage questions of many bills at once: one look at the event store for all of them. */
import type {
  AnsweredUsage,
  UsageQuestion as Asked,
  AttachedPlan,
} from '@countinghouse/engine/billing/bill-input.ts'
import type { BillPlan } from '@countinghouse/engine/billing/plan-bill.ts'
import { CalculationError } from '@countinghouse/engine/calculation/problem.ts'
import type { Value } from '@countinghouse/engine/calculation/values.ts'
import {
  type CustomFieldDefaults,
  type CustomFieldReference,
  type CustomFields,
  customFieldValue,
} from '@countinghouse/engine/metering/custom-field.ts'
import { evaluateExplained } from '@countinghouse/engine/metering/explained-calculation.ts'
import { sameSegment } from '@countinghouse/engine/metering/segment.ts'
import { Decimal } from '@countinghouse/engine/money/decimal.ts'
import type { EventDatabase } from '../../../kit/clickhouse/event-database.ts'
import type { AggregationRule } from '../../../metering/aggregation/service.ts'
import type { CompoundRule } from '../../../metering/compound-aggregation/service.ts'
import type {
  MeterDirectory,
  MeterSchema,
} from '../../../metering/measurement/service/meter-schema.ts'
import {
  aggregate,
  aggregationQuestion,
  type UsageAnswer,
} from '../../../metering/usage/service.ts'
import type { PlanBook } from './plan-book.ts'

/** A bill whose usage is asked for. */
export type AskingBill = { account: { id: string; number: number }; plan: BillPlan }

export type UsageSource = {
  events: EventDatabase
  organization: { id: string; number: number }
  meters: MeterDirectory
}

/** Custom fields that compound aggregations may read; `own` finds those of one entity. */
export type CustomFieldSource = {
  defaults: CustomFieldDefaults
  own(entity: CustomFieldReference['entity'], id: string): CustomFields | undefined
}

export type BillAnswers = (AnsweredUsage | null)[] | { unforeseen: unknown }

export type Answers = {
  /** One list for each bill, in the order of its questions; or why it cannot be answered. */
  answers: BillAnswers[]
  /** Calculations that failed; they count as no value (metering 8.3). */
  failures: string[]
}

export async function answerQuestions(
  source: UsageSource,
  book: PlanBook,
  bills: readonly AskingBill[],
  customFields: CustomFieldSource,
): Promise<Answers> {
  const needed = new Needed()
  for (const { account, plan } of bills) {
    try {
      for (const question of plan.questions) {
        for (const rule of rulesOf(book, question)) needed.add(rule, question, account.number)
      }
    } catch {
      // Found again with the answer of the bill, which it fails alone.
    }
  }
  const values = await ask(source, needed)
  const failures = new Set<string>()
  const answerOf = ({ account, plan }: AskingBill, question: Asked, position: number) => {
    const simple = book.aggregations.get(question.aggregation.id)
    if (simple !== undefined) {
      const segment = question.segment?.position ?? null
      const quantity = values(simple, question, account.number, segment)
      return quantity === null ? null : { quantity, calculation: null }
    }
    const compound = compoundOf(book, question)
    try {
      const attached = askerOf(plan, position)
      return evaluate(compound, question, { account, attached, values, customFields })
    } catch (error) {
      if (!(error instanceof CalculationError)) throw error
      failures.add(`${compound.name}: ${error.message}`)
      return null
    }
  }
  const answers = bills.map((bill): BillAnswers => {
    try {
      return bill.plan.questions.map((question, position) => answerOf(bill, question, position))
    } catch (error) {
      return { unforeseen: error }
    }
  })
  return { answers, failures: [...failures] }
}

type Window = Pick<Asked, 'from' | 'to'>
type Values = (
  rule: AggregationRule,
  window: Window,
  account: number,
  segment: number | null,
) => Decimal | null

/** The distinct aggregations and windows, each with the accounts that ask. */
class Needed {
  readonly questions = new Map<
    string,
    { rule: AggregationRule; from: number; to: number; accounts: Set<number> }
  >()

  add(rule: AggregationRule, { from, to }: Window, account: number): void {
    const key = keyOf(rule, { from, to })
    const known = this.questions.get(key)
    if (known) known.accounts.add(account)
    else this.questions.set(key, { rule, from, to, accounts: new Set([account]) })
  }
}

function keyOf(rule: AggregationRule, { from, to }: Window): string {
  return `${rule.id} ${from} ${to}`
}

async function ask(source: UsageSource, needed: Needed): Promise<Values> {
  const needs = [...needed.questions]
  const schemas = await schemasOf(
    source,
    needs.map(([, { rule }]) => rule.meterId),
  )
  // One that cannot be asked fails the bills that need it, and no others.
  const unaskable = new Map<string, unknown>()
  const asked = needs.flatMap(([key, { rule, accounts, from, to }]) => {
    try {
      const aggregation = questionOf(rule, schemas)
      return [{ key, question: { aggregation, accounts: [...accounts], from, to } }]
    } catch (error) {
      unaskable.set(key, error)
      return []
    }
  })
  const found = await aggregate(
    source.events,
    source.organization.number,
    asked.map(({ question }) => question),
  )
  const answers = new Map<string, UsageAnswer>(
    asked.flatMap(({ key }, position) => {
      const answer = found[position]
      return answer === undefined ? [] : [[key, answer]]
    }),
  )
  return (rule, window, account, segment) => {
    const key = keyOf(rule, window)
    const answer = answers.get(key)
    if (answer === undefined) {
      throw unaskable.get(key) ?? new Error(`No answer for aggregation ${rule.id}`)
    }
    // A segment that the aggregation lists no longer has no usage.
    if (segment === -1) return null
    const value = segment === null ? answer.value(account) : answer.value(account, segment)
    return value === null ? rule.defaultValue : new Decimal(value)
  }
}

async function schemasOf(
  { organization, meters }: UsageSource,
  ids: string[],
): Promise<Map<string, MeterSchema>> {
  const schemas = await meters.byIds(organization.id, [...new Set(ids)])
  return new Map(schemas.map((schema) => [schema.id, schema]))
}

function questionOf(rule: AggregationRule, schemas: ReadonlyMap<string, MeterSchema>) {
  const schema = schemas.get(rule.meterId)
  if (schema === undefined) throw new Error(`Meter ${rule.meterId} does not exist`)
  return aggregationQuestion(schema, {
    targetField: rule.targetField,
    aggregation: rule.method,
    segmentedFields: rule.segmentedFields,
    segments: rule.segments,
  })
}

function rulesOf(book: PlanBook, question: Asked): AggregationRule[] {
  const simple = book.aggregations.get(question.aggregation.id)
  return simple ? [simple] : [...compoundOf(book, question).aggregations.values()]
}

function compoundOf(book: PlanBook, { aggregation }: Asked): CompoundRule {
  const compound = book.compounds.get(aggregation.id)
  if (compound === undefined) throw new Error(`Aggregation ${aggregation.id} does not exist`)
  return compound
}

type Evaluation = {
  account: AskingBill['account']
  attached: AttachedPlan
  values: Values
  customFields: CustomFieldSource
}

/** Segmented aggregations enter with their value for the segment, others with their whole value. */
function evaluate(
  compound: CompoundRule,
  question: Asked,
  given: Evaluation,
): AnsweredUsage | null {
  const wanted = question.segment?.values
  const aggregation = (code: string) => {
    const rule = compound.aggregations.get(code)
    if (rule === undefined) return null
    const segment =
      wanted === undefined || rule.segments.length === 0
        ? null
        : rule.segments.findIndex((listed) => sameSegment(listed, wanted))
    return given.values(rule, question, given.account.number, segment)
  }
  return evaluateExplained(
    compound.calculation,
    {
      aggregation,
      customField: (reference) => customFieldOf(reference, compound, given),
    },
    (code) => compound.aggregations.get(code)?.name ?? code,
  )
}

function customFieldOf(
  { entity, name }: CustomFieldReference,
  compound: CompoundRule,
  { account, attached, customFields }: Evaluation,
): Value {
  const ids: Partial<Record<typeof entity, string>> = {
    account: account.id,
    accountPlan: attached.id,
    plan: attached.plan.id,
    planTemplate: attached.plan.id,
    product: attached.plan.product.id,
  }
  const id = ids[entity]
  const ofCompound = entity === 'compoundAggregation' ? compound.customFields : undefined
  const own = id === undefined ? ofCompound : customFields.own(entity, id)
  return customFieldValue(own, customFields.defaults[entity], name)
}

/** The account plan for which a question is asked. */
function askerOf({ rated }: BillPlan, question: number): AttachedPlan {
  const asker = rated.find(
    (each) =>
      each.question === question || each.earlier.some((before) => before.question === question),
  )
  if (asker === undefined) throw new Error(`Nobody asks usage question ${question}`)
  return asker.billed.attached
}
