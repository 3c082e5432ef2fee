/** What accounts can be narrowed by; who made one is offered to those who may see the people. */
import { type ServiceUser, serviceUser } from '@countinghouse/contract/organization/service-user.ts'
import type { User } from '@countinghouse/contract/organization/user.ts'
import type { Filter } from '../../kit/list/filter.ts'
import { useCan, useOrganization } from '../../kit/organization.ts'
import { useEvery } from '../../kit/query/every.ts'

const users = { path: '/users', maxPageSize: 200 }

export function useAccountFilters(): Filter[] {
  const { currencyPlaces } = useOrganization()
  return [
    {
      kind: 'options',
      key: 'currency',
      title: 'Currency',
      options: Object.keys(currencyPlaces)
        .sort()
        .map((value) => ({ value, label: value })),
    },
    {
      kind: 'text',
      key: 'purchaseOrderNumber',
      title: 'PO number',
      hint: 'Start of the PO number',
    },
    { kind: 'options', key: 'createdBy', title: 'Created by', options: useMakers() },
    { kind: 'day', key: 'createdFrom', title: 'Created from' },
    { kind: 'day', key: 'createdTo', title: 'Created to' },
  ]
}

function useMakers() {
  const mayUsers = useCan('config:retrieve', 'config:user')
  const mayPrograms = useCan('config:retrieve', serviceUser.permission)
  const people = useEvery<User>(users, {}, { enabled: mayUsers })
  const programs = useEvery<ServiceUser>(serviceUser, {}, { enabled: mayPrograms })
  return [
    ...people.rows.map(({ id, firstName, lastName, email }) => ({
      value: id,
      label: [firstName, lastName].filter(Boolean).join(' ') || email,
    })),
    ...programs.rows.map(({ id, name }) => ({ value: id, label: name, hint: 'program' })),
    // Accounts that a measurement made.
    { value: 'system', label: 'System' },
  ]
}
