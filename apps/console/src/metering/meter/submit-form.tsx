/** One test measurement by hand: uid filled in, time now and changeable, one input per data field. */

import type { Account } from '@countinghouse/contract/accounts/account.ts'
import type { DataField, Meter } from '@countinghouse/contract/metering/meter.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import { normalizeZone } from '@countinghouse/engine/time/zone.ts'
import { Alert, Group, TextInput } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ActButton } from '../../kit/act-button.tsx'
import { type RequestFailure, toFailure } from '../../kit/api/request-failure.ts'
import { AccountSelect } from '../../kit/form/account-select.tsx'
import { unitWords } from '../../kit/format/digits.ts'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { keysOf } from '../../kit/query/resource.ts'
import { savedToast } from '../../kit/toast.tsx'
import { isNumeric } from '../usage/question.ts'
import classes from './meter.module.css'
import { submitRight } from './submit-right.ts'

export function SubmitForm({ meter }: { meter: Meter }) {
  const api = useOrganizationApi()
  const client = useQueryClient()
  const { id, timezone } = useOrganization()
  const zone = normalizeZone(timezone)
  const [uid, setUid] = useState<string>(() => crypto.randomUUID())
  const [account, setAccount] = useState<Account | null>(null)
  const [at, setAt] = useState<string>(() => nowIn(zone))
  const [values, setValues] = useState<Record<string, string>>({})
  const [wasSent, setWasSent] = useState(false)
  const [failure, setFailure] = useState<RequestFailure | null>(null)
  const [isSending, setSending] = useState(false)

  const missing = missingOf(meter, { code: account?.code ?? '', values })
  // What is still to be filled in is told once somebody tries to send it, then as it is typed.
  const problems: Problems = wasSent ? { ...refusedFields(meter, failure), ...missing } : {}

  async function send(event?: FormEvent) {
    event?.preventDefault()
    setWasSent(true)
    const [first] = Object.keys(missing)
    if (first !== undefined) {
      document.getElementById(inputId(first))?.focus()
      return
    }
    setSending(true)
    setFailure(null)
    try {
      await api.post('/measurements', {
        body: {
          measurements: [
            measurementOf(meter, { uid, code: account?.code ?? '', at, zone, values }),
          ],
        },
      })
      savedToast('Measurement accepted. It shows below as soon as it is counted.')
      setUid(crypto.randomUUID())
      setAt(nowIn(zone))
      setWasSent(false)
      await client.invalidateQueries({
        queryKey: keysOf(id, `/meters/${meter.id}/measurements`).all,
      })
    } catch (cause) {
      setFailure(toFailure(cause))
    } finally {
      setSending(false)
    }
  }

  return (
    <form onSubmit={(event) => void send(event)} className={classes.submit} noValidate>
      <TextInput
        id={inputId('uid')}
        label="UID"
        value={uid}
        error={problems['uid']}
        onChange={(event) => setUid(event.currentTarget.value)}
      />
      <AccountSelect
        id={inputId('account')}
        label="Account"
        required
        value={account}
        error={problems['account']}
        onChange={setAccount}
      />
      <DateTimePicker
        label="Timestamp"
        required
        value={at}
        onChange={(next) => setAt(next ?? nowIn(zone))}
        maxDate={nowIn(zone)}
        description={`On the clocks of the organization: ${timezone}`}
        valueFormat="D MMM YYYY HH:mm:ss"
        withSeconds
      />
      {meter.dataFields.map((field) => (
        <TextInput
          key={field.code}
          id={inputId(pathOf(field))}
          label={field.name}
          required
          error={problems[pathOf(field)]}
          inputMode={field.unit ? 'decimal' : 'text'}
          rightSection={
            field.unit ? <span className={classes.unit}>{unitWords(field.unit)}</span> : null
          }
          rightSectionWidth={unitWords(field.unit ?? '').length * 8 + 16}
          value={values[field.code] ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget
            setValues((before) => ({ ...before, [field.code]: value }))
          }}
        />
      ))}
      {failure && (
        <Alert color="oxblood" className={classes.wide ?? ''} {...wordsOf(meter, failure)} />
      )}
      <Group className={classes.wide ?? ''}>
        <ActButton right={submitRight} loading={isSending} type="submit">
          Send measurement
        </ActButton>
      </Group>
    </form>
  )
}

type Problems = Readonly<Record<string, string>>

const pathOf = ({ category, code }: DataField) => `${category.toLowerCase()}.${code}`
const inputId = (path: string) => `measurement-${path}`

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** By the input it is typed into, in the order of the form. */
function missingOf(meter: Meter, { code, values }: Pick<Typed, 'code' | 'values'>) {
  const found: Record<string, string> = {}
  if (code === '') found['account'] = 'Choose whose usage this is.'
  for (const field of meter.dataFields) {
    const text = (values[field.code] ?? '').trim()
    if (text === '') found[pathOf(field)] = 'Write a value: a measurement has all data fields.'
    else if (isNumeric(field) && !NUMBER.test(text))
      found[pathOf(field)] = 'Write a number, such as 12.5.'
  }
  return found
}

/** What the server found, on the inputs it is about. */
function refusedFields(meter: Meter, failure: RequestFailure | null): Problems {
  const problems = (failure?.errors ?? []).flatMap(({ field = '', message }) => {
    const path = field.replace(/^measurements\[0\]\./, '')
    const known = ['uid', 'account', ...meter.dataFields.map(pathOf)].includes(path)
    return known ? [[path, message]] : []
  })
  return Object.fromEntries(problems)
}

/** What stands beside an input already is not said again in the words of the API. */
function wordsOf(meter: Meter, failure: RequestFailure) {
  const isAllPlaced =
    failure.errors.length > 0 &&
    failure.errors.length === Object.keys(refusedFields(meter, failure)).length
  if (isAllPlaced) return { title: 'Nothing was sent: mend what is marked above, then send again.' }
  const messages = failure.errors
    .map(({ message }) => message)
    .filter((each) => !failure.message.endsWith(each))
  return { title: failure.message, children: messages.join(' ') }
}

type Typed = {
  uid: string
  code: string
  at: string
  zone: string
  values: Record<string, string>
}

function measurementOf(meter: Meter, typed: Typed): Record<string, unknown> {
  const groups: Record<string, Record<string, unknown>> = {}
  for (const field of meter.dataFields) {
    const text = typed.values[field.code] ?? ''
    const group = field.category.toLowerCase()
    // Numbers go as they were typed: a double would lose digits of long ones.
    groups[group] = { ...groups[group], [field.code]: text }
  }
  return {
    uid: typed.uid,
    meter: meter.code,
    account: typed.code,
    ts: formatInstant(instantOf(typed)),
    ...groups,
  }
}

function instantOf({ at, zone }: Typed): number {
  return Temporal.PlainDateTime.from(at.replace(' ', 'T')).toZonedDateTime(zone).epochMilliseconds
}

/** A second ago on the organization's clocks, as the picker has it. */
function nowIn(zone: string): string {
  const now = Temporal.Now.zonedDateTimeISO(zone).subtract({ seconds: 1 })
  return now.toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ')
}
