import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { apiAt } from '../../kit/api/client.ts'
import { useCan, useOrganization } from '../../kit/organization.ts'
import { useAnswer } from '../../kit/query/resource.ts'
import { type Made, nextStep } from './checklist-steps.ts'
import { useDoneSteps } from './done-steps.ts'
import { useIsSetUp } from './is-set-up.ts'

/** What is there of a list that is to be shown; null where none is, undefined until that is known. */
export function useChecklist(): Made | null | undefined {
  const { id } = useOrganization()
  const [isSetUp, setSetUp] = useIsSetUp(id)
  const maySetUp = useCan('config:create', 'config:product')
  const isOpen = maySetUp && !isSetUp
  const checklist = useAnswer<{ isDismissed: boolean }>(
    '/console/checklist',
    {},
    { enabled: isOpen },
  )
  const isDismissed = checklist.data?.isDismissed ?? false
  // Asked together: most who come here without being set up have not hidden it either.
  const made = useDoneSteps(isOpen && !isDismissed)
  const isOver = isDismissed || (made !== null && nextStep(made) === undefined)
  // Outside system: the browser's storage. Once it is over, the ten questions are not asked again.
  useEffect(() => {
    if (isOpen && isOver) setSetUp(true)
  }, [isOpen, isOver, setSetUp])
  if (!isOpen || isOver || checklist.isError) return null
  return checklist.isPending ? undefined : (made ?? undefined)
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
