/** A calendar day in the organization's zone; fields that want an instant get the day's first one. */

import { formatInstant, parseInstant } from '@countinghouse/engine/time/instant.ts'
import { dayOf, normalizeZone, startOfDay } from '@countinghouse/engine/time/zone.ts'
import { DateInput } from '@mantine/dates'
import { IconCalendar } from '@tabler/icons-react'
import { useOrganization } from '../organization.ts'
import { type FieldProps, useFieldProps } from './field-props.tsx'
import { useForm } from './form-context.ts'

export function DayField({ asInstant, ...props }: FieldProps & { asInstant: boolean }) {
  const form = useForm()
  const shared = useFieldProps(props)
  const { timezone } = useOrganization()
  const zone = normalizeZone(timezone)
  const value = form.get(props.name)
  return (
    <DateInput
      {...shared}
      valueFormat="D MMM YYYY"
      placeholder={props.placeholder ?? 'Choose a day'}
      leftSection={<IconCalendar size={15} stroke={1.6} />}
      clearable={!shared.required}
      value={typeof value === 'string' && value !== '' ? dayIn(value, zone) : null}
      onChange={(day) =>
        form.set(
          props.name,
          day === null ? '' : asInstant ? formatInstant(startOfDay(day, zone)) : day,
        )
      }
    />
  )
}

function dayIn(value: string, zone: string): string {
  return value.length === 10 ? value : dayOf(parseInstant(value), zone)
}
