import { useQueries } from '@tanstack/react-query'
import { apiAt } from '../../kit/api/client.ts'
import { useOrganization } from '../../kit/organization.ts'
import { type Step, steps } from './checklist-steps.ts'

/** Keys of the steps that are done; null until all are known, so that nothing jumps. */
export function useDoneSteps(isOn: boolean): string[] | null {
  const { id } = useOrganization()
  return useQueries({
    queries: steps.map((step) => ({
      queryKey: ['organization', id, step.collection, 'any'],
      queryFn: () => hasAny(id, step),
      enabled: isOn,
    })),
    combine: (answers) =>
      answers.some((answer) => answer.isPending && !answer.isError)
        ? null
        : steps.filter((_, index) => answers[index]?.data === true).map((step) => step.key),
  })
}

/** What a person may not read counts as not done; the step's own page then says why. */
async function hasAny(organizationId: string, { collection }: Step): Promise<boolean> {
  const api = apiAt(`/organizations/${organizationId}`)
  const answer =
    collection === '/usage/query'
      ? api.post<{ data: unknown[] }>(collection, { body: { timePeriod: 'LAST_YEAR', limit: 1 } })
      : api.get<{ data: unknown[] }>(collection, { query: { pageSize: 1 } })
  return (await answer).data.length > 0
}
