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
  const search = useSearch({ strict: false }) as { product?: string; columns?: string }
  const navigate = useNavigate()
  const products = useEvery<{ id: string; name: string }>(product)
  const templates = useEvery<PlanTemplate>(planTemplate)
  const plans = useEvery<Plan>(plan)
  const prices = useEvery<Pricing>(pricing)
  const { metrics, isLoading } = useMetrics()
  const productId = search.product ?? products.rows[0]?.id
  const offered = columnsOf(productId, templates.rows, plans.rows)
  const chosenIds = search.columns?.split(',') ?? offered.slice(0, 4).map((each) => each.id)
  const columns = offered.filter((each) => chosenIds.includes(each.id))
  const rows = rowsOf(metricsFor(metrics, productId), prices.rows, columns)
  const set = (change: Record<string, string | undefined>) =>
    void navigate({ to: '.', search: { ...search, ...change } as never, replace: true })
  const waiting = isLoading || prices.isLoading || plans.isLoading || templates.isLoading
  return (
    <Page>
      <PageHead
        trail={[{ title: 'Pricing' }]}
        title="Pricing editor"
        lead="Plans side by side. A cell shows the price that counts today; a dimmed one comes from the plan’s template."
        actions={
          <ButtonLink to={`/pricing/plans/create`} variant="default">
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
          onChange={(id) => set({ product: id ?? undefined, columns: undefined })}
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
          onChange={(ids) => set({ columns: ids.join(',') || '-' })}
        />
      </div>
      {waiting && <Lines count={6} />}
      {!waiting && columns.length === 0 && (
        <EmptyLesson
          icon={IconTable}
          title={offered.length === 0 ? 'This product has no plans yet' : 'Choose plans to compare'}
          text="Put plans and templates side by side, then price each aggregation in its cell."
          action={
            offered.length === 0 && (
              <ButtonLink to="/pricing/plan-templates/create">Create plan template</ButtonLink>
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
                            columns:
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
                    <AppLink quiet to={metric.path}>
                      {metric.name}
                    </AppLink>
                    <small>
                      {segment ? segmentWords(segment, metric.segmentedFields) : metric.unit}
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
              No aggregation of this product yet. Create one under Metering.
            </p>
          )}
        </div>
      )}
    </Page>
  )
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
 * Own metrics of the product always; global ones once something here is priced with them. What has
 * a price comes first, or it is lost among metrics that only feed others.
 */
function rowsOf(
  metrics: readonly Metric[],
  prices: readonly Pricing[],
  columns: readonly EditorColumn[],
): EditorRow[] {
  const owners = new Set(columns.flatMap((each) => [each.id, each.templateId]))
  const priced = new Set(
    prices
      .filter((each) => owners.has(each.planId ?? each.planTemplateId ?? ''))
      .map((each) => each.aggregationId ?? each.compoundAggregationId),
  )
  return metrics
    .filter((metric) => metric.productId !== null || priced.has(metric.id))
    .toSorted((a, b) => Number(priced.has(b.id)) - Number(priced.has(a.id)))
    .flatMap((metric): EditorRow[] => {
      const isPriced = priced.has(metric.id)
      if (metric.segments.length === 0) return [{ metric, segment: undefined, isPriced }]
      return metric.segments.map((segment) => ({ metric, segment, isPriced }))
    })
}
