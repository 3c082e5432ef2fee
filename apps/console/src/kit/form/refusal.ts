/** Told before a form is filled in: a link may lead to it although this person may not save it. */
import { RequestFailure } from '../api/request-failure.ts'
import { useOrganization } from '../organization.ts'
import type { ResourceShape } from '../query/resource.ts'

/** What saving a form asks for; `resource` as in permission policies, `config:meter`. */
export type Right = { action: string; resource: string }

export function rightToSave({ permission }: ResourceShape, isStored: boolean): Right {
  return {
    action: isStored ? 'config:update' : 'config:create',
    resource: permission.includes(':') ? permission : `config:${permission}`,
  }
}

/** Null when this person may save, or when no right is asked for. */
export function useRefusal(right: Right | undefined): RequestFailure | null {
  const { isArchived, name, can } = useOrganization()
  if (!right || can(right.action, right.resource)) return null
  return isArchived
    ? new RequestFailure({
        status: 403,
        code: 'ORGANIZATION_ARCHIVED',
        message: `${name} is archived: it can be read, not changed.`,
      })
    : new RequestFailure({
        status: 403,
        code: 'MISSING_RIGHT',
        message: `You lack the right ${right.action} on ${right.resource}. An administrator can give it to you by a permission policy.`,
      })
}
