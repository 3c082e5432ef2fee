/**
 * Who created and who last changed an entity, with links to them (console R62 to R65).
 *
 *     <Audit entity={meter} />          at the end of the aside of every details page
 *     <Who id={bill.approvedBy} />      a name alone
 */

import { Absent } from '../format/amount.tsx'
import { Moment } from '../format/moment.tsx'
import { Code } from '../format/state.tsx'
import { AppLink } from '../link.tsx'
import { Facts, Panel } from '../page/page.tsx'
import { type Principal, usePrincipals } from '../query/principals.ts'
import type { Entity } from '../query/resource.ts'
import classes from './detail.module.css'

type Audited = Pick<Entity, 'dtCreated' | 'dtLastModified' | 'createdBy' | 'lastModifiedBy'>

export function Audit({ entity }: { entity: Audited }) {
  const principals = usePrincipals([entity.createdBy, entity.lastModifiedBy])
  return (
    <Panel title="History" flush>
      <Facts
        facts={[
          {
            label: 'Created',
            value: <Act at={entity.dtCreated} by={entity.createdBy} principals={principals} />,
          },
          {
            label: 'Last modified',
            value: (
              <Act at={entity.dtLastModified} by={entity.lastModifiedBy} principals={principals} />
            ),
          },
        ]}
      />
    </Panel>
  )
}

type ActProps = {
  at: string | undefined
  by: string | undefined
  principals: ReadonlyMap<string, Principal>
}

function Act({ at, by, principals }: ActProps) {
  return (
    <span className={classes.act}>
      <Moment at={at} />
      <span>
        by <Name id={by} principals={principals} />
      </span>
    </span>
  )
}

export function Who({ id }: { id: string | undefined }) {
  const principals = usePrincipals([id])
  return id ? <Name id={id} principals={principals} /> : <Absent />
}

/** Nobody is named where the system itself acted; an unknown id stays an id. */
function Name({
  id,
  principals,
}: {
  id: string | undefined
  principals: ReadonlyMap<string, Principal>
}) {
  if (!id || id.toLowerCase() === 'system') return 'System'
  const principal = principals.get(id)
  if (!principal) return <Code>{id.slice(0, 8)}</Code>
  if (principal.kind === 'SYSTEM') return principal.name
  const folder = principal.kind === 'USER' ? 'users' : 'service-users'
  return <AppLink to={`/settings/access/${folder}/${id}`}>{principal.name}</AppLink>
}
