import type { ResourceShape } from '../query/resource.ts'

export type FilterOption = { value: string; label: string }

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
  | { kind: 'day'; key: string; title: string }
