/** An alert about an account: raised by the system, then looked after by people. */
import type { Alert } from '@countinghouse/contract/notifications/alert.ts'
import { words } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import type { Happening, Story } from './happening.ts'

export const alertEntity = 'configuration.alert'

export function alertStory({ verb, about, before, now }: Happening, isGone: boolean): Story {
  // Alerts tell of themselves as the API answers them.
  const alert = now as Alert
  const name = isGone ? (
    'Alert'
  ) : (
    <AppLink to={`/alerts?status=NEW,IN_PROGRESS,RESOLVED&open=${about}`}>Alert</AppLink>
  )
  return {
    text: (
      <>
        {name} {actOf(verb, alert, before as Alert | undefined)}
      </>
    ),
    detail: alert.description,
  }
}

function actOf(verb: string, now: Alert, before: Alert | undefined): string {
  if (verb === 'created') return 'raised'
  if (!before) return verb
  if (now.status !== before.status) return `set to ${words(now.status).toLowerCase()}`
  return now.note === before.note ? 'changed' : 'noted on'
}
