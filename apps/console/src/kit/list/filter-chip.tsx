/** A filter as a chip: dashed while unset, `Product: Tokens ×` when set. */
import { Checkbox, Popover, ScrollArea, TextInput, UnstyledButton } from '@mantine/core'
import { DatePicker } from '@mantine/dates'
import { IconCheck, IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { dayText } from '../format/moment.tsx'
import { useList } from '../query/resource.ts'
import type { Filter, FilterOption } from './filter.ts'
import classes from './list.module.css'
import type { ListState } from './list-state.ts'
import { matches } from './shown-rows.ts'

export function FilterChip({ filter, state }: { filter: Filter; state: ListState }) {
  const [isOpen, setOpen] = useState(false)
  const value = state.filters[filter.key]
  const set = (next: string | null) => {
    state.set({ [filter.key]: next })
    if (!(filter.kind === 'options' && filter.many)) setOpen(false)
  }
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      trapFocus={isOpen}
      withRoles={false}
    >
      <Popover.Target>
        <span className={classes.chip} data-set={value ? true : undefined}>
          <UnstyledButton
            className={classes.chipMain ?? ''}
            onClick={() => setOpen(!isOpen)}
            aria-expanded={isOpen}
            aria-haspopup="dialog"
          >
            {!value && <IconPlus size={13} />}
            {filter.title}
            {value && <ChipValue filter={filter} value={value} />}
          </UnstyledButton>
          {value && (
            <UnstyledButton
              className={classes.chipClear ?? ''}
              aria-label={`Clear the filter ${filter.title}`}
              onClick={() => set(null)}
            >
              <IconX size={12} />
            </UnstyledButton>
          )}
        </span>
      </Popover.Target>
      <Popover.Dropdown p={filter.kind === 'day' ? 'sm' : 4}>
        {isOpen && <Choice filter={filter} value={value} set={set} />}
      </Popover.Dropdown>
    </Popover>
  )
}

function ChipValue({ filter, value }: { filter: Filter; value: string }) {
  if (filter.kind === 'day') return <b>{dayText(value)}</b>
  if (filter.kind === 'reference') return <ReferenceName filter={filter} value={value} />
  const chosen = value
    .split(',')
    .map((each) => filter.options.find((option) => option.value === each)?.label ?? each)
  return <b>{chosen.join(', ')}</b>
}

type ReferenceFilter = Extract<Filter, { kind: 'reference' }>

function ReferenceName({ filter, value }: { filter: ReferenceFilter; value: string }) {
  const options = useReferenceOptions(filter)
  return <b>{options.find((option) => option.value === value)?.label ?? '…'}</b>
}

function useReferenceOptions(filter: ReferenceFilter): FilterOption[] {
  const { rows } = useList<{ id: string; name?: string; code?: string }>(filter.resource)
  return [
    ...(filter.extra ?? []),
    ...rows.map((row) => ({ value: row.id, label: row.name ?? row.code ?? row.id })),
  ]
}

type ChoiceProps<Kind extends Filter> = {
  filter: Kind
  value: string | undefined
  set: (value: string | null) => void
}

function Choice({ filter, value, set }: ChoiceProps<Filter>) {
  if (filter.kind === 'day') return <DatePicker value={value ?? null} onChange={set} />
  if (filter.kind === 'reference')
    return <ReferenceChoice filter={filter} value={value} set={set} />
  return <Options options={filter.options} value={value} set={set} many={filter.many ?? false} />
}

function ReferenceChoice({ filter, value, set }: ChoiceProps<ReferenceFilter>) {
  return <Options options={useReferenceOptions(filter)} value={value} set={set} many={false} />
}

type OptionsProps = {
  options: FilterOption[]
  value: string | undefined
  set: (value: string | null) => void
  many: boolean
}

function Options({ options, value, set, many }: OptionsProps) {
  const [text, setText] = useState('')
  const chosen = value?.split(',') ?? []
  const found = options.filter((option) => matches(option.label, text))
  const toggle = (each: string) => {
    if (!many) return set(each)
    const next = chosen.includes(each) ? chosen.filter((one) => one !== each) : [...chosen, each]
    return set(next.join(',') || null)
  }
  return (
    <div className={classes.options}>
      {options.length > 7 && (
        <TextInput
          size="xs"
          m={4}
          data-autofocus
          placeholder="Find"
          aria-label="Find"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <ScrollArea.Autosize mah={280}>
        {found.map((option) => (
          <UnstyledButton
            key={option.value}
            className={classes.option ?? ''}
            aria-pressed={chosen.includes(option.value)}
            onClick={() => toggle(option.value)}
          >
            {many ? (
              <Checkbox
                size="xs"
                checked={chosen.includes(option.value)}
                readOnly
                tabIndex={-1}
                aria-hidden
                component="input"
              />
            ) : (
              <IconCheck
                size={14}
                visibility={chosen.includes(option.value) ? 'visible' : 'hidden'}
              />
            )}
            {option.label}
          </UnstyledButton>
        ))}
        {found.length === 0 && <p className={classes.noOption}>Nothing by that name</p>}
      </ScrollArea.Autosize>
    </div>
  )
}
