/**
 * Create and edit share one form: with an `$id` in the address the entity is read first.
 *
 *     <EntityForm resource={meter}>{(entity?: Meter) => <MeterForm entity={entity} />}</EntityForm>
 *
 * `?copy={id}` gives the form another entity as a start without its id: `(undefined, source)`.
 */
import type { ReactNode } from 'react'
import { RequestFailure } from '../api/request-failure.ts'
import { useCan, useOrganization } from '../organization.ts'
import { WholeFailure } from '../page/failure.tsx'
import { Page } from '../page/page.tsx'
import { Await } from '../page/states.tsx'
import { useParam, useSearchText } from '../params.ts'
import { type Entity, type ResourceShape, useOne } from '../query/resource.ts'

type EntityFormProps<Row> = {
  resource: ResourceShape
  children: (entity?: Row, copyOf?: Row) => ReactNode
}

export function EntityForm<Row = Entity>({ resource, children }: EntityFormProps<Row>) {
  const id = useParam('id')
  const copy = useSearchText('copy')
  const query = useOne<Row>(resource, id ?? copy)
  const refusal = useRefusal(id ? 'config:update' : 'config:create', resource)
  if (refusal)
    return (
      <Page>
        <WholeFailure error={refusal} />
      </Page>
    )
  if (!id && !copy) return children()
  if (query.data === undefined || (query.isFetching && !query.isFetchedAfterMount)) {
    return (
      <Page>
        <Await query={{ ...query, data: undefined } as typeof query}>{() => null}</Await>
      </Page>
    )
  }
  return id ? children(query.data) : children(undefined, query.data)
}

/** Told before the form is filled in: a link may lead to it although this person may not save it. */
function useRefusal(action: string, { permission, title }: ResourceShape): RequestFailure | null {
  const { isArchived, name } = useOrganization()
  const may = useCan(action, permission)
  if (may) return null
  return isArchived
    ? new RequestFailure({
        status: 403,
        code: 'ORGANIZATION_ARCHIVED',
        message: `${name} is archived: its ${title.many.toLowerCase()} can be read, not changed.`,
      })
    : new RequestFailure({
        status: 403,
        code: 'MISSING_RIGHT',
        message: `You lack the right ${action} on ${permission}. An administrator can give it to you by a permission policy.`,
      })
}
