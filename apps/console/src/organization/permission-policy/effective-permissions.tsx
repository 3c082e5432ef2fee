/** What somebody may do here in the end, and which policy says so (console 4.3). */
import type {
  PermissionPolicy,
  PermissionStatement,
} from '@countinghouse/contract/organization/permission-policy.ts'
import { IconCheck, IconCircleHalf2, IconMinus, IconX } from '@tabler/icons-react'
import { Panel } from '../../kit/page/page.tsx'
import { Failure, Lines } from '../../kit/page/states.tsx'
import { usePages } from '../../kit/query/resource.ts'
import { type Act, acts, alikeOf, everythingFrom, type Held, type Standing } from './effective.ts'
import { type Holder, pathOfHeld } from './held-policies.tsx'
import classes from './permission-policy.module.css'

type EffectivePermissionsProps = {
  holder: Holder
  /** Statements given to the holder directly. */
  own?: PermissionStatement[]
  /** Why nothing of it counts at present. */
  suspended?: string | false
}

export function EffectivePermissions({ holder, own = [], suspended }: EffectivePermissionsProps) {
  const policies = usePages<PermissionPolicy>(pathOfHeld(holder), { pageSize: 100 })
  const held = [
    ...policies.rows.flatMap((policy) =>
      policy.permissionPolicy.map((each) => ({ ...each, from: policy.name })),
    ),
    ...own.map((each) => ({ ...each, from: 'a statement of their own' })),
  ].map((each) => ({ ...each, effect: each.effect.toLowerCase() }))
  return (
    <Panel
      title="Effective permissions"
      help="What all policies come to together. A deny wins over every allow, wherever it comes from."
      flush
    >
      {suspended && <p className={classes.suspended}>{suspended}</p>}
      {policies.isLoading && <Lines count={6} />}
      {policies.error && <Failure error={policies.error} retry={policies.reload} />}
      {!policies.isLoading && !policies.error && <Told name={holder.name} held={held} />}
    </Panel>
  )
}

function Told({ name, held }: { name: string; held: Held[] }) {
  const everything = everythingFrom(held)
  if (everything.length > 0) {
    return (
      <p className={classes.told}>
        {name} may do <b>everything</b> in this organization: {listed(everything)}{' '}
        {everything.length === 1 ? 'allows' : 'allow'} it, and nothing is denied.
      </p>
    )
  }
  if (held.length === 0) {
    return (
      <p className={classes.told}>
        {name} may do <b>nothing</b> here: no policy says otherwise.
      </p>
    )
  }
  return <Table held={held} />
}

function Table({ held }: { held: Held[] }) {
  return (
    <table className={classes.effective}>
      <thead>
        <tr>
          <th scope="col">On</th>
          {acts.map((act) => (
            <th key={act} scope="col">
              {words[act]}
            </th>
          ))}
          <th scope="col">Because of</th>
        </tr>
      </thead>
      <tbody>
        {alikeOf(held).map(({ titles, standings }) => (
          <tr key={titles[0]}>
            <th scope="row">{listed(titles)}</th>
            {acts.map((act) => {
              const standing = standings[act]
              return <td key={act}>{standing && <Mark {...standing} />}</td>
            })}
            <td>{listed([...new Set(acts.flatMap((act) => standings[act]?.from ?? []))])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const words: Record<Act, string> = {
  see: 'See',
  create: 'Create',
  change: 'Change',
  delete: 'Delete',
}

const marks = {
  allowed: { icon: IconCheck, text: 'Allowed' },
  partly: { icon: IconCircleHalf2, text: 'In part: single items only, or all but some' },
  denied: { icon: IconX, text: 'Denied' },
  closed: { icon: IconMinus, text: 'Not allowed' },
}

function Mark({ is, from }: Standing) {
  const { icon: Icon, text } = marks[is]
  const label = from.length > 0 ? `${text}, by ${listed(from)}` : text
  return (
    <span className={classes.mark} data-is={is} role="img" aria-label={label} data-tip={label}>
      <Icon size={15} stroke={is === 'closed' ? 1.4 : 2} />
    </span>
  )
}

function listed(names: string[]): string {
  return new Intl.ListFormat('en-GB').format(names)
}
