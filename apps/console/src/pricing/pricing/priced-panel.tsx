/**
 * The prices of a plan or template, metric by metric, with past and future ones; adds, edits and
 * ends them right here. For a plan it also shows what it takes over from its template.
 */

import {
  type Pricing,
  pricing as pricingResource,
} from '@countinghouse/contract/pricing/pricing.ts'
import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconCoins,
  IconDots,
  IconHistory,
  IconPencil,
  IconPlus,
  IconReplace,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { Span } from '../../kit/format/moment.tsx'
import { AppLink, ButtonLink, useGo } from '../../kit/link.tsx'
import { MenuEntries } from '../../kit/list/list-toolbar.tsx'
import { deleteOf } from '../../kit/list/row-acts.ts'
import { Panel } from '../../kit/page/page.tsx'
import { EmptyLesson, Failure, Lines } from '../../kit/page/states.tsx'
import { type Metric, metricOf, segmentKey, segmentWords, useMetrics } from './metric.ts'
import classes from './price.module.css'
import { GapRow, seriesKey, uncharged } from './price-gaps.tsx'
import { PriceState, PriceSummary } from './price-summary.tsx'
import { PriceVersions } from './price-versions.tsx'
import { inOrder, type PricedThing, stateOf, usePricings } from './queries.ts'

type PricedPanelProps = {
  owner: PricedThing
  currency: string
  /** The template whose prices count where the plan has none. */
  template?: { id: string; name: string }
}

export function PricedPanel({ owner, currency, template }: PricedPanelProps) {
  const own = usePricings(owner)
  const inherited = usePricings(template ? { kind: 'planTemplateId', id: template.id } : null)
  const { metrics } = useMetrics()
  const now = Date.now()
  const addTo = `/pricing/pricings/create?${owner.kind}=${owner.id}`
  const groups = byMetric(inOrder(own.rows, now), metrics)
  const taken = byMetric(
    inOrder(inherited.rows, now).filter((row) => stateOf(row, now) !== 'past'),
    metrics,
  ).filter((group) => !groups.some((each) => each.key === group.key))
  return (
    <Panel
      title="Prices"
      count={own.isLoading ? undefined : own.rows.length}
      help="What each metric costs under this plan, and when. Usage at an instant without a price is not charged."
      actions={
        <ButtonLink variant="default" size="xs" to={addTo} leftSection={<IconPlus size={14} />}>
          Add price
        </ButtonLink>
      }
    >
      {own.isLoading && <Lines count={4} />}
      {own.error && <Failure error={own.error} />}
      {!own.isLoading && groups.length === 0 && taken.length === 0 && (
        <EmptyLesson
          small
          icon={IconCoins}
          title="No prices yet"
          text="Choose an aggregation and say what its units cost. Until then only standing charges and minimum spends are billed."
          docs="guides/pricing-models"
        />
      )}
      {groups.map((group) => (
        <MetricPrices
          key={group.key}
          group={group}
          currency={currency}
          now={now}
          ofTemplate={inherited.rows.filter((row) => metricIdOf(row) === group.key)}
          addTo={addTo}
        />
      ))}
      {template && taken.length > 0 && (
        <>
          <p className={classes.inherited}>
            From the template{' '}
            <AppLink to={`/pricing/plan-templates/${template.id}`}>{template.name}</AppLink>, where
            this plan has no price of its own
          </p>
          {taken.map((group) => (
            <MetricPrices key={group.key} group={group} currency={currency} now={now} />
          ))}
        </>
      )}
    </Panel>
  )
}

type Group = { key: string; metric: Metric | undefined; rows: Pricing[] }

function byMetric(rows: readonly Pricing[], metrics: readonly Metric[]): Group[] {
  const groups = Map.groupBy(rows, metricIdOf)
  return [...groups].map(([key, members]) => {
    const [first] = members
    return { key, metric: first && metricOf(first, metrics), rows: members }
  })
}

const metricIdOf = (row: Pricing) => row.aggregationId ?? row.compoundAggregationId ?? ''

type MetricPricesProps = {
  group: Group
  currency: string
  now: number
  /** Prices of the template, which count where these do not. */
  ofTemplate?: readonly Pricing[]
  /** Where a price is added; without it the prices are only looked at. */
  addTo?: string
}

function MetricPrices({ group, currency, now, ofTemplate = [], addTo }: MetricPricesProps) {
  const { metric, rows } = group
  const [isComparing, setComparing] = useState(false)
  const all = [...Map.groupBy(bySegment(rows, metric), seriesKey).values()]
  const series = all.filter((each) => each.length > 1)
  return (
    <section>
      <div className={classes.metric}>
        <span>
          {metric ? (
            <AppLink quiet to={metric.path}>
              {metric.name}
            </AppLink>
          ) : (
            '…'
          )}
          <small>{metric?.unit}</small>
        </span>
        {series.length > 0 && (
          <Button
            variant="subtle"
            size="xs"
            leftSection={<IconHistory size={14} />}
            aria-expanded={isComparing}
            onClick={() => setComparing(!isComparing)}
          >
            Compare versions
          </Button>
        )}
      </div>
      {isComparing &&
        series.map((versions) => (
          <div key={segmentKey(versions[0]?.segment)}>
            {versions[0]?.segment && (
              <p className={classes.segment}>
                {segmentWords(versions[0].segment, metric?.segmentedFields ?? [])}
              </p>
            )}
            <PriceVersions rows={versions} currency={currency} unit={metric?.unit ?? ''} />
          </div>
        ))}
      <table className={classes.prices} aria-label={`Prices of ${metric?.name ?? 'a metric'}`}>
        <tbody>
          {all.flatMap((each) => [
            ...each.map((row) => (
              <tr key={row.id} data-past={stateOf(row, now) === 'past' || undefined}>
                {row.segment && (
                  <td className={classes.segment}>
                    {segmentWords(row.segment, metric?.segmentedFields ?? [])}
                  </td>
                )}
                <td>
                  <PriceSummary pricing={row} currency={currency} unit={metric?.unit ?? ''} />
                </td>
                <td>
                  <Span from={row.startDate} until={row.endDate} />
                </td>
                <td>
                  <PriceState row={row} now={now} />
                </td>
                <td>{addTo && <PriceMenu row={row} />}</td>
              </tr>
            )),
            ...uncharged(each, ofTemplate, now).map((gap) => (
              <GapRow
                key={each[0]?.id + gap.from}
                gap={gap}
                now={now}
                columns={each[0]?.segment ? 5 : 4}
                addTo={addTo ? `${addTo}&metric=${group.key}${segmentQuery(each[0])}` : null}
              />
            )),
          ])}
        </tbody>
      </table>
    </section>
  )
}

/** In the order of the aggregation's segments; the sort keeps the order of time within each. */
function bySegment(rows: readonly Pricing[], metric: Metric | undefined): Pricing[] {
  const keys = metric?.segments.map(segmentKey) ?? []
  const place = (row: Pricing) => keys.indexOf(segmentKey(row.segment))
  return rows.toSorted((a, b) => place(a) - place(b))
}

function segmentQuery(row: Pricing | undefined): string {
  return row?.segment ? `&segment=${encodeURIComponent(segmentKey(row.segment))}` : ''
}

function PriceMenu({ row }: { row: Pricing }) {
  const go = useGo()
  const remove = useRemoveWithQuestion<Pricing>(pricingResource, {
    consequence: () =>
      'Bills that are not locked lose the lines of this price when they are next calculated.',
  })
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label="Price actions">
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuEntries
          follow={go}
          entries={[
            {
              label: 'Edit in place',
              icon: IconPencil,
              needs: ['update', pricingResource.permission],
              to: `/pricing/pricings/${row.id}/edit`,
            },
            {
              label: 'Replace from a date',
              icon: IconReplace,
              needs: ['update', pricingResource.permission],
              to: `/pricing/pricings/create?replaces=${row.id}`,
            },
            deleteOf(pricingResource, () => void remove(row)),
          ]}
        />
      </Menu.Dropdown>
    </Menu>
  )
}
