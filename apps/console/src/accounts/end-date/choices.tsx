/** From which day on, and what ends. */
import type { BillingEntityKind } from '@countinghouse/contract/accounts/account.ts'
import { Button, Checkbox, Group } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import { IconCalendar } from '@tabler/icons-react'
import { dayText } from '../../kit/format/moment.tsx'
import classes from './end-date.module.css'

/** The kinds of the API that exist in this version. */
export const kinds: { kind: BillingEntityKind; label: string }[] = [
  { kind: 'ACCOUNTPLAN', label: 'Attached plans' },
  { kind: 'PRICINGS', label: 'Prices of custom plans' },
]

type ChoicesProps = {
  day: string | null
  setDay: (day: string | null) => void
  /** Days at hand, today first. */
  picks: string[]
  chosen: BillingEntityKind[]
  setChosen: (chosen: BillingEntityKind[]) => void
}

export function Choices({ day, setDay, picks, chosen, setChosen }: ChoicesProps) {
  return (
    <>
      <div className={classes.choices}>
        <DateInput
          label="Nothing is charged from this day on"
          valueFormat="D MMM YYYY"
          leftSection={<IconCalendar size={15} stroke={1.6} />}
          value={day}
          onChange={setDay}
        />
        <Group gap="xs" className={classes.picks ?? ''}>
          {picks.map((pick, index) => (
            <Button
              key={pick}
              size="xs"
              variant={day === pick ? 'light' : 'default'}
              aria-pressed={day === pick}
              onClick={() => setDay(pick)}
            >
              {index === 0 ? 'Today' : dayText(pick)}
            </Button>
          ))}
        </Group>
      </div>
      <Checkbox.Group
        label="What ends"
        mt="sm"
        value={chosen}
        onChange={(next) => setChosen(next as BillingEntityKind[])}
      >
        <Group mt={4}>
          {kinds.map(({ kind, label }) => (
            <Checkbox key={kind} value={kind} label={label} />
          ))}
        </Group>
      </Checkbox.Group>
    </>
  )
}
