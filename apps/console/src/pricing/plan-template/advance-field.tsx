/** In advance, in arrears, or left to what stands above: a flag with three states. */
import { Select } from '@mantine/core'
import { useFieldProps } from '../../kit/form/field-props.tsx'
import { useForm } from '../../kit/form/form-context.ts'

export function AdvanceField({ name, above }: { name: string; above: string }) {
  const form = useForm()
  const { required: _required, ...shared } = useFieldProps({ name })
  const value = form.get(name)
  return (
    <Select
      {...shared}
      data={[
        { value: '', label: `As the ${above}` },
        { value: 'true', label: 'In advance' },
        { value: 'false', label: 'In arrears' },
      ]}
      value={typeof value === 'boolean' ? String(value) : ''}
      onChange={(next) =>
        form.set(name, next === 'true' ? true : next === 'false' ? false : undefined)
      }
    />
  )
}
