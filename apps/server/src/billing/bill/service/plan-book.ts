/** Plans ready to be billed, with everything they inherit; each is read once in a run. */
import { product } from '@countinghouse/contract/metering/product.ts'
import type { OrganizationConfiguration } from '@countinghouse/contract/organization/configuration.ts'
import type {
  MinimumSpend,
  NamedProduct,
  PlanPricing,
  PricedAggregation,
  PricedPlan,
} from '@countinghouse/engine/billing/bill-input.ts'
import { effectivePricings } from '@countinghouse/engine/billing/effective-pricing.ts'
import { sameSegment } from '@countinghouse/engine/metering/segment.ts'
import { fraction } from '@countinghouse/engine/money/fraction.ts'
import type { Reader } from '../../../kit/postgres/database.ts'
import { readMany } from '../../../kit/resource/read.ts'
import {
  type AggregationRule,
  type QuantityRule,
  readAggregationRules,
} from '../../../metering/aggregation/service.ts'
import {
  type CompoundRule,
  readCompoundRules,
} from '../../../metering/compound-aggregation/service.ts'
import {
  type BilledPricing,
  effectivePlan,
  type PriceBook,
  readPriceBook,
  type StoredPlan,
  type StoredPlanTemplate,
  segmentLabel,
} from '../../../pricing/service.ts'
import { measuredBy } from './measured.ts'

export type PlanBook = {
  plans: Map<string, PricedPlan>
  /** Why accounts with these plans cannot be billed; found only here, so that others still are. */
  unbillable: Map<string, string>
  aggregations: Map<string, AggregationRule>
  compounds: Map<string, CompoundRule>
  products: Map<string, NamedProduct>
  storedPlans: Map<string, { plan: StoredPlan; template: StoredPlanTemplate }>
}

export function emptyPlanBook(): PlanBook {
  return {
    plans: new Map(),
    unbillable: new Map(),
    aggregations: new Map(),
    compounds: new Map(),
    products: new Map(),
    storedPlans: new Map(),
  }
}

/** Adds those of the plans that the book does not hold yet. */
export async function addPlans(
  reader: Reader,
  organizationId: string,
  book: PlanBook,
  given: {
    planIds: Iterable<string>
    configuration: OrganizationConfiguration
    /** Answers what accounts with the plan are told. */
    unforeseen(error: unknown, planId: string): string
  },
): Promise<void> {
  const missing = [...new Set(given.planIds)].filter(
    (id) => !book.plans.has(id) && !book.unbillable.has(id),
  )
  if (missing.length === 0) return
  const prices = await readPriceBook(reader, organizationId, missing)
  const priced = [...prices.pricings.values()].flat()
  const unreadable = await addMeasured(reader, organizationId, book, priced)
  await addProducts(reader, organizationId, book, prices)
  for (const plan of prices.plans.values()) {
    const template = prices.templates.get(plan.planTemplateId)
    if (template === undefined) throw new Error(`Plan ${plan.id} has no template`)
    book.storedPlans.set(plan.id, { plan, template })
    if (template.billFrequency === 'MIXED') {
      book.unbillable.set(
        plan.id,
        `the plan "${plan.name}" has the bill frequency MIXED, which no account can be billed by. Change the frequency of its template "${template.name}".`,
      )
      continue
    }
    try {
      for (const owner of [plan.id, template.id]) {
        if (prices.unreadable.has(owner)) throw prices.unreadable.get(owner)
        for (const { aggregationId, compoundAggregationId } of prices.pricings.get(owner) ?? []) {
          const measured = aggregationId ?? compoundAggregationId ?? ''
          if (unreadable.has(measured)) throw unreadable.get(measured)
        }
      }
      book.plans.set(plan.id, toPricedPlan(book, prices, plan, template, given.configuration))
    } catch (error) {
      book.unbillable.set(plan.id, given.unforeseen(error, plan.id))
    }
  }
}

/** Answers why aggregations cannot be read, by their ids. */
async function addMeasured(
  reader: Reader,
  organizationId: string,
  book: PlanBook,
  pricings: BilledPricing[],
): Promise<Map<string, unknown>> {
  const ids = (field: 'aggregationId' | 'compoundAggregationId') => [
    ...new Set(pricings.flatMap((pricing) => pricing[field] ?? [])),
  ]
  const unreadable = new Map<string, unknown>()
  const [aggregations, compounds] = await Promise.all([
    readAggregationRules(reader, organizationId, ids('aggregationId'), unreadable),
    readCompoundRules(reader, organizationId, ids('compoundAggregationId'), unreadable),
  ])
  for (const [id, rule] of aggregations) book.aggregations.set(id, rule)
  for (const [id, rule] of compounds) book.compounds.set(id, rule)
  return unreadable
}

async function addProducts(
  reader: Reader,
  organizationId: string,
  book: PlanBook,
  { plans, templates, pricings }: PriceBook,
): Promise<void> {
  const ids = [
    ...[...templates.values()].map(({ productId }) => productId),
    ...[...plans.values()].flatMap((plan) => [
      plan.standingChargeAccountingProductId ?? [],
      plan.minimumSpendAccountingProductId ?? [],
    ]),
    ...[...pricings.values()].flat().map(({ accountingProductId }) => accountingProductId ?? []),
    ...[...book.aggregations.values(), ...book.compounds.values()].map(
      ({ accountingProductId }) => accountingProductId ?? [],
    ),
  ].flat(2)
  const found = await readMany(reader, product, organizationId, [...new Set(ids)])
  for (const { id, name, code } of found.values()) book.products.set(id, { id, name, code })
}

function toPricedPlan(
  book: PlanBook,
  prices: PriceBook,
  plan: StoredPlan,
  template: StoredPlanTemplate,
  configuration: OrganizationConfiguration,
): PricedPlan {
  const effective = effectivePlan(plan, template, configuration)
  const { billFrequency, minimumSpend } = effective
  if (billFrequency.value === 'MIXED') throw new Error(`Plan ${plan.id} has frequency MIXED`)
  const pricingsOf = (id: string) =>
    (prices.pricings.get(id) ?? []).map((pricing) => toPlanPricing(book, pricing))
  return {
    id: plan.id,
    name: plan.name,
    product: productOf(book, effective.productId),
    currency: effective.currency.value,
    frequency: billFrequency.value,
    interval: effective.billFrequencyInterval.value,
    standingCharge: {
      amount: fraction(effective.standingCharge.value),
      description: textOf(effective.standingChargeDescription?.value),
      accountingProduct: optionalProduct(book, effective.standingChargeAccountingProductId?.value),
      inAdvance: effective.standingChargeBillInAdvance.value,
      everyBills: effective.standingChargeInterval.value,
      firstBill: effective.standingChargeOffset.value,
    },
    minimumSpend:
      minimumSpend === undefined
        ? null
        : {
            amount: fraction(minimumSpend.value),
            description: textOf(effective.minimumSpendDescription?.value),
            accountingProduct: optionalProduct(
              book,
              effective.minimumSpendAccountingProductId?.value,
            ),
            inAdvance: effective.minimumSpendBillInAdvance.value,
          },
    pricings: effectivePricings(pricingsOf(plan.id), pricingsOf(template.id)),
  }
}

function toPlanPricing(book: PlanBook, pricing: BilledPricing): PlanPricing {
  const rule = ruleOf(book, pricing)
  const aggregation = toPricedAggregation(book, rule)
  const fields = 'segmentedFields' in rule ? rule.segmentedFields : []
  const { segment } = pricing
  return {
    id: pricing.id,
    sequence: pricing.sequence,
    type: pricing.type,
    description: textOf(pricing.description),
    accountingProduct: optionalProduct(book, pricing.accountingProductId),
    aggregation,
    segment:
      segment === null
        ? null
        : {
            position: rule.segments.findIndex((listed) => sameSegment(listed, segment)),
            values: segment,
            label: segmentLabel(segment, fields),
          },
    measured: measuredBy(rule, segment),
    startsAt: pricing.startsAt,
    endsAt: pricing.endsAt,
    cumulative: pricing.cumulative,
    tiersSpanPlan: pricing.tiersSpanPlan,
    bands: pricing.bands,
    minimumSpend: minimumOf(pricing),
  }
}

function minimumOf(pricing: BilledPricing): MinimumSpend | null {
  if (pricing.minimumSpend === null) return null
  return {
    amount: fraction(pricing.minimumSpend),
    description: textOf(pricing.minimumSpendDescription),
    accountingProduct: null,
    inAdvance: pricing.minimumSpendInAdvance,
  }
}

function ruleOf(
  book: PlanBook,
  { aggregationId, compoundAggregationId, id }: BilledPricing,
): AggregationRule | CompoundRule {
  const rule =
    book.aggregations.get(aggregationId ?? '') ?? book.compounds.get(compoundAggregationId ?? '')
  if (rule === undefined) throw new Error(`The aggregation of pricing ${id} does not exist`)
  return rule
}

function toPricedAggregation(book: PlanBook, rule: AggregationRule | CompoundRule) {
  const shared: Omit<PricedAggregation, 'kind' | 'meterId'> = quantityOf(book, rule)
  return 'meterId' in rule
    ? { ...shared, kind: 'SIMPLE' as const, meterId: rule.meterId }
    : { ...shared, kind: 'COMPOUND' as const, meterId: null }
}

function quantityOf(book: PlanBook, rule: QuantityRule) {
  return {
    id: rule.id,
    name: rule.name,
    unit: rule.unit,
    quantityPerUnit: rule.quantityPerUnit,
    rounding: rule.rounding,
    accountingProduct: optionalProduct(book, rule.accountingProductId),
  }
}

function optionalProduct(book: PlanBook, id: string | null | undefined): NamedProduct | null {
  return id === null || id === undefined ? null : productOf(book, id)
}

function productOf(book: PlanBook, id: string): NamedProduct {
  const found = book.products.get(id)
  if (found === undefined) throw new Error(`Product ${id} does not exist`)
  return found
}

/** An empty text counts as none: a line always has a description. */
function textOf(text: string | null | undefined): string | null {
  return text === undefined || text === null || text.trim() === '' ? null : text
}
