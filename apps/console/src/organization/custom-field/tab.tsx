import type { CustomFieldDefaults } from '@countinghouse/contract/organization/custom-fields.ts'
import { EditButton } from '../../kit/detail/detail-page.tsx'
import { Copyable } from '../../kit/format/state.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { PlaceContext } from '../../kit/page/place.ts'
import { Await } from '../../kit/page/states.tsx'
import { useAnswer } from '../../kit/query/resource.ts'
import classes from './custom-field.module.css'
import { kinds } from './kinds.ts'

/** Stands below the head and the tabs of the page. */
export function CustomFieldsTab() {
  const fields = useAnswer<CustomFieldDefaults>('/customfields')
  return (
    <PlaceContext value="part">
      <div className={classes.head}>
        <p>
          Your own fields for each kind of entity, with the value that holds where an entity sets
          none. Calculations may use the names that stand here.
        </p>
        <EditButton
          to="/settings/organization/custom-fields/edit"
          permission="config:customField"
        />
      </div>
      <Await query={fields}>
        {(row) => (
          <div className={classes.grid}>
            {kinds.map(({ key, title }) => {
              const entries = Object.entries(row[key] ?? {})
              return (
                <Panel key={key} title={title} count={entries.length} flush>
                  {entries.length === 0 && <p className={classes.none}>No fields.</p>}
                  {entries.map(([name, value]) => (
                    <div key={name} className={classes.row}>
                      <span>{name}</span>
                      <small>{typeof value === 'number' ? 'Number' : 'Text'}</small>
                      <Copyable text={String(value)} />
                    </div>
                  ))}
                </Panel>
              )
            })}
          </div>
        )}
      </Await>
    </PlaceContext>
  )
}
