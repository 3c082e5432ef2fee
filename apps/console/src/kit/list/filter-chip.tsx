/** A filter as a chip: dashed while unset, `Product: Tokens ×` when set. */
import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import { Popover, TextInput, UnstyledButton } from '@mantine/core'
import { DatePicker } from '@mantine/dates'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { dayText } from '../format/moment.tsx'
import { useAccountSearch } from '../query/account-search.ts'
import { useEvery } from '../query/every.ts'
import { useOne } from '../query/resource.ts'
import type { Filter, FilterOption } from './filter.ts'
import { FilterOptions } from './filter-options.tsx'
import type { ListState } from './list-state.ts'
import { matches } from './shown-rows.ts'
import classes from './toolbar.module.css'

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
  if (filter.kind === 'text') return <b>{value}</b>
  if (filter.kind === 'reference') return <ReferenceName filter={filter} value={value} />
  if (filter.kind === 'account') return <AccountName id={value} />
  const chosen = value
    .split(',')
    .map((each) => filter.options.find((option) => option.value === each)?.label ?? each)
  return <b>{chosen.join(', ')}</b>
}

type ReferenceFilter = Extract<Filter, { kind: 'reference' }>

function ReferenceName({ filter, value }: { filter: ReferenceFilter; value: string }) {
  const { options } = useReferenceOptions(filter)
  return <b>{options.find((option) => option.value === value)?.label ?? '…'}</b>
}

function AccountName({ id }: { id: string }) {
  return <b>{useOne<Account>(account, id).data?.name ?? '…'}</b>
}

function useReferenceOptions(filter: ReferenceFilter) {
  const { rows, isLoading } = useEvery<{ id: string; name?: string; code?: string }>(
    filter.resource,
  )
  const options: FilterOption[] = [
    ...(filter.extra ?? []),
    ...rows.map((row) => ({ value: row.id, label: row.name ?? row.code ?? row.id })),
  ]
  return { options, isLoading }
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
  if (filter.kind === 'account') return <AccountChoice value={value} set={set} />
  if (filter.kind === 'text') return <TextChoice filter={filter} value={value} set={set} />
  return (
    <LocalOptions options={filter.options} value={value} set={set} many={filter.many ?? false} />
  )
}

function ReferenceChoice({ filter, value, set }: ChoiceProps<ReferenceFilter>) {
  const { options, isLoading } = useReferenceOptions(filter)
  return <LocalOptions options={options} value={value} set={set} many={false} isBusy={isLoading} />
}

type TextFilter = Extract<Filter, { kind: 'text' }>

function TextChoice({ filter, value = '', set }: ChoiceProps<TextFilter>) {
  const [text, setText] = useState(value)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        set(text.trim() || null)
      }}
    >
      <TextInput
        size="xs"
        m={4}
        data-autofocus
        placeholder={filter.hint}
        aria-label={filter.hint}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </form>
  )
}

const TYPING_MS = 180

/** The server searches as one types, so that ten thousand accounts are as quick as ten. */
function AccountChoice({ value, set }: Omit<ChoiceProps<Filter>, 'filter'>) {
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text, TYPING_MS)
  const found = useAccountSearch(asked)
  return (
    <FilterOptions
      options={found.rows.map((row) => ({ value: row.id, label: row.name, hint: row.code }))}
      value={value}
      set={set}
      many={false}
      search={{ text, setText, hint: 'Name or code' }}
      isBusy={found.isLoading || found.isRefreshing || text !== asked}
    />
  )
}

const SHORT_LIST_MAX = 7

type LocalOptionsProps = {
  options: FilterOption[]
  value: string | undefined
  set: (value: string | null) => void
  many: boolean
  isBusy?: boolean
}

function LocalOptions({ options, isBusy = false, ...props }: LocalOptionsProps) {
  const [text, setText] = useState('')
  return (
    <FilterOptions
      {...props}
      options={options.filter((option) => matches(option.label, text))}
      isBusy={isBusy}
      search={options.length > SHORT_LIST_MAX ? { text, setText, hint: 'Find' } : null}
    />
  )
}
