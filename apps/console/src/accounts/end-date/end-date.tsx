/**
 * Ends what accounts are billed for, from a day on; says beforehand what that brings and afterwards
 * what came of each account (console 4.7, pricing 4.4).
 */
import type { BillingEntityKind } from '@countinghouse/contract/accounts/account.ts'
import { addDays } from '@countinghouse/engine/time/calendar.ts'
import { dayOf, normalizeZone } from '@countinghouse/engine/time/zone.ts'
import { Alert, Button, Group } from '@mantine/core'
import { useState } from 'react'
import { counted } from '../../kit/format/digits.ts'
import { useOrganization } from '../../kit/organization.ts'
import { Failure, Lines } from '../../kit/page/states.tsx'
import { usePopUp } from '../../kit/pop-up.tsx'
import { Choices, kinds } from './choices.tsx'
import classes from './end-date.module.css'
import { endsWords, outcomeOf, sentence } from './outcome.ts'
import { OutcomeTable } from './outcome-table.tsx'
import { type Named, useAct, usePreview } from './queries.ts'

export const endDateRight = { action: 'config:update', resource: 'config:account' }

/** Resolves once something was ended, and rejects when the person let it be. */
export function useEndDate(): (accounts: readonly Named[]) => Promise<void> {
  const popUp = usePopUp()
  return (accounts) =>
    new Promise((done, letBe) => {
      const [first] = accounts
      const whom = accounts.length === 1 && first ? first.name : counted(accounts.length, 'account')
      popUp({ title: `End-date ${whom}`, size: 640 }, (close) => (
        <EndDateForm
          accounts={accounts}
          close={close}
          closed={(hasEnded) => (hasEnded ? done() : letBe())}
        />
      ))
    })
}

type EndDateFormProps = {
  accounts: readonly Named[]
  close: () => void
  closed: (hasEnded: boolean) => void
}

function EndDateForm({ accounts, close, closed }: EndDateFormProps) {
  const { timezone } = useOrganization()
  const today = dayOf(Date.now(), normalizeZone(timezone))
  const picks = [today, firstOfNextMonth(today)]
  const [day, setDay] = useState<string | null>(firstOfNextMonth(today))
  const [chosen, setChosen] = useState<BillingEntityKind[]>(kinds.map(({ kind }) => kind))
  const preview = usePreview(accounts, day, chosen)
  const act = useAct(accounts, close, closed)
  if (act.done) {
    return (
      <>
        <p className={classes.summary}>{sentence(act.done.result, act.done.day)}</p>
        <OutcomeTable accounts={accounts} ended={act.done.result} day={act.done.day} />
        <Group mt="md" justify="flex-end">
          <Button onClick={close}>Close</Button>
        </Group>
      </>
    )
  }
  const ends = preview.data ? endsWords(outcomeOf(preview.data)) : ''
  return (
    <>
      <Choices day={day} setDay={setDay} picks={picks} chosen={chosen} setChosen={setChosen} />
      <Follows accounts={accounts} day={day} preview={preview} />
      {act.problem && <Alert color="oxblood" mt="sm" title={act.problem} />}
      <Group mt="md" gap="xs" justify="flex-end">
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button
          color="oxblood"
          disabled={ends === ''}
          loading={act.isRunning}
          onClick={() => day && void act.run(day, chosen)}
        >
          {ends === '' ? 'End' : `End ${ends}`}
        </Button>
      </Group>
    </>
  )
}

type FollowsProps = {
  accounts: readonly Named[]
  day: string | null
  preview: ReturnType<typeof usePreview>
}

/** What the person is about to do, before it is done. */
function Follows({ accounts, day, preview }: FollowsProps) {
  return (
    <div className={classes.follows} aria-live="polite">
      {preview.isLoading && <Lines count={3} />}
      {preview.error && <Failure error={preview.error} retry={() => void preview.refetch()} />}
      {preview.data && day && (
        <>
          <p className={classes.summary}>{sentence(preview.data, day)}</p>
          <OutcomeTable accounts={accounts} ended={preview.data} day={day} />
          {endsWords(outcomeOf(preview.data)) !== '' && (
            <p className={classes.hint}>
              What is used before that day is billed, and charges of a period that is cut short are
              taken in proportion. Bills that exist change when they are calculated again; locked
              ones never do.
            </p>
          )}
        </>
      )}
    </div>
  )
}

function firstOfNextMonth(today: string): string {
  return `${addDays(`${today.slice(0, 8)}01`, 31).slice(0, 8)}01`
}
