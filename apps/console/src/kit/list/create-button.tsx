import { IconPlus } from '@tabler/icons-react'
import { LACKS_RIGHT } from '../act-button.tsx'
import { ButtonLink } from '../link.tsx'
import { useCan } from '../organization.ts'

export type CreateTarget = {
  label: string
  to: string
  /** Resource type of the permission, as in the contract. */
  permission?: string
}

/** Visible but closed, with the reason, when this person may not create. */
export function CreateButton({ target }: { target: CreateTarget }) {
  const may = useCan('config:create', target.permission ?? '')
  const isAllowed = may || !target.permission
  return (
    <span data-tip={isAllowed ? undefined : LACKS_RIGHT}>
      <ButtonLink to={target.to} leftSection={<IconPlus size={15} />} disabled={!isAllowed}>
        {target.label}
      </ButtonLink>
    </span>
  )
}
