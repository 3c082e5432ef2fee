import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { apiAt } from '../../kit/api/client.ts'
import { useOrganization } from '../../kit/organization.ts'
import { useAnswer } from '../../kit/query/resource.ts'
import { type Made, nextStep } from './checklist-steps.ts'
import { useDoneSteps } from './done-steps.ts'
import { useIsSetUp } from './is-set-up.ts'

/** What is there of a list that is to be shown; null where none is, undefined until that is known. */
export function useChecklist(): Made | null | undefined {
  const { id, isArchived } = useOrganization()
  const [isComplete, setComplete] = useIsSetUp(id)
  const checklist = useAnswer<{ isDismissed: boolean }>(
    '/console/checklist',
    {},
    { enabled: !isComplete && !isArchived },
  )
  const isShown = checklist.data?.isDismissed === false
  const made = useDoneSteps(isShown)
  // Outside system: the browser's storage. Once complete, the ten questions are not asked again.
  const isAllDone = made !== null && nextStep(made) === undefined
  useEffect(() => {
    if (isAllDone) setComplete(true)
  }, [isAllDone, setComplete])
  if (isArchived || isComplete || isAllDone || checklist.isError || (checklist.data && !isShown))
    return null
  return isShown ? (made ?? undefined) : undefined
}

export function useDismissChecklist() {
  const { id } = useOrganization()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () =>
      apiAt(`/organizations/${id}`).put('/console/checklist', { body: { isDismissed: true } }),
    onSettled: () =>
      client.invalidateQueries({ queryKey: ['organization', id, '/console/checklist'] }),
  })
}
