/**
 * The organization that the page is about. Everything under /o/$orgId stands inside
 * `OrganizationContext`; `useOrganization()` gives its id, name, type and time zone,
 * `useOrganizationApi()` calls below `/organizations/{id}`, `useCan()` asks for a right.
 */
import { createContext, useContext, useMemo } from 'react'
import { type Api, apiAt } from './api/client.ts'

export type Organization = {
  id: string
  name: string
  type: 'PRODUCTION' | 'SANDBOX'
  /** Can be read, not changed. */
  isArchived: boolean
  /** IANA name or fixed offset, as configured. */
  timezone: string
  currency: string
  /** Decimal places by currency code; two where a code is missing. */
  currencyPlaces: Readonly<Record<string, number>>
  can: (action: string, resource: string) => boolean
}

export const OrganizationContext = createContext<Organization | null>(null)

export function useOrganization(): Organization {
  const organization = useContext(OrganizationContext)
  if (!organization) throw new Error('useOrganization() stands outside /o/$orgId')
  return organization
}

export function useOrganizationApi(): Api {
  const { id } = useOrganization()
  return useMemo(() => apiAt(`/organizations/${id}`), [id])
}

/** `useCan('config:create', 'config:meter')`: may this person do it here? */
export function useCan(action: string, resource: string): boolean {
  return useOrganization().can(action, resource.includes(':') ? resource : `config:${resource}`)
}
