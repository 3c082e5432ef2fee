/** Addresses of the template form. */
import { type PlanTemplate, planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import { useParams, useSearch } from '@tanstack/react-router'
import { Await } from '../../kit/page/states.tsx'
import { useOne } from '../../kit/query/resource.ts'
import { PlanTemplateForm } from './form.tsx'

export function PlanTemplateCreatePage() {
  const { productId } = useSearch({ strict: false }) as { productId?: string }
  return <PlanTemplateForm productId={productId} />
}

export function PlanTemplateEditPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  return (
    <Await query={useOne<PlanTemplate>(planTemplate, id)}>
      {(row) => <PlanTemplateForm entity={row} />}
    </Await>
  )
}
