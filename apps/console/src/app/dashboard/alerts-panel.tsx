import { IconBellCheck } from '@tabler/icons-react'
import { grouped } from '../../kit/format/digits.ts'
import { Moment } from '../../kit/format/moment.tsx'
import { State, type Tone, words } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { EmptyLesson, Failure, Lines } from '../../kit/page/states.tsx'
import { useAnswer, usePages } from '../../kit/query/resource.ts'
import classes from './dashboard.module.css'

type Alert = {
  id: string
  type: string
  severity: Severity
  status: string
  description: string
  dtCreated: string
}
type AlertCounts = { total: number; new: number; INFO: number; WARN: number; ERROR: number }
type Severity = 'INFO' | 'WARN' | 'ERROR'

const severities: { key: Severity; title: string; tone: Tone }[] = [
  { key: 'ERROR', title: 'Errors', tone: 'bad' },
  { key: 'WARN', title: 'Warnings', tone: 'warn' },
  { key: 'INFO', title: 'Notes', tone: 'note' },
]

const NEWEST = 5

export function useNewestAlerts({ enabled = true } = {}) {
  const query = { status: 'NEW,IN_PROGRESS', pageSize: NEWEST }
  return {
    fresh: usePages<Alert>('/alerts', query, { enabled }),
    counts: useAnswer<AlertCounts>('/alerts/counts', {}, { enabled }).data,
  }
}

export function AlertsPanel() {
  const { fresh, counts } = useNewestAlerts()
  const count = (severity: Severity) => counts?.[severity] ?? 0
  return (
    <Panel
      title="Your Alerts"
      count={
        counts && counts.total > 0
          ? `${grouped(counts.new)} new of ${grouped(counts.total)}`
          : undefined
      }
      flush
      actions={
        <AppLink to="/alerts" className={classes.all}>
          View All
        </AppLink>
      }
    >
      {fresh.isLoading && <Lines count={4} />}
      {fresh.error && <Failure error={fresh.error} retry={fresh.reload} />}
      {!fresh.isLoading && !fresh.error && fresh.rows.length === 0 && (
        <EmptyLesson
          small
          icon={IconBellCheck}
          title="Nothing needs you"
          text="Problems with usage, bills and other work show here as soon as they happen."
        />
      )}
      {fresh.rows.length > 0 && (
        <>
          <div className={classes.severities}>
            {severities.map((each) => (
              <AppLink
                key={each.key}
                to={`/alerts?severity=${each.key}`}
                className={classes.severity}
                quiet
              >
                <b>{count(each.key)}</b>
                <State tone={count(each.key) > 0 ? each.tone : 'quiet'}>{each.title}</State>
              </AppLink>
            ))}
          </div>
          {fresh.rows.slice(0, NEWEST).map((alert) => (
            <AppLink key={alert.id} to={`/alerts?open=${alert.id}`} className={classes.alert} quiet>
              <State tone={severities.find((each) => each.key === alert.severity)?.tone ?? 'plain'}>
                {words(alert.type)}
              </State>
              <Moment at={alert.dtCreated} />
              <span>{alert.description}</span>
            </AppLink>
          ))}
        </>
      )}
    </Panel>
  )
}
