/**
 * What went wrong, why, and what to do: `Failure` as a note in a part of a page, `WholeFailure` in
 * the place of a page, with its heading and ways on.
 */
import { Anchor, Button } from '@mantine/core'
import { type ReactNode, useContext } from 'react'
import { type RequestFailure, toFailure } from '../api/request-failure.ts'
import { Copyable } from '../format/state.tsx'
import { ButtonLink } from '../link.tsx'
import { OrganizationContext } from '../organization.ts'
import { useAdministrators } from '../query/administrators.ts'
import classes from './page.module.css'
import { type Crumb, PageHead } from './page-head.tsx'

const titles: Record<number, string> = {
  0: 'No connection to the server',
  403: 'This is closed to you',
  404: 'This is not here',
  429: 'Too many requests at once',
}

type FailureProps = { error: unknown; retry?: (() => void) | undefined }

export function Failure({ error, retry }: FailureProps) {
  const failure = toFailure(error)
  const again = isPassing(failure) ? retry : undefined
  return (
    <div className={classes.failure} role="alert">
      <h2>{titleOf(failure)}</h2>
      <Explanation failure={failure} />
      <Foot failure={failure}>
        {again && (
          <Button size="xs" variant="default" onClick={again}>
            Try again
          </Button>
        )}
      </Foot>
    </div>
  )
}

type WholeFailureProps = FailureProps & { trail?: Crumb[] | undefined }

export function WholeFailure({ error, retry, trail = [] }: WholeFailureProps) {
  const failure = toFailure(error)
  const again = isPassing(failure) ? retry : undefined
  const isInside = useContext(OrganizationContext) !== null
  const list = trail.findLast((crumb) => crumb.to)
  return (
    <>
      <PageHead trail={isInside ? trail : []} title={titleOf(failure)} />
      <div className={classes.wholeFailure} role="alert">
        <Explanation failure={failure} />
        <div className={classes.failureWays}>
          {again && <Button onClick={again}>Try again</Button>}
          {isInside && list?.to && (
            <ButtonLink to={list.to} variant={again ? 'default' : 'filled'}>
              All {list.title.toLowerCase()}
            </ButtonLink>
          )}
          {isInside && (
            <ButtonLink to="/dashboard" variant="default">
              Dashboard
            </ButtonLink>
          )}
          <Anchor component="button" type="button" onClick={() => window.history.back()}>
            Back
          </Anchor>
        </div>
        <Foot failure={failure} />
      </div>
    </>
  )
}

function titleOf({ status }: RequestFailure): string {
  return titles[status] ?? 'That did not work'
}

/** What is missing or forbidden stays so, however often one asks. */
function isPassing({ status }: RequestFailure): boolean {
  return status !== 403 && status !== 404
}

function Explanation({ failure }: { failure: RequestFailure }) {
  const isRight = failure.code === 'MISSING_RIGHT'
  const administrators = useAdministrators(isRight)
  const organization = useContext(OrganizationContext)
  return (
    <>
      <p>{failure.message}</p>
      {administrators.length > 0 && (
        <p>
          {administrators.length === 1 ? 'The administrator' : 'Administrators'} of{' '}
          {organization?.name}: <b>{namesOf(administrators)}</b>.
        </p>
      )}
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
    </>
  )
}

const NAMES_MOST = 5

function namesOf(all: string[]): string {
  const more = all.length - NAMES_MOST
  return [...all.slice(0, NAMES_MOST), ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

function Foot({ failure, children }: { failure: RequestFailure; children?: ReactNode }) {
  if (!children && !failure.requestId) return null
  return (
    <div className={classes.failureFoot}>
      {children}
      {failure.requestId && (
        <span>
          Request <Copyable text={failure.requestId} label="Copy request id" />
        </span>
      )}
    </div>
  )
}
