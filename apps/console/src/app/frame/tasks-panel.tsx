import { ActionIcon } from '@mantine/core'
import { IconListCheck, IconX } from '@tabler/icons-react'
import { grouped } from '../../kit/format/digits.ts'
import { Moment } from '../../kit/format/moment.tsx'
import { State, type Tone, words } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import { EmptyLesson, Failure, Lines } from '../../kit/page/states.tsx'
import { isRunning, type Task, type Tasks } from './tasks.ts'
import classes from './tasks-panel.module.css'

export function TasksPanel({ tasks, close }: { tasks: Tasks; close: () => void }) {
  return (
    <aside className={classes.side} aria-label="Running Tasks">
      <div className={classes.sideHead}>
        <h2>Running Tasks</h2>
        <ActionIcon aria-label="Close" onClick={close}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {tasks.isLoading && <Lines count={3} />}
      {tasks.error && tasks.rows.length === 0 && <Failure error={tasks.error} />}
      {!tasks.isLoading && !tasks.error && tasks.rows.length === 0 && (
        <EmptyLesson
          small
          icon={IconListCheck}
          title="Nothing is running"
          text="Bill runs and other long work show here while they run, and for a day after."
        />
      )}
      {tasks.rows.map((task) => (
        <TaskRow key={task.id} task={task} />
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

function TaskRow({ task }: { task: Task }) {
  const share = task.total ? Math.min(1, (task.done ?? 0) / task.total) : null
  return (
    <section className={classes.task} aria-label={task.title}>
      <div className={classes.taskLine}>
        <b>{pathOf(task) ? <AppLink to={pathOf(task)}>{task.title}</AppLink> : task.title}</b>
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
        <span>
          {task.total ? `${grouped(task.done ?? 0)} of ${grouped(task.total)}` : words(task.kind)}
        </span>
        <Moment at={task.dtFinished ?? task.dtCreated} />
      </div>
      {task.message && <p className={classes.taskMessage}>{task.message}</p>}
    </section>
  )
}

const pages: Record<string, string> = {
  billjob: '/billing/jobs',
  account: '/accounts',
  meter: '/metering/meters',
}

function pathOf(task: Task): string {
  const folder = pages[(task.entityType ?? task.kind).toLowerCase().replaceAll(/[^a-z]/g, '')]
  return folder && task.entityId ? `${folder}/${task.entityId}` : ''
}
