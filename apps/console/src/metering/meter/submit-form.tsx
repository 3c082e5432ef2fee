/** One test measurement by hand: uid filled in, time now and changeable, one input per data field. */

import type { Account } from '@countinghouse/contract/accounts/account.ts'
import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import { normalizeZone } from '@countinghouse/engine/time/zone.ts'
import { Alert, Button, Group, TextInput } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type RequestFailure, toFailure } from '../../kit/api/request-failure.ts'
import { AccountSelect } from '../../kit/form/account-select.tsx'
import { unitWords } from '../../kit/format/digits.ts'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { keysOf } from '../../kit/query/resource.ts'
import { savedToast } from '../../kit/toast.tsx'
import classes from './meter.module.css'

export function SubmitForm({ meter }: { meter: Meter }) {
  const api = useOrganizationApi()
  const client = useQueryClient()
  const { id, timezone } = useOrganization()
  const zone = normalizeZone(timezone)
  const [uid, setUid] = useState<string>(() => crypto.randomUUID())
  const [account, setAccount] = useState<Account | null>(null)
  const [at, setAt] = useState<string>(() => nowIn(zone))
  const [values, setValues] = useState<Record<string, string>>({})
  const [failure, setFailure] = useState<RequestFailure | null>(null)
  const [isSending, setSending] = useState(false)

  async function send(event: FormEvent) {
    event.preventDefault()
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
    <form onSubmit={(event) => void send(event)} className={classes.submit}>
      <TextInput label="UID" value={uid} onChange={(event) => setUid(event.currentTarget.value)} />
      <AccountSelect label="Account" required value={account} onChange={setAccount} />
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
          label={field.name}
          required
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
        <Alert color="oxblood" title={failure.message} className={classes.wide ?? ''}>
          {failure.errors.map((problem) => problem.message).join(' ')}
        </Alert>
      )}
      <Group className={classes.wide ?? ''}>
        <Button type="submit" loading={isSending} disabled={!account}>
          Send measurement
        </Button>
      </Group>
    </form>
  )
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
