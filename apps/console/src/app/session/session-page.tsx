/** The quiet sheet that sign-in and its relatives stand on. */
import { Alert } from '@mantine/core'
import type { ReactNode } from 'react'
import { toFailure } from '../../kit/api/request-failure.ts'
import { Mark } from '../frame/mark.tsx'
import classes from './session.module.css'

type SessionPageProps = {
  title: string
  lead?: ReactNode
  children?: ReactNode
  foot?: ReactNode
  wide?: boolean
  /** What it will say is still being asked for. */
  isLoading?: boolean
}

export function SessionPage({ title, lead, children, foot, wide, isLoading }: SessionPageProps) {
  return (
    <main className={classes.page}>
      <title>{`${title} · Countinghouse`}</title>
      <div className={classes.brand}>
        <Mark size={26} />
        Countinghouse
      </div>
      <section
        className={classes.sheet}
        data-wide={wide || undefined}
        aria-busy={isLoading || undefined}
      >
        <h1>{title}</h1>
        {lead && <p className={classes.lead}>{lead}</p>}
        {children}
      </section>
      {foot && <footer className={classes.foot}>{foot}</footer>}
    </main>
  )
}

export function Refusal({ error }: { error: unknown }) {
  if (!error) return null
  const failure = toFailure(error)
  return (
    <Alert color="oxblood" role="alert">
      {failure.errors.length > 0
        ? failure.errors.map((problem) => <div key={problem.message}>{problem.message}</div>)
        : failure.message}
    </Alert>
  )
}
