/** Forms of what an organization has only one of: read whole, written whole, then back to the settings. */
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { TSchema } from 'typebox'
import { type ContractForm, useContractForm } from '../../kit/form/contract-form.ts'
import { useGo } from '../../kit/link.tsx'
import { useOrganizationApi } from '../../kit/organization.ts'
import { Page } from '../../kit/page/page.tsx'
import { Await } from '../../kit/page/states.tsx'
import { useAnswer } from '../../kit/query/resource.ts'

type SettingsOf<Row> = { path: string; children: (row: Row) => ReactNode }

/** The form, as soon as what it changes is there. */
export function SettingsOf<Row extends object>({ path, children }: SettingsOf<Row>) {
  const answer = useAnswer<Row>(path)
  if (answer.data) return children(answer.data)
  return (
    <Page>
      <Await query={answer}>{() => null}</Await>
    </Page>
  )
}

type SettingsForm<Row> = {
  path: string
  schema: TSchema
  right: Parameters<typeof useContractForm>[0]['right']
  entity: Row
  toast: string
  /** The page that shows what was saved. */
  overview: string
}

export function useSettingsForm<Row extends object>({
  path,
  schema,
  right,
  entity,
  toast,
  overview,
}: SettingsForm<Row>): ContractForm<Row> {
  const api = useOrganizationApi()
  const client = useQueryClient()
  const go = useGo()
  return useContractForm<Row, Row>({
    schema,
    right,
    entity: entity as never,
    save: (body) => api.put(path, { body, schema }),
    reload: () => api.get(path),
    toast,
    onSaved: () => {
      // Names, currencies and zones stand on every page.
      void client.invalidateQueries()
      go(overview)
    },
  })
}
