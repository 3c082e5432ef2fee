/**
 * A list inside a form: rows that can be added, removed and moved.
 *
 *     <Rows name="dataFields" add="Add data field" max={15} empty={{ code: '' }} fields={['category', 'code']} columns="1fr 1fr">
 *       {(at, index) => <><Field name={`${at}.category`} hideLabel /><Field name={`${at}.code`} hideLabel /></>}
 *     </Rows>
 */
import { ActionIcon, Button, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { schemaAt } from '../api/exact-json.ts'
import { words } from '../format/state.tsx'
import { FieldLabel } from './field-label.tsx'
import type { SchemaFacts } from './field-props.tsx'
import classes from './form.module.css'
import { useForm } from './form-context.ts'

type RowsProps = {
  name: string
  add: string
  empty: unknown
  max?: number
  min?: number
  /** The fields of a row: their titles stand above the columns, with what they mean. */
  fields?: string[]
  /** Grid columns of a row, without the remove button. */
  columns?: string
  children: (at: string, index: number) => ReactNode
}

export function Rows({
  name,
  add,
  empty,
  max = 100,
  min = 0,
  fields,
  columns = '1fr',
  children,
}: RowsProps) {
  const form = useForm()
  const rows = (form.get(name) as unknown[] | undefined) ?? []
  const grid = { gridTemplateColumns: `${columns} 28px` }
  return (
    <div className={classes.wide} id={`field-${name}`}>
      {fields && rows.length > 0 && (
        <div className={classes.rowHeads} style={grid}>
          {fields.map((field) => {
            const schema = schemaAt(form.schema, `${name}.0.${field}`) as SchemaFacts | undefined
            return (
              <span key={field}>
                <FieldLabel title={schema?.title ?? words(field)} help={schema?.description} />
              </span>
            )
          })}
        </div>
      )}
      {rows.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <div key={index} className={classes.row} style={grid}>
          {children(`${name}.${index}`, index)}
          <ActionIcon
            className={classes.rowRemove ?? ''}
            aria-label={`Remove row ${index + 1}`}
            disabled={rows.length <= min}
            onClick={() => form.set(name, rows.toSpliced(index, 1))}
          >
            <IconTrash size={15} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      {form.problems[name] && (
        <Text size="xs" c="var(--bad)" my={4}>
          {form.problems[name]}
        </Text>
      )}
      {rows.length < max && (
        <Button
          size="xs"
          variant="subtle"
          px={6}
          leftSection={<IconPlus size={14} />}
          onClick={() => form.set(name, [...rows, structuredClone(empty)])}
        >
          {add}
        </Button>
      )}
    </div>
  )
}
