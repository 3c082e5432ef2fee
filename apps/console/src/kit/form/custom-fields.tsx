/**
 * Custom fields of an entity as rows of name, type and value; names that the organization defines
 * for this kind are offered. `<CustomFieldsSection kind="meter" />` at the end of a form.
 */
import { ActionIcon, Autocomplete, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Numeric } from '../api/exact-json.ts'
import { useCustomFieldNames } from '../query/custom-fields.ts'
import classes from './form.module.css'
import { useForm } from './form-context.ts'
import { FormSection } from './form-page.tsx'

type FieldRow = { name: string; type: 'text' | 'number'; value: string }

const MOST = 100

const phoneLabel = { className: classes.rowLabel ?? '' }

export function CustomFieldsSection({
  kind,
  name = 'customFields',
}: {
  kind: string
  name?: string
}) {
  return (
    <FormSection
      title="Custom fields"
      text="Your own names and values. Calculations may read them."
    >
      <CustomFieldsEditor kind={kind} name={name} />
    </FormSection>
  )
}

export function CustomFieldsEditor({
  kind,
  name = 'customFields',
}: {
  kind?: string
  name?: string
}) {
  const form = useForm()
  const [rows, setRows] = useState<FieldRow[]>(() => toRows(form.get(name)))
  const known = useCustomFieldNames(kind)

  function change(next: FieldRow[]) {
    setRows(next)
    form.set(name, toRecord(next))
  }
  const edit = (index: number, part: Partial<FieldRow>) =>
    change(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))
  const grid = { gridTemplateColumns: 'minmax(0, 1.2fr) 104px minmax(0, 1.6fr) 28px' }

  return (
    <div className={classes.wide} id={`field-${name}`}>
      {rows.length > 0 && (
        <div className={classes.rowHeads} style={grid}>
          <span>Name</span>
          <span>Type</span>
          <span>Value</span>
        </div>
      )}
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <div key={index} className={classes.row} style={grid}>
          <Autocomplete
            aria-label="Name"
            label="Name"
            labelProps={phoneLabel}
            data={known}
            value={row.name}
            onChange={(value) => edit(index, { name: value })}
            error={isDouble(rows, row) && 'Twice'}
          />
          <Select
            aria-label="Type"
            label="Type"
            labelProps={phoneLabel}
            data={[
              { value: 'text', label: 'Text' },
              { value: 'number', label: 'Number' },
            ]}
            value={row.type}
            onChange={(type) => edit(index, { type: type === 'number' ? 'number' : 'text' })}
          />
          <TextInput
            aria-label="Value"
            label="Value"
            labelProps={phoneLabel}
            value={row.value}
            error={
              row.type === 'number' &&
              row.value !== '' &&
              Number.isNaN(Number(row.value)) &&
              'Write a number'
            }
            onChange={(event) => edit(index, { value: event.currentTarget.value })}
          />
          <ActionIcon
            className={classes.rowRemove ?? ''}
            aria-label={`Remove ${row.name || 'row'}`}
            onClick={() => change(rows.toSpliced(index, 1))}
          >
            <IconTrash size={15} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      {rows.length < MOST && (
        <Button
          size="xs"
          variant="subtle"
          px={6}
          leftSection={<IconPlus size={14} />}
          onClick={() => setRows([...rows, { name: '', type: 'text', value: '' }])}
        >
          Add custom field
        </Button>
      )}
    </div>
  )
}

function isDouble(rows: FieldRow[], row: FieldRow): boolean {
  return row.name !== '' && rows.filter((each) => each.name === row.name).length > 1
}

function toRows(value: unknown): FieldRow[] {
  return Object.entries((value ?? {}) as Record<string, Numeric>).map(([name, each]) => ({
    name,
    type: typeof each === 'number' ? 'number' : 'text',
    value: String(each),
  }))
}

function toRecord(rows: FieldRow[]): Record<string, Numeric> {
  const named = rows.filter((row) => row.name !== '' && row.value !== '')
  return Object.fromEntries(
    named.map((row) => [
      row.name,
      row.type === 'number' && !Number.isNaN(Number(row.value)) ? Number(row.value) : row.value,
    ]),
  )
}
