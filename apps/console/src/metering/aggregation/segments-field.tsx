/** The segmented fields, and a table of the combinations that have a price of their own. */

import type { DataField } from '@countinghouse/contract/metering/meter.ts'
import { ActionIcon, Button, MultiSelect, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useFieldProps } from '../../kit/form/field-props.tsx'
import { useForm } from '../../kit/form/form-context.ts'
import classes from './aggregation.module.css'

type Segment = Record<string, string>

const segmentable = ['WHO', 'WHAT', 'WHERE', 'OTHER']

export function SegmentsField({ fields }: { fields: DataField[] }) {
  const form = useForm()
  const shared = useFieldProps({ name: 'segmentedFields', wide: true })
  const chosen = (form.get('segmentedFields') as string[] | undefined) ?? []
  const segments = (form.get('segments') as Segment[] | undefined) ?? []
  const offered = fields.filter((field) => segmentable.includes(field.category))

  function choose(codes: string[]) {
    form.set('segmentedFields', codes.length > 0 ? codes : undefined)
    const kept = segments.map((segment) =>
      Object.fromEntries(codes.map((code) => [code, segment[code] ?? '*'])),
    )
    form.set(
      'segments',
      codes.length === 0 ? undefined : kept.length > 0 ? kept : [everything(codes)],
    )
  }

  const set = (next: Segment[]) => form.set('segments', next)
  return (
    <div className={classes.segments}>
      <MultiSelect
        {...shared}
        data={offered.map((field) => ({ value: field.code, label: field.name }))}
        value={chosen}
        onChange={choose}
        maxValues={5}
        placeholder={chosen.length === 0 ? 'Not split' : ''}
        nothingFoundMessage="The meter has no text field to split by"
      />
      {chosen.length > 0 && (
        <table className={classes.table} id="field-segments">
          <thead>
            <tr>
              {chosen.map((code) => (
                <th key={code} scope="col">
                  {fields.find((field) => field.code === code)?.name ?? code}
                </th>
              ))}
              <th aria-label="Remove" />
            </tr>
          </thead>
          <tbody>
            {segments.map((segment, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a segment is its place until it is saved
              <tr key={row}>
                {chosen.map((code) => (
                  <td key={code}>
                    <TextInput
                      aria-label={`${code} of segment ${row + 1}`}
                      value={segment[code] ?? ''}
                      onChange={(event) =>
                        set(segments.with(row, { ...segment, [code]: event.currentTarget.value }))
                      }
                    />
                  </td>
                ))}
                <td>
                  <ActionIcon
                    aria-label={`Remove segment ${row + 1}`}
                    onClick={() => set(segments.toSpliced(row, 1))}
                  >
                    <IconTrash size={15} />
                  </ActionIcon>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {form.problems['segments'] && <p className={classes.problem}>{form.problems['segments']}</p>}
      {chosen.length > 0 && (
        <>
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            onClick={() => set([...segments, everything(chosen)])}
          >
            Add segment
          </Button>
          <p className={classes.hint}>
            A * takes every value that no other segment names. Usage that fits no segment is not
            charged.
          </p>
        </>
      )}
    </div>
  )
}

function everything(codes: readonly string[]): Segment {
  return Object.fromEntries(codes.map((code) => [code, '*']))
}
