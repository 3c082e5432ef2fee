/** What happened to the plans of an account: those it has, and those made for it alone. */
import { accountPlan } from '@countinghouse/contract/accounts/account-plan.ts'
import { plan } from '@countinghouse/contract/pricing/plan.ts'
import { DayText } from '../../kit/format/moment.tsx'
import { AppLink } from '../../kit/link.tsx'
import { ChangeList } from './change-list.tsx'
import { changesOf } from './changes.ts'
import type { Happening, Story } from './happening.ts'

export function accountPlanStory(
  { verb, before, now }: Happening,
  planName: string | undefined,
): Story {
  const name = planName ? (
    <>
      Plan <AppLink to={`/pricing/plans/${now['planId']}`}>{planName}</AppLink>
    </>
  ) : (
    'A plan'
  )
  if (verb === 'created') return { text: <>{name} attached</>, detail: <Term of={now} /> }
  if (verb === 'deleted') return { text: <>{name} taken off</>, detail: <Term of={now} /> }
  const changes = before ? changesOf(accountPlan.body, before, now) : []
  const isEnd = changes.length === 1 && changes[0]?.schema === accountPlan.body.properties.endDate
  const end = typeof now['endDate'] === 'string' ? now['endDate'] : null
  if (isEnd && end !== null) {
    return {
      text: (
        <>
          {name} ends on <DayText day={end} />
        </>
      ),
      detail: changes[0]?.before === undefined ? null : <ChangeList changes={changes} />,
    }
  }
  return { text: <>{name} changed</>, detail: <ChangeList changes={changes} /> }
}

function Term({ of: { startDate, endDate } }: { of: Happening['now'] }) {
  return (
    <>
      from <DayText day={String(startDate)} />
      {typeof endDate === 'string' && (
        <>
          , ends on <DayText day={endDate} />
        </>
      )}
    </>
  )
}

export function customPlanStory({ verb, about, before, now }: Happening, isGone: boolean): Story {
  const name = String(now['name'])
  return {
    text: (
      <>
        Custom plan {isGone ? name : <AppLink to={`/pricing/plans/${about}`}>{name}</AppLink>}{' '}
        {verb === 'updated' ? 'changed' : verb}
      </>
    ),
    detail: before && <ChangeList changes={changesOf(plan.body, before, now)} />,
  }
}
