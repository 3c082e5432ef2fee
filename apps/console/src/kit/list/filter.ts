import type { ResourceShape } from '../query/resource.ts'

export type FilterOption = { value: string; label: string; hint?: string }

/** One chip of the toolbar; `key` is the query parameter of the list call. */
export type Filter =
  | { kind: 'options'; key: string; title: string; options: FilterOption[]; many?: boolean }
  | {
      kind: 'reference'
      key: string
      title: string
      resource: ResourceShape
      extra?: FilterOption[]
    }
  /** Accounts are found by the server, by the start of name or code. */
  | { kind: 'account'; key: string; title: string }
  | { kind: 'day'; key: string; title: string }
  /** Typed; the list call decides what it finds. */
  | { kind: 'text'; key: string; title: string; hint: string }
