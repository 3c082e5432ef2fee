/**
 * Create and edit share one form: with an `$id` in the address the entity is read first.
 *
 *     <EntityForm resource={meter}>{(entity?: Meter) => <MeterForm entity={entity} />}</EntityForm>
 *
 * `?copy={id}` gives the form another entity as a start without its id: `(undefined, source)`.
 */
import type { ReactNode } from 'react'
import { WholeFailure } from '../page/failure.tsx'
import { Page } from '../page/page.tsx'
import { Await } from '../page/states.tsx'
import { useParam, useSearchText } from '../params.ts'
import { type Entity, type ResourceShape, useOne } from '../query/resource.ts'
import { rightToSave, useRefusal } from './refusal.ts'

type EntityFormProps<Row> = {
  resource: ResourceShape
  children: (entity?: Row, copyOf?: Row) => ReactNode
}

export function EntityForm<Row = Entity>({ resource, children }: EntityFormProps<Row>) {
  const id = useParam('id')
  const copy = useSearchText('copy')
  const query = useOne<Row>(resource, id ?? copy)
  const refusal = useRefusal(rightToSave(resource, id !== undefined))
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
