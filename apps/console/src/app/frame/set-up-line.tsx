/**
 * The way to a first bill on every page but the Dashboard, which has the whole of it: what comes next,
 * one click away with what was made before filled in. Gone once a bill is there, or hidden. It stands at
 * the foot of the window: whether it is needed is only known later, and nothing above it moves then.
 */
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { AppLink, ButtonLink } from '../../kit/link.tsx'
import { nextStep, steps } from '../dashboard/checklist-steps.ts'
import { useChecklist, useDismissChecklist } from '../dashboard/use-checklist.ts'
import classes from './set-up-line.module.css'

export function SetUpLine({ path }: { path: string }) {
  const made = useChecklist()
  const dismiss = useDismissChecklist()
  const next = made && nextStep(made)
  if (!made || !next || dismiss.isPending) return null
  const to = next.create(made)
  const done = Object.keys(made).length
  return (
    <aside className={classes.line} aria-label="Your way to a first bill">
      <AppLink to="/dashboard" quiet className={classes.count}>
        First bill: {done} of {steps.length}
      </AppLink>
      <span className={classes.bar} aria-hidden>
        <i style={{ width: `${(done / steps.length) * 100}%` }} />
      </span>
      <span className={classes.next}>
        <b>Next: {next.title}.</b> <span>{next.text}</span>
      </span>
      {path !== to.split('?')[0] && (
        <ButtonLink size="xs" variant="default" to={to}>
          {next.act}
        </ButtonLink>
      )}
      <ActionIcon
        size={24}
        aria-label="Hide the checklist"
        data-tip="Hide the checklist"
        onClick={() => dismiss.mutate()}
      >
        <IconX size={14} />
      </ActionIcon>
    </aside>
  )
}
