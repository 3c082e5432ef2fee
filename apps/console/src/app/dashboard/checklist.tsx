/** The way from nothing to a first bill, ticked from what is really there (console 4.2). */
import { ActionIcon } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { AppLink, ButtonLink } from '../../kit/link.tsx'
import { type Made, nextStep, steps } from './checklist-steps.ts'
import classes from './dashboard.module.css'
import { useDismissChecklist } from './use-checklist.ts'

export function Checklist({ made }: { made: Made }) {
  const dismiss = useDismissChecklist()
  if (dismiss.isPending) return null
  const next = nextStep(made)
  const done = steps.filter((step) => made[step.key] !== undefined)
  return (
    <section className={classes.checklist} aria-label="Set-up checklist">
      <div className={classes.checklistHead}>
        <h2>Your way to a first bill</h2>
        <span>
          {done.length} of {steps.length} done
        </span>
        <ActionIcon
          aria-label="Hide the checklist"
          data-tip="Hide the checklist"
          onClick={() => dismiss.mutate()}
        >
          <IconX size={15} />
        </ActionIcon>
      </div>
      <ol className={classes.steps}>
        {steps.map((step, index) => {
          const isDone = done.includes(step)
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
                <AppLink to={isDone ? step.list : step.create(made)} quiet>
                  {step.title}
                </AppLink>
                <p>{step.text}</p>
                {step === next && (
                  <ButtonLink size="xs" to={step.create(made)}>
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
