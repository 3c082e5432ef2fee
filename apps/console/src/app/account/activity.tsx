/**
 * What happened to an account, newest first: to itself, its plans, its bills and its measurements,
 * as the events tell it (console 4.7, F10).
 */
import { accountPlan } from '@countinghouse/contract/accounts/account-plan.ts'
import { type Event, INGEST_FAILURE_EVENT } from '@countinghouse/contract/metering/ingest-event.ts'
import { type Plan, plan } from '@countinghouse/contract/pricing/plan.ts'
import { type PlanTemplate, planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import { pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { Button } from '@mantine/core'
import { IconTimeline } from '@tabler/icons-react'
import { dayText } from '../../kit/format/moment.tsx'
import { FilterChip } from '../../kit/list/filter-chip.tsx'
import { type ListState, useListState } from '../../kit/list/list-state.ts'
import { LoadMore } from '../../kit/list/load-more.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { EmptyLesson, Failure, Lines } from '../../kit/page/states.tsx'
import { type ListSource, useByIds, usePages } from '../../kit/query/resource.ts'
import classes from './activity.module.css'
import { type Happening, happeningOf } from './happening.ts'
import { HappeningLine } from './happening-line.tsx'
import type { PricedPlan } from './price-story.tsx'

const PAGE_SIZE = 50

const verbs = ['created', 'updated', 'deleted']
const each = (...entities: string[]) =>
  entities.flatMap((entity) => verbs.map((verb) => `${entity}.${verb}`))

const parts: Record<string, { label: string; events: string[] }> = {
  account: { label: 'Account', events: each('configuration.account') },
  plans: { label: 'Plans', events: each('configuration.accountplan', 'configuration.plan') },
  prices: { label: 'Prices', events: each('configuration.pricing') },
  bills: { label: 'Bills', events: each('billing.bill') },
  alerts: { label: 'Alerts', events: each('configuration.alert') },
  refused: { label: 'Usage problems', events: [INGEST_FAILURE_EVENT] },
}

export function Activity({ accountId }: { accountId: string }) {
  const list = useListState(['what'])
  const names = (list.filters['what'] ?? '').split(',').flatMap((key) => parts[key]?.events ?? [])
  const events = usePages<Event>('/events', {
    accountId,
    includeActioned: 'true',
    pageSize: PAGE_SIZE,
    ...(names.length > 0 && { eventName: names.join(',') }),
  })
  return (
    <Panel
      title="Activity"
      help="What people, programs and the system did to this account, its plans and their own prices, and its bills, what was alerted about it, and which of its measurements could not be counted in full. Events are kept for 28 days."
      actions={
        <FilterChip
          state={list}
          filter={{
            kind: 'options',
            key: 'what',
            title: 'Kind',
            many: true,
            options: Object.entries(parts).map(([value, { label }]) => ({ value, label })),
          }}
        />
      }
    >
      <Content events={events} list={list} />
    </Panel>
  )
}

function Content({ events, list }: { events: ListSource<Event>; list: ListState }) {
  if (events.isLoading) return <Lines count={8} />
  if (events.error && events.rows.length === 0)
    return <Failure error={events.error} retry={events.reload} />
  if (events.rows.length === 0) return <Nothing list={list} />
  return <Timeline events={events} />
}

function Nothing({ list }: { list: ListState }) {
  if (Object.keys(list.filters).length === 0) {
    return (
      <EmptyLesson
        small
        icon={IconTimeline}
        title="Nothing in the last 28 days"
        text="Changes of the account, its plans and its bills show here with who made them, alerts about it, and measurements that could not be counted in full."
        docs="guides/accounts-and-plans#what-happened-to-an-account"
      />
    )
  }
  return (
    <EmptyLesson
      small
      title="Nothing of that kind in the last 28 days"
      text="Other things may have happened."
      action={
        <Button variant="default" size="xs" onClick={list.clear}>
          Show everything
        </Button>
      }
    />
  )
}

function Timeline({ events }: { events: ListSource<Event> }) {
  const { timezone } = useOrganization()
  const all = events.rows.map(happeningOf)
  const plans = usePlans(all)
  // Newest first, so whatever is gone has said so before its earlier events come.
  const gone = new Set(all.filter(({ verb }) => verb === 'deleted').map(({ about }) => about))
  const days = Map.groupBy(all, ({ at }) => dayText(at, timezone))
  return (
    <>
      {[...days].map(([day, happenings]) => (
        <section key={day} className={classes.day}>
          <h3>{day}</h3>
          <ol>
            {happenings.map((happening) => (
              <HappeningLine
                key={happening.id}
                happening={happening}
                plan={plans.get(planIdOf(happening) ?? '')}
                isGone={gone.has(happening.about)}
              />
            ))}
          </ol>
        </section>
      ))}
      {events.hasMore ? (
        <LoadMore source={events} />
      ) : (
        <p className={classes.end}>That is all of the last 28 days.</p>
      )}
    </>
  )
}

/** Names and currencies of the plans that events name. */
function usePlans(happenings: readonly Happening[]): ReadonlyMap<string, PricedPlan> {
  const plans = useByIds<Plan>(plan, happenings.map(planIdOf))
  const isPriced = happenings.some(({ entity }) => entity === pricing.event)
  const owners = isPriced ? [...plans.values()].map((each) => each.planTemplateId) : []
  const templates = useByIds<PlanTemplate>(planTemplate, owners)
  return new Map(
    [...plans].map(([id, { name, planTemplateId }]) => [
      id,
      { name, currency: templates.get(planTemplateId)?.currency ?? '' },
    ]),
  )
}

function planIdOf({ entity, now }: Happening): string | undefined {
  const isOfPlan = entity === accountPlan.event || entity === pricing.event
  return isOfPlan ? String(now['planId']) : undefined
}
