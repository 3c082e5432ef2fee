/** The group of a meter: one that is there, or a new one by the name that was typed. */
import { type MeterGroup, meterGroup } from '@countinghouse/contract/metering/meter-group.ts'
import { Select } from '@mantine/core'
import { useState } from 'react'
import { useFieldProps } from '../../kit/form/field-props.tsx'
import { useForm } from '../../kit/form/form-context.ts'
import { useCan } from '../../kit/organization.ts'
import { useEvery } from '../../kit/query/every.ts'
import { useCreate } from '../../kit/query/resource.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'

/** No id is like this. */
const NEW = 'new'

export function MeterGroupField() {
  const form = useForm()
  const shared = useFieldProps({ name: 'groupId' })
  const mayRead = useCan('config:retrieve', meterGroup.permission)
  const groups = useEvery<MeterGroup>(meterGroup, {}, { enabled: mayRead })
  const create = useCreate<MeterGroup>(meterGroup)
  const mayCreate = useCan('config:create', meterGroup.permission)
  const [text, setText] = useState('')
  const name = text.trim()
  const isNew =
    mayCreate &&
    mayRead &&
    !groups.isLoading &&
    name !== '' &&
    !groups.rows.some((row) => row.name.toLowerCase() === name.toLowerCase())
  const current = form.get('groupId')

  async function choose(next: string | null) {
    if (next !== NEW) return form.set('groupId', next ?? '')
    try {
      const made = await create.mutateAsync({ name })
      form.set('groupId', made.id)
      savedToast(`Meter group ${made.name} created`)
    } catch (cause) {
      failedToast(cause, `The meter group ${name} was not created`)
    }
  }

  return (
    <Select
      {...shared}
      data={[
        ...groups.rows.map((row) => ({ value: row.id, label: row.name })),
        ...(isNew ? [{ value: NEW, label: `Create group “${name}”` }] : []),
      ]}
      searchable
      clearable
      placeholder={mayCreate ? 'None: choose one, or type a new name' : 'None'}
      nothingFoundMessage={groups.isLoading ? 'Loading' : 'No group by that name'}
      value={typeof current === 'string' && current !== '' ? current : null}
      onChange={(next) => void choose(next)}
      onSearchChange={setText}
    />
  )
}
