/** An event of an account as its activity tells it. */
import type { Event } from '@countinghouse/contract/metering/ingest-event.ts'
import type { ReactNode } from 'react'

type Values = Readonly<Record<string, unknown>>

export type Happening = {
  /** Of the event. */
  id: string
  at: string
  /** Who did it; nobody refuses a measurement. */
  by: string | undefined
  /** `configuration.accountplan`, and what became of it: `created`. */
  entity: string
  verb: string
  /** Id of the thing. */
  about: string
  before: Values | undefined
  /** As it is afterwards, or as it was when it went. */
  now: Values
}

/** In words; `detail` stands below, quieter: what of it, from when, how much. */
export type Story = { text: ReactNode; detail?: ReactNode }

type Told = { eventData?: { oldDto?: Values; newDto?: Values } }

export function happeningOf({ id, eventName, eventTime, createdBy, m3terEvent }: Event): Happening {
  const { oldDto, newDto } = ((m3terEvent ?? {}) as Told).eventData ?? {}
  const now = newDto ?? oldDto ?? {}
  const end = eventName.lastIndexOf('.')
  return {
    id,
    at: eventTime,
    by: createdBy,
    entity: eventName.slice(0, end),
    verb: eventName.slice(end + 1),
    about: String(now['id']),
    before: newDto && oldDto,
    now,
  }
}
