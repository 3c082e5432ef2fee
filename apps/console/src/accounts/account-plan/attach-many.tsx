/** Attaches one plan to many accounts, and says afterwards which of them would not take it (console 4.7). */
import { accountPlan } from '@countinghouse/contract/accounts/account-plan.ts'
import { product } from '@countinghouse/contract/metering/product.ts'
import { type Plan, plan } from '@countinghouse/contract/pricing/plan.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import { dayOf, normalizeZone, startOfDay } from '@countinghouse/engine/time/zone.ts'
import { Button, Group, Select } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { useEffect, useRef, useState } from 'react'
import { toFailure } from '../../kit/api/request-failure.ts'
import { counted } from '../../kit/format/digits.ts'
import { dayText } from '../../kit/format/moment.tsx'
import { AppLink } from '../../kit/link.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { usePopUp } from '../../kit/pop-up.tsx'
import { useEvery } from '../../kit/query/every.ts'
import { useByIds, useCreate } from '../../kit/query/resource.ts'
import { savedToast } from '../../kit/toast.tsx'
import classes from '../end-date/end-date.module.css'

type Named = { id: string; name: string }
type Refused = Named & { reason: string }

/** Resolves once the plan was attached to one of them, and rejects when the person let it be. */
export function useAttachMany(): (accounts: readonly Named[]) => Promise<void> {
  const popUp = usePopUp()
  return (accounts) =>
    new Promise((done, letBe) => {
      popUp(
        { title: `Attach a plan to ${counted(accounts.length, 'account')}`, size: 560 },
        (close) => (
          <AttachManyForm
            accounts={accounts}
            close={close}
            closed={(hasAttached) => (hasAttached ? done() : letBe())}
          />
        ),
      )
    })
}

type AttachManyFormProps = {
  accounts: readonly Named[]
  close: () => void
  closed: (hasAttached: boolean) => void
}

function AttachManyForm({ accounts, close, closed }: AttachManyFormProps) {
  const { timezone } = useOrganization()
  const [chosen, setChosen] = useState<Plan | undefined>()
  const [day, setDay] = useState<string | null>(() => dayOf(Date.now(), normalizeZone(timezone)))
  const [wasTried, setTried] = useState(false)
  const act = useAct(accounts, close, closed)
  if (act.refused) return <Outcome refused={act.refused} of={accounts.length} close={close} />
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (chosen && day) void act.run(chosen, day)
      }}
    >
      <PlanSelect
        value={chosen}
        onChange={setChosen}
        error={wasTried && !chosen && 'Choose a plan.'}
      />
      <DateInput
        mt="sm"
        label="Start"
        required
        valueFormat="D MMM YYYY"
        value={day}
        onChange={setDay}
        error={wasTried && !day && 'Choose the first day that is charged.'}
      />
      {chosen && day && (
        <p className={classes.hint}>
          {counted(accounts.length, 'account')} {accounts.length === 1 ? 'is' : 'are'} charged by{' '}
          {chosen.name} from {dayText(day)} on. One that has another plan of the same product then
          keeps that and is named afterwards.
        </p>
      )}
      <Group mt="md" gap="xs" justify="flex-end">
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={act.isRunning}>
          Attach plan
        </Button>
      </Group>
    </form>
  )
}

type PlanSelectProps = {
  value: Plan | undefined
  onChange: (plan: Plan | undefined) => void
  error: string | false
}

/** Custom plans belong to one account each. */
function PlanSelect({ value, onChange, error }: PlanSelectProps) {
  const plans = useEvery<Plan>(plan).rows.filter((row) => !row.accountId)
  const products = useByIds(
    product,
    plans.map((row) => row.productId),
  )
  return (
    <Select
      label="Plan"
      required
      searchable
      data-autofocus
      placeholder="Choose a plan"
      // Two products may both have a plan called Starter.
      data={plans.map((row) => ({
        value: row.id,
        label: [row.name, products.get(row.productId ?? '')?.name].filter(Boolean).join(' · '),
      }))}
      value={value?.id ?? null}
      onChange={(id) => onChange(plans.find((row) => row.id === id))}
      error={error}
    />
  )
}

function useAct(
  accounts: readonly Named[],
  close: () => void,
  closed: (hasAttached: boolean) => void,
) {
  const attach = useCreate(accountPlan)
  const { timezone } = useOrganization()
  const [isRunning, setRunning] = useState(false)
  const [refused, setRefused] = useState<Refused[] | null>(null)
  const hasAttached = useRef(false)
  const tell = useRef(closed)
  // Outside system: the stack of pop-ups, which closes by Escape and by links too.
  useEffect(() => () => tell.current(hasAttached.current), [])

  async function run({ id: planId, name }: Plan, day: string) {
    setRunning(true)
    const startDate = formatInstant(startOfDay(day, normalizeZone(timezone)))
    const left: Refused[] = []
    for (const each of accounts) {
      try {
        await attach.mutateAsync({ accountId: each.id, planId, startDate })
        hasAttached.current = true
      } catch (cause) {
        left.push({ ...each, reason: toFailure(cause).message })
      }
    }
    setRunning(false)
    if (left.length > 0) return setRefused(left)
    savedToast(`${name} attached to ${counted(accounts.length, 'account')}`)
    close()
  }

  return { isRunning, refused, run }
}

type OutcomeProps = { refused: readonly Refused[]; of: number; close: () => void }

function Outcome({ refused, of, close }: OutcomeProps) {
  return (
    <>
      <p className={classes.summary}>
        Attached to {counted(of - refused.length, 'account')}, not to {refused.length}:
      </p>
      <table className={classes.outcome} aria-label="Accounts that did not take the plan">
        <tbody>
          {refused.map(({ id, name, reason }) => (
            <tr key={id}>
              <th scope="row">
                <AppLink quiet to={`/accounts/${id}/plans`}>
                  {name}
                </AppLink>
              </th>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Group mt="md" justify="flex-end">
        <Button onClick={close}>Close</Button>
      </Group>
    </>
  )
}
