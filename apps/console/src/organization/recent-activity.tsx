/** What a person or a program did lately, as the events tell it (console 4.3). */
import type { Event } from '@countinghouse/contract/metering/ingest-event.ts'
import { IconHistory } from '@tabler/icons-react'
import { Moment } from '../kit/format/moment.tsx'
import { AppLink } from '../kit/link.tsx'
import { ListTable } from '../kit/list/list-table.tsx'
import { useCan } from '../kit/organization.ts'
import { Panel } from '../kit/page/page.tsx'
import { usePages } from '../kit/query/resource.ts'
import { type Deed, deedsOf } from './deeds.ts'

const PAGE_SIZE = 100

export function RecentActivity({ by, name }: { by: string; name: string }) {
  const maySee = useCan('config:retrieve', 'config:event')
  const query = { createdBy: by, includeActioned: 'true', pageSize: PAGE_SIZE }
  const events = usePages<Event>('/events', query, { enabled: maySee })
  return (
    <Panel
      title="Recent activity"
      help="What was made, changed or deleted in the last 28 days. Looking at things leaves no trace here, neither do users, keys and policies."
      flush
    >
      {maySee ? (
        <ListTable
          label="Recent activity"
          small
          source={{ ...events, rows: deedsOf(events.rows) }}
          columns={[
            { key: 'what', title: 'What', render: (deed) => <What deed={deed} /> },
            {
              key: 'when',
              title: 'When',
              width: 170,
              render: (deed) => <Moment at={deed.at} />,
              fact: true,
            },
          ]}
          empty={{
            icon: IconHistory,
            title: 'Nothing in the last 28 days',
            text: `No event of that time names ${name}. Older ones are not kept.`,
          }}
        />
      ) : (
        <p>
          It is told by events, which you may not read. An administrator can allow you to retrieve
          events.
        </p>
      )}
    </Panel>
  )
}

function What({ deed }: { deed: Deed }) {
  const { text, name, path } = deed
  return (
    <>
      {text} {path ? <AppLink to={path}>{name}</AppLink> : name && <b>{name}</b>}
    </>
  )
}
