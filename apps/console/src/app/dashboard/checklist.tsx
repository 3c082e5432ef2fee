/** The way from nothing to a first bill, ticked from what is really there (console 4.2). */
import { ActionIcon, Tooltip } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { apiAt } from '../../kit/api/client.ts'
import { AppLink, ButtonLink } from '../../kit/link.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { useAnswer } from '../../kit/query/resource.ts'
import { steps } from './checklist-steps.ts'
import classes from './dashboard.module.css'
import { useDoneSteps } from './done-steps.ts'

/** Steps that are done, of a list that is to be shown; null where none is, undefined until that is known. */
export function useChecklist(): string[] | null | undefined {
  const { id, isArchived } = useOrganization()
  const [isComplete, setComplete] = useLocalStorage({
    key: `countinghouse-set-up:${id}`,
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  const checklist = useAnswer<{ isDismissed: boolean }>(
    '/console/checklist',
    {},
    { enabled: !isComplete && !isArchived },
  )
  const isShown = checklist.data?.isDismissed === false
  const done = useDoneSteps(isShown)
  // Outside system: the browser's storage. Once complete, the ten questions are not asked again.
  const isAllDone = done?.length === steps.length
  useEffect(() => {
    if (isAllDone) setComplete(true)
  }, [isAllDone, setComplete])
  if (isArchived || isComplete || isAllDone || checklist.isError || (checklist.data && !isShown))
    return null
  return isShown ? (done ?? undefined) : undefined
}

export function Checklist({ done }: { done: string[] }) {
  const { id } = useOrganization()
  const client = useQueryClient()
  const dismiss = useMutation({
    mutationFn: () =>
      apiAt(`/organizations/${id}`).put('/console/checklist', { body: { isDismissed: true } }),
    onSettled: () =>
      client.invalidateQueries({ queryKey: ['organization', id, '/console/checklist'] }),
  })
  if (dismiss.isPending) return null
  const next = steps.find((step) => !done.includes(step.key))
  return (
    <section className={classes.checklist} aria-label="Set-up checklist">
      <div className={classes.checklistHead}>
        <h2>Your way to a first bill</h2>
        <span>
          {done.length} of {steps.length} done
        </span>
        <Tooltip label="Hide the checklist">
          <ActionIcon aria-label="Hide the checklist" onClick={() => dismiss.mutate()}>
            <IconX size={15} />
          </ActionIcon>
        </Tooltip>
      </div>
      <ol className={classes.steps}>
        {steps.map((step, index) => {
          const isDone = done.includes(step.key)
          return (
            <li
              key={step.key}
              data-done={isDone || undefined}
              data-next={step === next || undefined}
            >
              <span className={classes.stepMark} role="img" aria-label={isDone ? 'Done' : 'To do'}>
                {isDone ? <IconCheck size={13} stroke={2.6} /> : index + 1}
              </span>
              <div>
                <AppLink to={isDone ? step.list : step.create} quiet>
                  {step.title}
                </AppLink>
                <p>{step.text}</p>
                {step === next && (
                  <ButtonLink size="xs" to={step.create}>
                    {step.act}
                  </ButtonLink>
                )}
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
