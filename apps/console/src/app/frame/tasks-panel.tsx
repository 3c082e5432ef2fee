import { ActionIcon, Button } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconListCheck, IconX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { grouped } from '../../kit/format/digits.ts'
import { dayText, Moment } from '../../kit/format/moment.tsx'
import { State, type Tone, words } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import { useCan, useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { EmptyLesson, Failure, Lines } from '../../kit/page/states.tsx'
import { usePrincipals } from '../../kit/query/principals.ts'
import { failedToast } from '../../kit/toast.tsx'
import { elapsedText, remainingText } from './task-time.ts'
import { isRunning, type Task, type Tasks } from './tasks.ts'
import classes from './tasks-panel.module.css'

export function TasksPanel({ tasks, close }: { tasks: Tasks; close: () => void }) {
  const { id } = useOrganization()
  const [clearedAt, setClearedAt] = useLocalStorage({
    key: `countinghouse-tasks-cleared:${id}`,
    defaultValue: '',
    getInitialValueInEffect: false,
  })
  const shown = tasks.rows.filter((task) => isRunning(task) || (task.dtFinished ?? '') > clearedAt)
  const names = usePrincipals(shown.map((task) => task.createdBy))
  const hasFinished = shown.some((task) => !isRunning(task))
  return (
    <aside className={classes.side} aria-label="Running Tasks">
      <div className={classes.sideHead}>
        <h2>Running Tasks</h2>
        {hasFinished && (
          <Button size="xs" variant="subtle" onClick={() => setClearedAt(new Date().toISOString())}>
            Clear finished
          </Button>
        )}
        <ActionIcon aria-label="Close" onClick={close}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {tasks.isLoading && <Lines count={3} />}
      {tasks.error && tasks.rows.length === 0 && <Failure error={tasks.error} />}
      {!tasks.isLoading && !tasks.error && shown.length === 0 && (
        <EmptyLesson
          small
          icon={IconListCheck}
          title="Nothing is running"
          text="Bill runs and other long work show here while they run, and for a day after."
        />
      )}
      {shown.map((task) => (
        <TaskRow key={task.id} task={task} startedBy={names.get(task.createdBy)?.name} />
      ))}
    </aside>
  )
}

const tones: Record<Task['status'], Tone> = {
  PENDING: 'quiet',
  RUNNING: 'note',
  COMPLETE: 'good',
  FAILED: 'bad',
  CANCELLED: 'quiet',
}

function TaskRow({ task, startedBy }: { task: Task; startedBy: string | undefined }) {
  const title = withDays(task.title)
  const share = task.total ? Math.min(1, (task.done ?? 0) / task.total) : null
  const facts = [
    task.total ? `${grouped(task.done ?? 0)} of ${grouped(task.total)}` : words(task.kind),
    isRunning(task) ? remainingText(task, Date.now()) : elapsedText(task),
    startedBy,
  ]
  return (
    <section className={classes.task} aria-label={title}>
      <div className={classes.taskLine}>
        <b>{pathOf(task) ? <AppLink to={pathOf(task)}>{title}</AppLink> : title}</b>
        <State tone={tones[task.status]}>{words(task.status)}</State>
      </div>
      {isRunning(task) && (
        <div
          className={classes.meter}
          role="progressbar"
          aria-label={`Progress of ${task.title}`}
          aria-valuenow={share === null ? undefined : Math.round(share * 100)}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <div style={{ width: `${(share ?? 0.06) * 100}%` }} />
        </div>
      )}
      <div className={classes.taskFoot}>
        <span>{facts.filter(Boolean).join(' · ')}</span>
        <Moment at={task.dtFinished ?? task.dtCreated} />
      </div>
      {task.message && <p className={classes.taskMessage}>{task.message}</p>}
      {isRunning(task) && kindOf(task) === 'billjob' && <CancelBillJob task={task} />}
    </section>
  )
}

function CancelBillJob({ task }: { task: Task }) {
  const api = useOrganizationApi()
  const client = useQueryClient()
  const may = useCan('config:update', 'billJob')
  const cancel = useMutation({
    mutationFn: () => api.post(`/billjobs/${task.entityId ?? task.id}/cancel`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['organization'] }),
    onError: (cause) => failedToast(cause, `${task.title} was not cancelled`),
  })
  if (!may) return null
  return (
    <Button
      size="xs"
      variant="default"
      mt={8}
      loading={cancel.isPending}
      onClick={() => cancel.mutate()}
    >
      Cancel
    </Button>
  )
}

const pages: Record<string, string> = {
  billjob: '/billing/jobs',
  account: '/accounts',
  meter: '/metering/meters',
}

function kindOf(task: Task): string {
  return (task.entityType ?? task.kind).toLowerCase().replaceAll(/[^a-z]/g, '')
}

function pathOf(task: Task): string {
  const folder = pages[kindOf(task)]
  return folder && task.entityId ? `${folder}/${task.entityId}` : ''
}

/** Titles are made by the server, which writes days as 2026-10-31. */
function withDays(title: string): string {
  return title.replaceAll(/\d{4}-\d{2}-\d{2}/g, (day) => dayText(day))
}
