/** Addresses of the price form: `create?planId=`, `create?replaces=`, `{id}/edit`. */
import { type Pricing, pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { useParams, useSearch } from '@tanstack/react-router'
import { Page } from '../../kit/page/page.tsx'
import { Await, EmptyLesson } from '../../kit/page/states.tsx'
import { useOne } from '../../kit/query/resource.ts'
import { PricingForm } from './form.tsx'
import { useMetrics } from './metric.ts'
import type { PricedThing } from './queries.ts'

export function PricingCreatePage() {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const older = useOne<Pricing>(pricing, search['replaces'])
  const { isLoading } = useMetrics()
  if (search['replaces']) {
    return (
      <Await query={older}>{(row) => <PricingForm owner={ownerOf(row)} replaces={row} />}</Await>
    )
  }
  const owner = ownerOf(search)
  if (owner.id === '') {
    return (
      <Page>
        <EmptyLesson
          title="Which plan?"
          text="Open a plan or a plan template and choose “Add price” there."
        />
      </Page>
    )
  }
  return isLoading ? null : <PricingForm owner={owner} metricId={search['metric']} />
}

export function PricingEditPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  return (
    <Await query={useOne<Pricing>(pricing, id)}>
      {(row) => <PricingForm owner={ownerOf(row)} entity={row} />}
    </Await>
  )
}

function ownerOf(row: {
  planId?: string | undefined
  planTemplateId?: string | undefined
}): PricedThing {
  return row.planId
    ? { kind: 'planId', id: row.planId }
    : { kind: 'planTemplateId', id: row.planTemplateId ?? '' }
}
