/** Fields with what they were and what they are, one a line. */
import { Fragment } from 'react'
import type { TSchema } from 'typebox'
import { Absent } from '../../kit/format/amount.tsx'
import { grouped } from '../../kit/format/digits.ts'
import { DayText } from '../../kit/format/moment.tsx'
import { Code, words } from '../../kit/format/state.tsx'
import classes from './activity.module.css'
import type { Change } from './changes.ts'

export function ChangeList({ changes }: { changes: Change[] }) {
  if (changes.length === 0) return 'Saved without a change.'
  return (
    <dl className={classes.changes}>
      {changes.map(({ label, schema, before, after }) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd>
            {before !== undefined && (
              <>
                <s>
                  <Value schema={schema} value={before} />
                </s>{' '}
                →{' '}
              </>
            )}
            {after === undefined ? (
              <Absent>nothing</Absent>
            ) : (
              <Value schema={schema} value={after} />
            )}
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}

type Described = TSchema & { format?: string; enum?: unknown[] }

function Value({ schema, value }: { schema: TSchema; value: unknown }) {
  const { format, enum: choices } = schema as Described
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return grouped(value)
  if (typeof value !== 'string') return <Code>{JSON.stringify(value)}</Code>
  if (format === 'date' || format === 'date-time') return <DayText day={value} />
  if (format === 'uuid') return <Code>{value.slice(0, 8)}</Code>
  return choices ? words(value) : value
}
