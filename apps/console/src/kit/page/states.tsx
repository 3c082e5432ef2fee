/**
 * What a page shows when there is nothing, not yet, or not at all.
 *
 *     <EmptyLesson icon={IconGauge} title="No meters yet" text="A meter …" action={<ButtonLink …/>} docs="metering/meters" />
 *     <Failure error={query.error} retry={query.refetch} />
 *     <Await query={meter} skeleton={<DetailSkeleton />}>{(row) => …}</Await>
 */
import { Anchor, Button, Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ComponentType, ReactNode } from 'react'
import { toFailure } from '../api/request-failure.ts'
import { Copyable } from '../format/state.tsx'
import classes from './page.module.css'

type EmptyLessonProps = {
  icon?: ComponentType<{ size?: number; stroke?: number }>
  title: string
  text: ReactNode
  action?: ReactNode
  /** Path below /docs. */
  docs?: string
  small?: boolean
}

export function EmptyLesson({ icon: Icon, title, text, action, docs, small }: EmptyLessonProps) {
  return (
    <div className={classes.lesson} data-small={small || undefined}>
      {Icon && <Icon size={small ? 26 : 40} stroke={1.1} />}
      <h2>{title}</h2>
      <p>{text}</p>
      {(action || docs) && (
        <div className={classes.lessonActions}>
          {action}
          {docs && (
            <Anchor href={`/docs/${docs}`} target="_blank">
              Read more
            </Anchor>
          )}
        </div>
      )}
    </div>
  )
}

const titles: Record<number, string> = {
  0: 'No connection to the server',
  403: 'You may not see this',
  404: 'Not found',
  429: 'Too many requests at once',
}

export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const failure = toFailure(error)
  return (
    <div className={classes.failure} role="alert">
      <h2>{titles[failure.status] ?? 'That did not work'}</h2>
      <p>{failure.message}</p>
      {failure.errors.length > 0 && (
        <ul>
          {failure.errors.map((problem) => (
            <li key={problem.field + problem.message}>
              {problem.field ? `${problem.field}: ` : ''}
              {problem.message}
            </li>
          ))}
        </ul>
      )}
      <div className={classes.failureFoot}>
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            Try again
          </Button>
        )}
        {failure.requestId && (
          <span>
            Request <Copyable text={failure.requestId} label="Copy request id" />
          </span>
        )}
      </div>
    </div>
  )
}

type AwaitProps<Row> = {
  query: UseQueryResult<Row>
  skeleton?: ReactNode
  children: (row: Row) => ReactNode
}

export function Await<Row>({ query, skeleton, children }: AwaitProps<Row>) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />
  return skeleton ?? <DetailSkeleton />
}

export function DetailSkeleton() {
  return (
    <Stack gap={0} aria-busy="true" aria-label="Loading">
      <Skeleton h={12} w={160} mt={4} mb={10} />
      <Skeleton h={24} w={280} mb={26} />
      <div className={classes.columns}>
        <Lines count={7} />
        <Lines count={5} />
      </div>
    </Stack>
  )
}

export function Lines({ count }: { count: number }) {
  return (
    <Stack gap={20} mb="lg">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars of a skeleton never move
        <Skeleton key={index} h={12} w={`${[82, 64, 73, 55, 90][index % 5]}%`} />
      ))}
    </Stack>
  )
}
