/** The custom fields an organization sets for all its entities of a kind, with their values. */
import type { Numeric } from '../api/exact-json.ts'
import { useAnswer } from './resource.ts'

type OrganizationCustomFields = Record<string, Record<string, Numeric> | unknown>

export function useOrganizationFields(kind: string | undefined): Record<string, Numeric> {
  const answer = useAnswer<OrganizationCustomFields>(
    '/customfields',
    {},
    { enabled: kind !== undefined },
  )
  return (kind ? (answer.data?.[kind] as Record<string, Numeric> | undefined) : undefined) ?? {}
}

export function useCustomFieldNames(kind: string | undefined): string[] {
  return Object.keys(useOrganizationFields(kind))
}
