/** Events as deeds of whoever did them: `Changed meter Storage`, `Made 40 bills`. */
import type { Event } from '@countinghouse/contract/metering/ingest-event.ts'
import { counted } from '../kit/format/digits.ts'

export type Deed = {
  id: string
  at: string
  text: string
  /** Of the one thing it was about, and where that is, unless it is gone. */
  name: string
  path: string | null
}

type Thing = Partial<
  Record<'id' | 'name' | 'code' | 'accountCode' | 'planId' | 'accountId', string>
>
type Kind = {
  one: string
  many?: string
  /** Details page; none where there is no such page. */
  path?: (thing: Thing) => string | undefined
}

const below = (folder: string) => (thing: Thing) => thing.id && `${folder}/${thing.id}`

const kinds: Record<string, Kind> = {
  'billing.bill': { one: 'bill', path: below('/billing/bills') },
  'billing.billconfig': { one: 'the date up to which bills are locked' },
  'billing.billjob': { one: 'bill run', path: below('/billing/jobs') },
  'configuration.account': { one: 'account', path: below('/accounts') },
  'configuration.accountplan': {
    one: 'attached plan',
    path: ({ accountId }) => accountId && `/accounts/${accountId}/plans`,
  },
  'configuration.aggregation': { one: 'aggregation', path: below('/metering/aggregations') },
  'configuration.alert': { one: 'alert' },
  'configuration.compoundaggregation': {
    one: 'compound aggregation',
    path: below('/metering/compound-aggregations'),
  },
  'configuration.creditreason': { one: 'credit reason' },
  'configuration.customfield': { one: 'custom fields', many: 'custom fields' },
  'configuration.meter': { one: 'meter', path: below('/metering/meters') },
  'configuration.metergroup': { one: 'meter group' },
  'configuration.organization': { one: 'the organization' },
  'configuration.organizationconfig': { one: 'the organization settings' },
  'configuration.plan': { one: 'plan', path: below('/pricing/plans') },
  'configuration.plantemplate': { one: 'plan template', path: below('/pricing/plan-templates') },
  'configuration.pricing': { one: 'price', path: below('/pricing/pricings') },
  'configuration.product': { one: 'product', path: below('/products') },
  'configuration.transactiontype': { one: 'transaction type' },
}

const verbs: Record<string, string> = {
  created: 'Made',
  updated: 'Changed',
  deleted: 'Deleted',
}

/** Newest first; the same done many times in a row, as a bill run does, is told once. */
export function deedsOf(events: Event[]): Deed[] {
  const runs: Event[][] = []
  for (const event of events) {
    const last = runs.at(-1)
    if (last?.[0]?.eventName === event.eventName) last.push(event)
    else runs.push([event])
  }
  const gone = new Set(
    events
      .filter(({ eventName }) => eventName.endsWith('.deleted'))
      .map((event) => thingOf(event).id),
  )
  return runs.flatMap((run) => toDeeds(run, gone))
}

const TOLD_EACH = 3

function toDeeds(run: Event[], gone: ReadonlySet<string | undefined>): Deed[] {
  const [newest] = run
  if (!newest) return []
  const end = newest.eventName.lastIndexOf('.')
  const entity = newest.eventName.slice(0, end)
  const verb = newest.eventName.slice(end + 1)
  const kind = kinds[entity] ?? { one: entity.split('.').at(-1) ?? entity }
  const done = verbs[verb] ?? verb
  if (run.length > TOLD_EACH) {
    const text = `${done} ${counted(run.length, kind.one, kind.many)}`
    return [{ id: newest.id, at: newest.eventTime, text, name: '', path: null }]
  }
  return run.map((event) => {
    const thing = thingOf(event)
    return {
      id: event.id,
      at: event.eventTime,
      text: `${done} ${kind.one}`,
      name: thing.name ?? thing.code ?? thing.accountCode ?? (kind.path ? shortId(thing) : ''),
      path: gone.has(thing.id) ? null : (kind.path?.(thing) ?? null),
    }
  })
}

function shortId({ id = '' }: Thing): string {
  return id.slice(0, 8)
}

function thingOf({ m3terEvent }: Event): Thing {
  const { eventData } = (m3terEvent ?? {}) as { eventData?: { newDto?: Thing; oldDto?: Thing } }
  return eventData?.newDto ?? eventData?.oldDto ?? {}
}
