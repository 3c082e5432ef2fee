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
import { Alert, Radio, Select } from '@mantine/core'
import { useState } from 'react'
import type { Api } from '../../kit/api/client.ts'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { Field } from '../../kit/form/field.tsx'
import { FieldLabel } from '../../kit/form/field-label.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { ReferenceField } from '../../kit/form/reference-field.tsx'
import { useGo } from '../../kit/link.tsx'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import type { Crumb } from '../../kit/page/page-head.tsx'
import { useOne } from '../../kit/query/resource.ts'
import { BandTable } from './band-table.tsx'
import { type Metric, metricsFor, segmentKey, segmentWords, useMetrics } from './metric.ts'
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
import type { PricedThing } from './queries.ts'

type PricingFormProps = {
  owner: PricedThing
  entity?: Pricing
  /** The price that ends where this one starts. */
  replaces?: Pricing
  /** The price of another plan that this one begins as. */
  copies?: Pricing
  metricId?: string | undefined
  segment?: string | undefined
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
  const zone = normalizeZone(timezone)
  const today = formatInstant(startOfDay(dayOf(Date.now(), zone), zone))
  const back = props.from ?? place.path
  const form = useContractForm<Record<string, unknown>, Pricing>({
    resource: pricing,
    entity,
    defaults: {
      [owner.kind]: owner.id,
      pricingBands: toWire(draft),
      startDate: today,
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
    ...(replaces && {
      save: (body) => replace(api, replaces, body),
    }),
    toast: entity ? 'Price updated' : 'Price saved',
    onSaved: () => go(back),
  })
  const metric = metrics.find(
    (each) => each.id === (form.values['aggregationId'] || form.values['compoundAggregationId']),
  )

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
          {metric && (
            <PricesBeside
              owner={owner}
              metric={metric}
              segment={form.get('segment') as Record<string, string> | undefined}
              currency={place.currency}
              except={entity?.id}
            />
          )}
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

/** Problems of the bands by the path of their cell, from the first row down. */
function bandProblems(draft: PriceDraft): Record<string, string> {
  const found = [...missingOf(draft), ...problemsOf(draft)].toSorted((a, b) => a.row - b.row)
  return Object.fromEntries(
    found.map(({ row, column, message }) => [`pricingBands.${row}.${column}`, message]),
  )
}

type PriceForm = {
  get: (path: string) => unknown
  set: (path: string, value: unknown) => void
  problems: Record<string, string>
}

function MetricChoice({
  metrics,
  chosen,
  form,
  isClosed,
}: {
  metrics: Metric[]
  chosen: Metric | undefined
  form: PriceForm
  isClosed: boolean
}) {
  return (
    <Select
      id="field-aggregationId"
      label={
        <FieldLabel
          title="Aggregation"
          help="The number that is priced: it turns the measurements of a period into units."
        />
      }
      placeholder="Choose an aggregation"
      required
      searchable
      disabled={isClosed}
      data={metrics.map((each) => ({
        value: each.id,
        label: each.productId === null ? `${each.name} (global)` : each.name,
      }))}
      value={chosen?.id ?? null}
      error={form.problems['aggregationId'] ?? form.problems['compoundAggregationId'] ?? false}
      description={
        metrics.length === 0
          ? 'This product has no aggregations yet: create one under Metering first.'
          : undefined
      }
      onChange={(id) => {
        const metric = metrics.find((each) => each.id === id)
        form.set('aggregationId', metric?.kind === 'aggregationId' ? metric.id : '')
        form.set('compoundAggregationId', metric?.kind === 'compoundAggregationId' ? metric.id : '')
        form.set('segment', metric?.segments[0])
      }}
    />
  )
}

function SegmentChoice({
  metric,
  form,
  isClosed,
}: {
  metric: Metric
  form: PriceForm
  isClosed: boolean
}) {
  const current = segmentKey(form.get('segment') as Record<string, string> | undefined)
  return (
    <Select
      id="field-segment"
      label={
        <FieldLabel
          title="Segment"
          help="A part of the usage with a price of its own. Usage of a segment without a price is not charged."
        />
      }
      description={`One price for each: ${metric.segmentedFields.join(', ')}`}
      required
      disabled={isClosed}
      data={metric.segments.map((each) => ({
        value: segmentKey(each),
        label: segmentWords(each, metric.segmentedFields),
      }))}
      value={current}
      error={form.problems['segment'] ?? false}
      onChange={(key) =>
        form.set(
          'segment',
          metric.segments.find((each) => segmentKey(each) === key),
        )
      }
    />
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

/** Ends the older price and starts the new one; a refusal of the new one gives the older its end back. */
async function replace(api: Api, older: Pricing, body: Record<string, unknown>): Promise<Pricing> {
  const put = (version: number, endDate: string | undefined) =>
    api.put<Pricing>(`/pricings/${older.id}`, {
      body: { ...bodyOf(older), endDate, version },
      schema: pricing.body,
    })
  const ended = await put(older.version, String(body['startDate']))
  try {
    return await api.post<Pricing>('/pricings', { body, schema: pricing.body })
  } catch (cause) {
    await put(ended.version, older.endDate)
    throw cause
  }
}

function bodyOf(row: Pricing): Record<string, unknown> {
  const known = new Set(Object.keys((pricing.body as { properties: object }).properties))
  return Object.fromEntries(Object.entries(row).filter(([key]) => known.has(key)))
}
