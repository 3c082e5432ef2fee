import type { CustomFieldDefaults } from '@countinghouse/contract/organization/custom-fields.ts'
import { IconForms } from '@tabler/icons-react'
import { EditButton } from '../../kit/detail/detail-page.tsx'
import { Copyable } from '../../kit/format/state.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { PlaceContext } from '../../kit/page/place.ts'
import { Await, EmptyLesson } from '../../kit/page/states.tsx'
import { useAnswer } from '../../kit/query/resource.ts'
import { TabHead } from '../../kit/tabs/tab-head.tsx'
import classes from './custom-field.module.css'
import { kinds } from './kinds.ts'

type Kind = (typeof kinds)[number]

/** Stands below the head and the tabs of the page. */
export function CustomFieldsTab() {
  const fields = useAnswer<CustomFieldDefaults>('/customfields')
  return (
    <PlaceContext value="part">
      <TabHead text="Your own fields for each kind of entity, with the value that holds where an entity sets none. Calculations may use the names that stand here.">
        <EditButton
          to="/settings/organization/custom-fields/edit"
          permission="config:customField"
        />
      </TabHead>
      <Await query={fields}>
        {(row) => {
          const hasFields = ({ key }: Kind) => Object.keys(row[key] ?? {}).length > 0
          const used = kinds.filter(hasFields)
          const unused = kinds.filter((kind) => !hasFields(kind))
          return (
            <>
              {used.length === 0 && (
                <EmptyLesson
                  icon={IconForms}
                  title="No custom fields yet"
                  text="A contract number on every account, a free allowance on every plan: name it here once, and each of them can have its own value. Calculations can read them."
                  docs="guides/concepts#from-use-to-a-number"
                />
              )}
              <div className={classes.grid}>
                {used.map(({ key, title }) => (
                  <KindPanel key={key} title={title} fields={row[key] ?? {}} />
                ))}
              </div>
              {used.length > 0 && unused.length > 0 && (
                <p className={classes.none}>
                  No fields for {unused.map(({ title }) => title.toLowerCase()).join(', ')}.
                </p>
              )}
            </>
          )
        }}
      </Await>
    </PlaceContext>
  )
}

function KindPanel({ title, fields }: { title: string; fields: Record<string, unknown> }) {
  const entries = Object.entries(fields)
  return (
    <Panel title={title} count={entries.length} flush>
      {entries.map(([name, value]) => (
        <div key={name} className={classes.row}>
          <span>{name}</span>
          <small>{typeof value === 'number' ? 'Number' : 'Text'}</small>
          <Copyable text={String(value)} />
        </div>
      ))}
    </Panel>
  )
}
