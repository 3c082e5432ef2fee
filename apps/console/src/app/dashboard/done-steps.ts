import { useQueries } from '@tanstack/react-query'
import { apiAt } from '../../kit/api/client.ts'
import { useOrganization } from '../../kit/organization.ts'
import { type Made, type Step, steps } from './checklist-steps.ts'

const USAGE = '/usage/query'

type Asked = { state: { data?: string | null | undefined } }

/** What is there of each step; null until all are known, so that nothing jumps. */
export function useDoneSteps(isOn: boolean): Made | null {
  const { id } = useOrganization()
  return useQueries({
    queries: steps.map((step) => ({
      queryKey: ['organization', id, step.collection, 'any'],
      queryFn: () => newestOf(id, step),
      enabled: isOn,
      // What is done stays done; what is not is asked again on the next page.
      staleTime: (query: Asked) => (query.state.data ? Number.POSITIVE_INFINITY : 0),
      // Usage comes from programs: no word of it reaches the Console by itself.
      ...(step.collection === USAGE && {
        refetchInterval: (query: Asked) => (query.state.data ? false : 5_000),
      }),
    })),
    combine: (answers) =>
      answers.some((answer) => answer.isPending && !answer.isError)
        ? null
        : Object.fromEntries(
            steps.flatMap(({ key }, index) => {
              const made = answers[index]?.data
              return made ? [[key, made]] : []
            }),
          ),
  })
}

/** Without an id a thing is there all the same. What a person may not read counts as not done. */
async function newestOf(organizationId: string, { collection }: Step): Promise<string | null> {
  const api = apiAt(`/organizations/${organizationId}`)
  const answer =
    collection === USAGE
      ? api.post<{ data: { id?: string }[] }>(collection, {
          body: { ...aroundNow(), limit: 1 },
        })
      : api.get<{ data: { id?: string }[] }>(collection, { query: { pageSize: 1 } })
  const [newest] = (await answer).data
  return newest ? (newest.id ?? 'there') : null
}

const DAY_MS = 86_400_000

/** Named periods end with yesterday; the first measurement is most often of today. */
function aroundNow(): { startDate: string; endDate: string } {
  const at = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString()
  return { startDate: at(-365), endDate: at(1) }
}
