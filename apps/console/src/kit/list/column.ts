/** What a list shows of a row, and how closely its rows stand. */
import type { ReactNode } from 'react'

type SortValue<Row> = (row: Row) => string | number | null | undefined

export type Column<Row> = {
  key: string
  title: string
  render: (row: Row) => ReactNode
  align?: 'right'
  /** Pixels; columns without share what is left. */
  width?: number
  /** What rows are ordered by once all are there; `server`: the list call sorts by `key`, whatever is loaded. */
  sort?: SortValue<Row> | 'server'
  /** Off until chosen. */
  hidden?: boolean
  /** Takes what the others leave; its text ends in an ellipsis instead of pushing them out. */
  grow?: boolean
  /** Left out where the table gets little room. */
  wide?: boolean
  /**
   * Shown on a phone's card: with its title below the first column, `bare` without the title where
   * the value says what it is, `side` opposite the first column.
   */
  fact?: boolean | 'bare' | 'side'
}

export type Density = 'compact' | 'roomy'
