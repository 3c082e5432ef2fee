/**
 * The pricing editor (console 4.6): plans and templates of a product side by side as columns,
 * aggregations and their segments as rows, the price that counts now in each cell.
 */

import { product } from '@countinghouse/contract/metering/product.ts'
import { type Plan, plan } from '@countinghouse/contract/pricing/plan.ts'
import { type PlanTemplate, planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import { type Pricing, pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { ActionIcon, MultiSelect, Select } from '@mantine/core'
import { IconPencil, IconTable, IconX } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { AppLink, ButtonLink } from '../../kit/link.tsx'
import { Page } from '../../kit/page/page.tsx'
import { PageHead } from '../../kit/page/page-head.tsx'
import { EmptyLesson, Lines } from '../../kit/page/states.tsx'
import { useEvery } from '../../kit/query/every.ts'
import { type Metric, metricsFor, segmentKey, segmentWords, useMetrics } from '../pricing/metric.ts'
import type { EditorColumn } from './column.ts'
import classes from './editor.module.css'
import { PriceCell } from './price-cell.tsx'

export function PricingEditorPage() {
  const search = useSearch({ strict: false }) as Partial<Record<Kept, string>>
  const navigate = useNavigate()
  const products = useEvery<{ id: string; name: string }>(product)
  const templates = useEvery<PlanTemplate>(planTemplate)
  const plans = useEvery<Plan>(plan)
  const prices = useEvery<Pricing>(pricing)
  const { metrics, isLoading } = useMetrics()
  const productId = search.product ?? products.rows[0]?.id
  const offered = columnsOf(productId, templates.rows, plans.rows)
  const chosenIds = search.plans?.split(',') ?? offered.slice(0, 4).map((each) => each.id)
  const columns = offered.filter((each) => chosenIds.includes(each.id))
  const addedIds = search.aggregations?.split(',') ?? []
  const ofProduct = metricsFor(metrics, productId)
  const rows = rowsOf(ofProduct, prices.rows, columns, addedIds)
  const shownIds = new Set(rows.map(({ metric }) => metric.id))
  const others = ofProduct.filter((each) => !shownIds.has(each.id))
  const ofTemplates = offered.filter((each) => each.isTemplate)
  const set = (change: Partial<Record<Kept, string | undefined>>) =>
    void navigate({ to: '.', search: { ...search, ...change } as never, replace: true })
  const waiting = isLoading || prices.isLoading || plans.isLoading || templates.isLoading
  return (
    <Page>
      <PageHead
        trail={[{ title: 'Pricing' }]}
        title="Pricing editor"
        lead="Plans side by side. A cell shows the price that counts today; a dimmed one comes from the plan’s template."
        actions={
          <ButtonLink to={planOf(ofTemplates)} variant="default">
            Create plan
          </ButtonLink>
        }
      />
      <div className={classes.bar}>
        <Select
          aria-label="Product"
          placeholder="Product"
          data={products.rows.map((row) => ({ value: row.id, label: row.name }))}
          value={productId ?? null}
          searchable
          allowDeselect={false}
          onChange={(id) =>
            set({ product: id ?? undefined, plans: undefined, aggregations: undefined })
          }
        />
        <MultiSelect
          aria-label="Plans and templates"
          placeholder={columns.length === 0 ? 'Add plans' : 'Add'}
          className={classes.columnsField ?? ''}
          data={offered.map((each) => ({
            value: each.id,
            label: each.isTemplate ? `${each.name} (template)` : each.name,
          }))}
          value={columns.map((each) => each.id)}
          searchable
          onChange={(ids) => set({ plans: ids.join(',') || '-' })}
        />
        {others.length > 0 && columns.length > 0 && (
          <Select
            aria-label="Add a global aggregation"
            placeholder="Add a global aggregation"
            data={others.map((each) => ({ value: each.id, label: each.name }))}
            value={null}
            searchable
            onChange={(id) => id && set({ aggregations: [...addedIds, id].join(',') })}
          />
        )}
      </div>
      {waiting && <Lines count={6} />}
      {!waiting && columns.length === 0 && (
        <EmptyLesson
          icon={IconTable}
          title={
            productId === undefined
              ? 'No product yet'
              : offered.length === 0
                ? 'This product has no plans yet'
                : 'Choose plans to compare'
          }
          text="Put plans and templates side by side, then price each aggregation in its cell."
          action={
            productId === undefined ? (
              <ButtonLink to="/products/create">Create product</ButtonLink>
            ) : (
              offered.length === 0 && (
                <ButtonLink to={`/pricing/plan-templates/create?productId=${productId}`}>
                  Create plan template
                </ButtonLink>
              )
            )
          }
          docs="guides/pricing-models"
        />
      )}
      {!waiting && columns.length > 0 && (
        <div className={classes.scroll}>
          <table className={classes.matrix} aria-label="Prices by plan">
            <thead>
              <tr>
                <th scope="col">Aggregation</th>
                {columns.map((column) => (
                  <th key={column.id} scope="col">
                    <span className={classes.columnHead}>
                      <AppLink quiet to={column.path}>
                        {column.name}
                      </AppLink>
                      <ActionIcon
                        size={22}
                        aria-label={`Take ${column.name} off the table`}
                        onClick={() =>
                          set({
                            plans:
                              columns
                                .filter((each) => each !== column)
                                .map((each) => each.id)
                                .join(',') || '-',
                          })
                        }
                      >
                        <IconX size={13} />
                      </ActionIcon>
                    </span>
                    <small>
                      {column.isTemplate ? 'Template' : 'Plan'} · {column.currency}{' '}
                      <AppLink to={`${column.path}/edit`} aria-label={`Edit ${column.name}`}>
                        <IconPencil size={12} />
                      </AppLink>
                    </small>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ metric, segment, isPriced }, at) => (
                <tr
                  key={metric.id + segmentKey(segment)}
                  data-first-unpriced={(!isPriced && rows[at - 1]?.isPriced) || undefined}
                >
                  <th scope="row">
                    <span className={classes.columnHead}>
                      <AppLink quiet to={metric.path}>
                        {metric.name}
                      </AppLink>
                      {addedIds.includes(metric.id) && !isPriced && (
                        <ActionIcon
                          size={22}
                          aria-label={`Take ${metric.name} off the table`}
                          onClick={() =>
                            set({
                              aggregations:
                                addedIds.filter((id) => id !== metric.id).join(',') || undefined,
                            })
                          }
                        >
                          <IconX size={13} />
                        </ActionIcon>
                      )}
                    </span>
                    <small>
                      {[
                        metric.productId === null && 'Global',
                        segment ? segmentWords(segment, metric.segmentedFields) : metric.unit,
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </small>
                  </th>
                  {columns.map((column) => (
                    <PriceCell
                      key={column.id}
                      column={column}
                      metric={metric}
                      segment={segment}
                      prices={prices.rows}
                      others={columns.filter((each) => each.id !== column.id)}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {rows.length === 0 && (
            <p className={classes.none}>
              No aggregation of this product yet.{' '}
              <AppLink to="/metering/aggregations/create">Create one</AppLink> and price it here.
            </p>
          )}
        </div>
      )}
    </Page>
  )
}

/** In the address, so that a link shows the same table. */
type Kept = 'product' | 'plans' | 'aggregations'

/** With the template filled in where there is no choice. */
function planOf([first, ...others]: readonly EditorColumn[]): string {
  const isOnly = first !== undefined && others.length === 0
  return `/pricing/plans/create${isOnly ? `?planTemplateId=${first.id}` : ''}`
}

function columnsOf(
  productId: string | undefined,
  templates: readonly PlanTemplate[],
  plans: readonly Plan[],
): EditorColumn[] {
  const byId = new Map(templates.map((each) => [each.id, each]))
  return [
    ...templates
      .filter((each) => each.productId === productId)
      .map(
        (each): EditorColumn => ({
          id: each.id,
          name: each.name,
          isTemplate: true,
          templateId: each.id,
          currency: each.currency,
          path: `/pricing/plan-templates/${each.id}`,
        }),
      ),
    ...plans
      .filter((each) => each.productId === productId)
      .map(
        (each): EditorColumn => ({
          id: each.id,
          name: each.name,
          isTemplate: false,
          templateId: each.planTemplateId,
          currency: byId.get(each.planTemplateId)?.currency ?? '',
          path: `/pricing/plans/${each.id}`,
        }),
      ),
  ]
}

type EditorRow = {
  metric: Metric
  segment: Record<string, string> | undefined
  /** In one of the columns, by itself or by its template. */
  isPriced: boolean
}

/**
 * Own metrics of the product always; global ones once something here is priced with them, or somebody
 * added them to price them. What has a price comes first, or it is lost among metrics that only feed
 * others.
 */
function rowsOf(
  metrics: readonly Metric[],
  prices: readonly Pricing[],
  columns: readonly EditorColumn[],
  addedIds: readonly string[],
): EditorRow[] {
  const owners = new Set(columns.flatMap((each) => [each.id, each.templateId]))
  const priced = new Set(
    prices
      .filter((each) => owners.has(each.planId ?? each.planTemplateId ?? ''))
      .map((each) => each.aggregationId ?? each.compoundAggregationId),
  )
  return metrics
    .filter(
      (metric) =>
        metric.productId !== null || priced.has(metric.id) || addedIds.includes(metric.id),
    )
    .toSorted((a, b) => Number(priced.has(b.id)) - Number(priced.has(a.id)))
    .flatMap((metric): EditorRow[] => {
      const isPriced = priced.has(metric.id)
      if (metric.segments.length === 0) return [{ metric, segment: undefined, isPriced }]
      return metric.segments.map((segment) => ({ metric, segment, isPriced }))
    })
}
