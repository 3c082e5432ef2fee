/**
 * Custom fields of an entity beside those the organization sets for its kind: where both have a
 * name, the organization's value is struck through (console 3.2). Last panel of a details page.
 *
 *     <CustomFieldsPanel fields={meter.customFields} kind="meter" />
 */
import type { Numeric } from '../api/exact-json.ts'
import { Copyable } from '../format/state.tsx'
import { Panel } from '../page/page.tsx'
import { useOrganizationFields } from '../query/custom-fields.ts'
import classes from './detail.module.css'

type Props = { fields: Record<string, Numeric> | undefined; kind: string }

export function CustomFieldsPanel({ fields = {}, kind }: Props) {
  const inherited = useOrganizationFields(kind)
  const names = [...new Set([...Object.keys(fields), ...Object.keys(inherited)])].sort()
  if (names.length === 0) return null
  return (
    <Panel title="Custom fields" flush>
      <table className={classes.metadata}>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                {name in inherited && name in fields && <s>{String(inherited[name])}</s>}
                <Copyable text={String(fields[name] ?? inherited[name])} label={`Copy ${name}`} />
                {!(name in fields) && (
                  <span className={classes.inherited}>from the organization</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
