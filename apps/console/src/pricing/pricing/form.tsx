/**
 * The price form: what is priced, from when, and the bands, with the living preview beside it.
 * Three ways in: a new price for a plan or template, an edit in place, and a replacement that ends
 * an older price where the new one starts.
 */

import { product } from '@countinghouse/contract/metering/product.ts'
import { type Plan, plan } from '@countinghouse/contract/pricing/plan.ts'
import { type PlanTemplate, planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import { type Pricing, pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { priceKindNames } from '@countinghouse/engine/rating/price-kind.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import { dayOf, normalizeZone, startOfDay } from '@countinghouse/engine/time/zone.ts'
import { Alert, Radio } from '@mantine/core'
import { useState } from 'react'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { Field } from '../../kit/form/field.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { ReferenceField } from '../../kit/form/reference-field.tsx'
import { useGo } from '../../kit/link.tsx'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import type { Crumb } from '../../kit/page/page-head.tsx'
import { useOne } from '../../kit/query/resource.ts'
import { BandTable } from './band-table.tsx'
import { MeetingPrices } from './meeting-prices.tsx'
import { type Metric, metricsFor, segmentKey, useMetrics } from './metric.ts'
import { MetricChoice, SegmentChoice } from './metric-choice.tsx'
import classes from './price.module.css'
import {
  emptyPrice,
  fromWire,
  isCumulative,
  kindsInOrder,
  missingOf,
  type PriceDraft,
  problemsOf,
  toWire,
} from './price-draft.ts'
import { PricePreview } from './price-preview.tsx'
import { PricesBeside } from './prices-beside.tsx'
import { type PricedThing, samePrices, usePricings } from './queries.ts'
import { replace } from './replace.ts'
import type { Dated } from './through-time.ts'

type PricingFormProps = {
  owner: PricedThing
  entity?: Pricing
  /** The price that ends where this one starts. */
  replaces?: Pricing
  /** The price of another plan that this one begins as. */
  copies?: Pricing
  metricId?: string | undefined
  segment?: string | undefined
  /** Instants of a time without a price that this one is to fill. */
  start?: string | undefined
  end?: string | undefined
  /** The page to go back to; the plan when left out. */
  from?: string | undefined
}

export function PricingForm(props: PricingFormProps) {
  const { owner, entity, replaces, copies } = props
  const go = useGo()
  const api = useOrganizationApi()
  const { timezone } = useOrganization()
  const place = useOwner(owner)
  const { metrics } = useMetrics()
  const model = entity ?? replaces ?? copies
  const [draft, setDraft] = useState<PriceDraft>(() =>
    model ? fromWire(model.pricingBands, model.cumulative ?? false) : emptyPrice,
  )
  const [ending, setEnding] = useState(replaces)
  const zone = normalizeZone(timezone)
  const today = formatInstant(startOfDay(dayOf(Date.now(), zone), zone))
  const back = props.from ?? place.path
  const form = useContractForm<Record<string, unknown>, Pricing>({
    resource: pricing,
    entity,
    defaults: {
      [owner.kind]: owner.id,
      pricingBands: toWire(draft),
      startDate: props.start ?? today,
      endDate: props.end,
      type: 'DEBIT',
      ...startOf(replaces ?? copies, metrics, props),
    },
    check: (values) => ({
      ...(!values['aggregationId'] &&
        !values['compoundAggregationId'] && { aggregationId: 'Choose what is priced.' }),
      ...bandProblems(draft),
    }),
    prepare: (body) => ({
      ...body,
      pricingBands: toWire(draft),
      cumulative: isCumulative(draft.kind),
    }),
    ...(ending && {
      save: (body) => replace(api, ending, body),
    }),
    toast: entity ? 'Price updated' : 'Price saved',
    onSaved: () => go(back),
  })
  const metric = metrics.find(
    (each) => each.id === (form.values['aggregationId'] || form.values['compoundAggregationId']),
  )

  const segment = form.get('segment') as Record<string, string> | undefined
  const same = samePrices(usePricings(owner).rows, {
    metricId: metric?.id,
    segment,
    except: entity,
  })

  function change(next: PriceDraft) {
    setDraft(next)
    form.set('pricingBands', toWire(next))
  }

  return (
    <FormPage
      form={form}
      trail={[{ title: 'Pricing' }, place.list, { title: place.name, to: place.path }]}
      title={entity ? 'Edit price' : replaces ? 'Replace price' : 'Add price'}
      submit={entity ? 'Update price' : 'Save price'}
      cancel={back}
      preview={
        <>
          <Panel title="Preview">
            <PricePreview draft={draft} currency={place.currency} unit={metric?.unit ?? ''} />
          </Panel>
          {metric && <PricesBeside rows={same} unit={metric.unit} currency={place.currency} />}
        </>
      }
    >
      {entity && (
        <Alert mb="md" color="ochre">
          Bills that are not locked use the changed price when they are next calculated. To keep
          past usage at the old price, go back and choose “Replace from a date”.
        </Alert>
      )}
      <FormSection title="What is priced">
        <MetricChoice
          metrics={metricsFor(metrics, place.productId)}
          chosen={metric}
          form={form}
          isClosed={Boolean(model)}
        />
        {metric && metric.segments.length > 0 && (
          <SegmentChoice metric={metric} form={form} isClosed={Boolean(model)} />
        )}
      </FormSection>
      <FormSection title="Price">
        <Radio.Group
          className={classes.wideField ?? ''}
          aria-label="Kind of price"
          value={draft.kind}
          onChange={(kind) =>
            change({
              ...draft,
              kind: kindsInOrder.find((each) => each.kind === kind)?.kind ?? draft.kind,
            })
          }
        >
          <div className={classes.kinds}>
            {kindsInOrder.map(({ kind, gist }) => (
              <Radio
                key={kind}
                value={kind}
                label={priceKindNames[kind]}
                description={gist}
                classNames={{ label: classes.kindName ?? '', description: classes.gist ?? '' }}
              />
            ))}
          </div>
        </Radio.Group>
        <div className={classes.wideField} id="field-pricingBands">
          <BandTable
            draft={draft}
            currency={place.currency}
            unit={metric?.unit ?? 'unit'}
            onChange={(bands) => change({ ...draft, bands })}
            refused={form.problems}
          />
        </div>
        <Field name="tiersSpanPlan" wide />
      </FormSection>
      <FormSection title="When">
        <Field name="startDate" />
        <Field name="endDate" placeholder="Open end" />
        <MeetingPrices
          others={same.filter((row) => (row.type ?? 'DEBIT') === form.get('type'))}
          span={spanOf(form.values)}
          ending={ending}
          setEnding={entity || replaces ? undefined : setEnding}
          setDay={form.set}
          currency={place.currency}
          unit={metric?.unit ?? ''}
        />
      </FormSection>
      <FormSection title="Minimum and bill line">
        <Field name="minimumSpend" unit={place.currency} />
        <Field name="minimumSpendBillInAdvance" />
        <Field name="minimumSpendDescription" wide />
        <Field name="description" wide placeholder={metric?.name ?? ''} />
        <Field
          name="type"
          labels={{
            DEBIT: 'Charge',
            PRODUCT_CREDIT: 'Credit for the product',
            GLOBAL_CREDIT: 'Credit for the whole bill',
          }}
        />
        <Field name="code" />
        <ReferenceField
          name="accountingProductId"
          resource={product}
          blank="The product of the plan"
        />
      </FormSection>
    </FormPage>
  )
}

function spanOf(values: Record<string, unknown>): Dated {
  const endDate = String(values['endDate'] ?? '')
  return { startDate: String(values['startDate'] ?? ''), ...(endDate && { endDate }) }
}

/** Problems of the bands by the path of their cell, from the first row down. */
function bandProblems(draft: PriceDraft): Record<string, string> {
  const found = [...missingOf(draft), ...problemsOf(draft)].toSorted((a, b) => a.row - b.row)
  return Object.fromEntries(
    found.map(({ row, column, message }) => [`pricingBands.${row}.${column}`, message]),
  )
}

type Owner = {
  name: string
  path: string
  list: Crumb
  currency: string
  productId: string | undefined
}

function useOwner(owner: PricedThing): Owner {
  const ownPlan = useOne<Plan>(plan, owner.kind === 'planId' ? owner.id : null)
  const template = useOne<PlanTemplate>(
    planTemplate,
    owner.kind === 'planTemplateId' ? owner.id : ownPlan.data?.planTemplateId,
  )
  const list =
    owner.kind === 'planId'
      ? { title: 'Plans', to: '/pricing/plans' }
      : { title: 'Plan templates', to: '/pricing/plan-templates' }
  return {
    name: (owner.kind === 'planId' ? ownPlan.data?.name : template.data?.name) ?? '…',
    path: `${list.to}/${owner.id}`,
    list,
    currency: template.data?.currency ?? '',
    productId: template.data?.productId,
  }
}

function startOf(
  model: Pricing | undefined,
  metrics: readonly Metric[],
  asked: Pick<PricingFormProps, 'metricId' | 'segment'>,
) {
  if (model) {
    const {
      aggregationId,
      compoundAggregationId,
      segment,
      description,
      type,
      tiersSpanPlan,
      accountingProductId,
      minimumSpend,
      minimumSpendDescription,
      minimumSpendBillInAdvance,
    } = model
    return {
      aggregationId,
      compoundAggregationId,
      segment,
      description,
      type,
      tiersSpanPlan,
      accountingProductId,
      minimumSpend,
      minimumSpendDescription,
      minimumSpendBillInAdvance,
    }
  }
  const metric = metrics.find((each) => each.id === asked.metricId)
  const segment =
    metric?.segments.find((each) => segmentKey(each) === asked.segment) ?? metric?.segments[0]
  return metric ? { [metric.kind]: metric.id, segment } : {}
}
