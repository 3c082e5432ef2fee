/** What stands on a metric: prices and compound aggregations. Deleting it is refused while there are any. */
import type { CompoundAggregation } from '@countinghouse/contract/metering/compound-aggregation.ts'
import { type Pricing, pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { AppLink } from '../../kit/link.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { useEvery } from '../../kit/query/every.ts'
import { useByIds } from '../../kit/query/resource.ts'
import classes from './aggregation.module.css'

type PricedBy = Pick<
  Pricing,
  'id' | 'planId' | 'planTemplateId' | 'aggregationId' | 'compoundAggregationId'
>

type UsedByProps = { metricId: string; compounds?: CompoundAggregation[] }

export function UsedBy({ metricId, compounds = [] }: UsedByProps) {
  const all = useEvery<PricedBy>(pricing)
  const prices = {
    isLoading: all.isLoading,
    rows: all.rows.filter(
      (row) => row.aggregationId === metricId || row.compoundAggregationId === metricId,
    ),
  }
  const plans = useByIds(
    { path: '/plans' },
    prices.rows.map((row) => row.planId),
  )
  const templates = useByIds(
    { path: '/plantemplates' },
    prices.rows.map((row) => row.planTemplateId),
  )
  const owners = new Map(
    prices.rows.map((row) =>
      row.planId
        ? [row.planId, { path: `/pricing/plans/${row.planId}`, name: plans.get(row.planId)?.name }]
        : [
            row.planTemplateId ?? '',
            {
              path: `/pricing/plan-templates/${row.planTemplateId}`,
              name: templates.get(row.planTemplateId ?? '')?.name,
            },
          ],
    ),
  )
  const count = owners.size + compounds.length
  return (
    <Panel title="Used by" count={prices.isLoading ? undefined : count} flush>
      {count === 0 && !prices.isLoading && (
        <p className={classes.hint}>
          Nothing yet. Add a price for it on a plan or a plan template.
        </p>
      )}
      <table className={classes.list}>
        <tbody>
          {[...owners.values()].map((owner) => (
            <tr key={owner.path}>
              <td>
                <AppLink to={owner.path}>{owner.name ?? '…'}</AppLink>
              </td>
              <td data-kind>{owner.path.includes('templates') ? 'Plan template' : 'Plan'}</td>
            </tr>
          ))}
          {compounds.map((row) => (
            <tr key={row.id}>
              <td>
                <AppLink to={`/metering/compound-aggregations/${row.id}`}>{row.name}</AppLink>
              </td>
              <td data-kind>Compound aggregation</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
