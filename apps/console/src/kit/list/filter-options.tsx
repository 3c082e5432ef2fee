/** What a filter can be set to: found by typing, moved through with the arrows, taken with Enter. */
import { Checkbox, ScrollArea, TextInput, UnstyledButton } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import type { FilterOption } from './filter.ts'
import classes from './toolbar.module.css'

type FilterOptionsProps = {
  options: FilterOption[]
  value: string | undefined
  set: (value: string | null) => void
  many: boolean
  search: { text: string; setText: (text: string) => void; hint: string } | null
  /** More may still come. */
  isBusy: boolean
}

export function FilterOptions(props: FilterOptionsProps) {
  const { options, value, set, many, search } = props
  const chosen = value?.split(',') ?? []
  const toggle = (each: string) => {
    if (!many) return set(each)
    const next = chosen.includes(each) ? chosen.filter((one) => one !== each) : [...chosen, each]
    return set(next.join(',') || null)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the buttons inside
    <div className={classes.options} aria-busy={props.isBusy || undefined} onKeyDown={moveByArrows}>
      {search && (
        <TextInput
          size="xs"
          m={4}
          data-autofocus
          placeholder={search.hint}
          aria-label={search.hint}
          value={search.text}
          onChange={(event) => search.setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = options
            if (event.key === 'Enter' && first && !props.isBusy) toggle(first.value)
          }}
        />
      )}
      <ScrollArea.Autosize mah={280}>
        {options.map((option) => (
          <UnstyledButton
            key={option.value}
            className={classes.option ?? ''}
            aria-pressed={chosen.includes(option.value)}
            onClick={() => toggle(option.value)}
          >
            <Mark isOn={chosen.includes(option.value)} many={many} />
            <span>{option.label}</span>
            {option.hint && <small>{option.hint}</small>}
          </UnstyledButton>
        ))}
        {options.length === 0 && (
          <p className={classes.noOption}>
            {props.isBusy ? 'Searching …' : 'Nothing by that name'}
          </p>
        )}
      </ScrollArea.Autosize>
    </div>
  )
}

function Mark({ isOn, many }: { isOn: boolean; many: boolean }) {
  if (!many) return <IconCheck size={14} visibility={isOn ? 'visible' : 'hidden'} />
  return <Checkbox size="xs" checked={isOn} readOnly tabIndex={-1} aria-hidden component="input" />
}

function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input[type=text], button')]
  const next = stops[stops.indexOf(event.target as HTMLElement) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}
