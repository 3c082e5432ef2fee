/**
 * Chooses accounts by typing the start of a name or code; the server searches, so that it works
 * with any number of them. Outside of contract forms, whose fields use ReferenceField.
 *
 *     <AccountSelect label="Account" value={account} onChange={setAccount} />
 *     <AccountMultiSelect label="Accounts" placeholder="All accounts" value={ids} onChange={setIds} />
 */
import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import { type ComboboxParsedItem, MultiSelect, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useAccountSearch } from '../query/account-search.ts'
import { useByIds } from '../query/resource.ts'
import classes from './form.module.css'

const TYPING_MS = 180

export function AccountSelect(props: {
  label: string
  value: Account | null
  onChange: (account: Account | null) => void
  required?: boolean
  id?: string
  error?: string | undefined
}) {
  const { rows, shared } = useChoices(props.value ? [props.value.id] : [])
  return (
    <Select
      {...shared}
      {...(props.id && { id: props.id })}
      label={props.label}
      required={props.required ?? false}
      error={props.error}
      // The list would cover what is wrong where the focus is led to it.
      openOnFocus={false}
      placeholder="Choose an account"
      value={props.value?.id ?? null}
      onChange={(id) => props.onChange(rows.find((row) => row.id === id) ?? null)}
    />
  )
}

export function AccountMultiSelect(props: {
  label: string
  placeholder: string
  value: string[]
  onChange: (ids: string[]) => void
  max?: number
}) {
  const { shared } = useChoices(props.value)
  return (
    <MultiSelect
      {...shared}
      className={classes.wide ?? ''}
      label={props.label}
      placeholder={props.value.length === 0 ? props.placeholder : ''}
      value={props.value}
      onChange={props.onChange}
      {...(props.max === undefined ? {} : { maxValues: props.max })}
    />
  )
}

/** What the server finds, and always the chosen ones, or their names would be lost. */
function useChoices(chosen: readonly string[]) {
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text, TYPING_MS)
  const found = useAccountSearch(asked)
  const known = useByIds<Account>(account, chosen)
  const rows = [
    ...found.rows,
    ...[...known.values()].filter((row) => !found.rows.some((each) => each.id === row.id)),
  ]
  return {
    rows,
    shared: {
      searchable: true,
      data: rows.map((row) => ({ value: row.id, label: row.name })),
      onSearchChange: setText,
      // The server has searched, by code as well; a second sieve by name would lose those.
      filter: ({ options }: { options: ComboboxParsedItem[] }) => options,
      nothingFoundMessage: found.isRefreshing ? 'Searching' : 'No account starts like this',
    },
  }
}
