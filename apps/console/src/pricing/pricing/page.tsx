/** Addresses of the price form: `create?planId=`, `create?replaces=`, `create?copy=`, `{id}/edit`. */
import { type Plan, plan } from '@countinghouse/contract/pricing/plan.ts'
import { type PlanTemplate, planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import { type Pricing, pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { Select } from '@mantine/core'
import { IconCoins } from '@tabler/icons-react'
import { useParams, useSearch } from '@tanstack/react-router'
import { ButtonLink, useGo } from '../../kit/link.tsx'
import { Page } from '../../kit/page/page.tsx'
import { PageHead } from '../../kit/page/page-head.tsx'
import { Await, EmptyLesson, Lines } from '../../kit/page/states.tsx'
import { useEvery } from '../../kit/query/every.ts'
import { useOne } from '../../kit/query/resource.ts'
import { PricingForm } from './form.tsx'
import { useMetrics } from './metric.ts'
import classes from './price.module.css'
import type { PricedThing } from './queries.ts'

export function PricingCreatePage() {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const from = search['from']
  const older = useOne<Pricing>(pricing, search['replaces'] ?? search['copy'])
  const { isLoading } = useMetrics()
  if (search['replaces']) {
    return (
      <Await query={older}>
        {(row) => <PricingForm owner={ownerOf(row)} replaces={row} from={from} />}
      </Await>
    )
  }
  const owner = ownerOf(search)
  if (owner.id === '') return <OwnerChoice />
  if (search['copy']) {
    return (
      <Await query={older}>{(row) => <PricingForm owner={owner} copies={row} from={from} />}</Await>
    )
  }
  return isLoading ? null : (
    <PricingForm
      owner={owner}
      metricId={search['metric']}
      segment={search['segment']}
      start={search['start']}
      end={search['end']}
      from={from}
    />
  )
}

export function PricingEditPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { from } = useSearch({ strict: false }) as { from?: string }
  return (
    <Await query={useOne<Pricing>(pricing, id)}>
      {(row) => <PricingForm owner={ownerOf(row)} entity={row} from={from} />}
    </Await>
  )
}

/** A price belongs to a plan or a template; a link that names none asks for it. */
function OwnerChoice() {
  const go = useGo()
  const plans = useEvery<Plan>(plan)
  const templates = useEvery<PlanTemplate>(planTemplate)
  const hasNone = plans.rows.length === 0 && templates.rows.length === 0
  return (
    <Page>
      <PageHead
        trail={[{ title: 'Pricing', to: '/pricing/editor' }]}
        title="Add price"
        lead="A price belongs to a plan, or to a template and so to all of its plans that have no price of their own."
      />
      {plans.isLoading || templates.isLoading ? (
        <Lines count={2} />
      ) : hasNone ? (
        <EmptyLesson
          icon={IconCoins}
          title="No plan to price yet"
          text="A template says in which currency and how often is billed; plans are made from it, and prices go into either."
          action={<ButtonLink to="/pricing/plan-templates/create">Create plan template</ButtonLink>}
          docs="guides/pricing-models"
        />
      ) : (
        <Select
          className={classes.ownerChoice ?? ''}
          label="Which plan or template?"
          placeholder="Choose a plan or a template"
          searchable
          data={[
            { group: 'Plans', items: itemsOf('planId', plans.rows) },
            { group: 'Templates', items: itemsOf('planTemplateId', templates.rows) },
          ]}
          value={null}
          onChange={(chosen) => chosen && go(`/pricing/pricings/create?${chosen}`)}
        />
      )}
    </Page>
  )
}

function itemsOf(kind: PricedThing['kind'], rows: readonly { id: string; name: string }[]) {
  return rows.map((row) => ({ value: `${kind}=${row.id}`, label: row.name }))
}

function ownerOf(row: {
  planId?: string | undefined
  planTemplateId?: string | undefined
}): PricedThing {
  return row.planId
    ? { kind: 'planId', id: row.planId }
    : { kind: 'planTemplateId', id: row.planTemplateId ?? '' }
}
