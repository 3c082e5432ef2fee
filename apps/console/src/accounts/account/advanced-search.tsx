/** The search as the expression that it is: to read, to take along, to write by hand (console 4.7). */
import { Anchor, Button, TextInput } from '@mantine/core'
import { IconCode } from '@tabler/icons-react'
import { useState } from 'react'
import type { ListState } from '../../kit/list/list-state.ts'
import classes from './advanced-search.module.css'
import { filterKeys } from './search.ts'

type ButtonProps = { isOpen: boolean; toggle: () => void }

export function AdvancedSearchButton({ isOpen, toggle }: ButtonProps) {
  return (
    <Button
      size="xs"
      variant="subtle"
      aria-expanded={isOpen}
      leftSection={<IconCode size={14} />}
      onClick={toggle}
    >
      Advanced search
    </Button>
  )
}

type AdvancedSearchProps = {
  expression: string
  state: ListState
  /** Why the server could not read the expression. */
  problem: string | undefined
}

export function AdvancedSearch({ expression, state, problem }: AdvancedSearchProps) {
  const [draft, setDraft] = useState<string | null>(null)

  /** What is written by hand holds all terms, so search box and filters start anew. */
  function ask() {
    state.set({
      ...Object.fromEntries(filterKeys.map((key) => [key, null])),
      q: null,
      expression: (draft ?? expression).trim() || null,
    })
    setDraft(null)
  }

  return (
    <form
      className={classes.advanced}
      onSubmit={(event) => {
        event.preventDefault()
        ask()
      }}
    >
      <TextInput
        size="xs"
        className={classes.expression ?? ''}
        aria-label="Search expression"
        placeholder="name~Premium$billingCurrency:USD"
        spellCheck={false}
        error={draft === null && problem}
        value={draft ?? expression}
        onChange={(event) => setDraft(event.currentTarget.value)}
      />
      <Button size="xs" variant="default" type="submit" disabled={draft === null}>
        Search
      </Button>
      <p>
        Terms joined by <code>$</code>, all of which must hold: a field, <code>:</code> equal,{' '}
        <code>~</code> starts with, <code>&gt; &gt;= &lt; &lt;=</code>, and a value.{' '}
        <Anchor inherit href="/docs/guides/accounts-and-plans#finding-accounts" target="_blank">
          All fields
        </Anchor>
      </p>
    </form>
  )
}
