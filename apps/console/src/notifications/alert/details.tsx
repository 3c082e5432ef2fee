import { SegmentedControl } from '@mantine/core'
import { CodeBlock } from '../../kit/code-block.tsx'
import { Who } from '../../kit/detail/audit.tsx'
import { Moment } from '../../kit/format/moment.tsx'
import { words } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import { useCan } from '../../kit/organization.ts'
import { type Fact, Facts } from '../../kit/page/page.tsx'
import { type Alert, type AlertStatus, alertRight } from './alert.ts'
import classes from './details.module.css'
import { AlertNote } from './note.tsx'

type Props = { alert: Alert; setStatus: (status: AlertStatus) => Promise<void> }

export function AlertDetails({ alert, setStatus }: Props) {
  const more = moreOf(alert)
  const may = useCan(alertRight.action, alertRight.resource)
  return (
    <div className={classes.details}>
      <div>
        <p className={classes.description}>{alert.description}</p>
        {Object.keys(more).length > 0 && (
          <CodeBlock code={JSON.stringify(more, null, 2)} language="json" maxHeight={260} />
        )}
      </div>
      <div>
        <SegmentedControl
          aria-label="Status"
          disabled={!may}
          value={alert.status}
          onChange={(value) => void setStatus(value as AlertStatus)}
          data={(['NEW', 'IN_PROGRESS', 'RESOLVED'] as const).map((value) => ({
            value,
            label: words(value),
          }))}
          mb="xs"
        />
        <Facts facts={factsOf(alert)} />
        <AlertNote alert={alert} />
      </div>
    </div>
  )
}

/** What it carries that its description does not say already. */
function moreOf({ description, payload = {} }: Alert): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(payload).filter(
      ([, value]) => typeof value !== 'string' || !description.includes(value),
    ),
  )
}

function factsOf(alert: Alert): Fact[] {
  const path = pathOf(alert)
  return [
    {
      label: 'Happened',
      value: alert.count && alert.count > 1 ? `${alert.count} times within the hour` : 'once',
    },
    path
      ? { label: 'About', value: <AppLink to={path}>{words(alert.entityType ?? '')}</AppLink> }
      : null,
    { label: 'Created', value: <Moment at={alert.dtCreated} alwaysExact /> },
    alert.lastModifiedBy
      ? { label: 'Last changed by', value: <Who id={alert.lastModifiedBy} /> }
      : null,
  ]
}

const folders: Record<string, string> = {
  account: '/accounts',
  meter: '/metering/meters',
  plan: '/pricing/plans',
  bill: '/billing/bills',
  billjob: '/billing/jobs',
}

function pathOf({ entityType, entityId }: Alert): string | null {
  const folder = folders[(entityType ?? '').toLowerCase().replaceAll(/[^a-z]/g, '')]
  return folder && entityId ? `${folder}/${entityId}` : null
}
