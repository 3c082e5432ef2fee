/**
 * What a page shows when there is nothing, not yet, or not at all.
 *
 *     <EmptyLesson icon={IconGauge} title="No meters yet" text="A meter …" action={<ButtonLink …/>} docs="guides/meters" />
 *     <Failure error={query.error} retry={query.refetch} />
 *     <Await query={meter} skeleton={<DetailSkeleton />}>{(row) => …}</Await>
 */
import { Anchor, Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ComponentType, type ReactNode, useContext } from 'react'
import { Failure, WholeFailure } from './failure.tsx'
import classes from './page.module.css'
import { Page } from './page.tsx'
import type { Crumb } from './page-head.tsx'
import { PlaceContext } from './place.ts'

export { Failure } from './failure.tsx'

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

type AwaitProps<Row> = {
  query: UseQueryResult<Row>
  skeleton?: ReactNode
  /** Where a person comes from: ways on when there is nothing to show. */
  trail?: Crumb[]
  children: (row: Row) => ReactNode
}

export function Await<Row>({ query, skeleton, trail, children }: AwaitProps<Row>) {
  const place = useContext(PlaceContext)
  if (query.data !== undefined) return children(query.data)
  const retry = () => void query.refetch()
  if (place === 'part' && query.isError) return <Failure error={query.error} retry={retry} />
  const waiting = query.isError ? (
    <WholeFailure error={query.error} retry={retry} trail={trail} />
  ) : (
    (skeleton ?? <DetailSkeleton />)
  )
  return place === 'alone' ? <Page>{waiting}</Page> : waiting
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
