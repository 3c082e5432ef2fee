/** What a list shows of a row, and how closely its rows stand. */
import type { ReactNode } from 'react'

export type Column<Row> = {
  key: string
  title: string
  render: (row: Row) => ReactNode
  align?: 'right'
  /** Pixels; columns without share what is left. */
  width?: number
  sort?: (row: Row) => string | number | null | undefined
  /** Off until chosen. */
  hidden?: boolean
  /** Shown on a phone's card beside the first column. */
  fact?: boolean
}

export type Density = 'compact' | 'roomy'
