import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Column } from './column.ts'
import classes from './list.module.css'

type ListHeadProps<Row> = {
  columns: Column<Row>[]
  sort: { key: string; descending: boolean } | null
  onSort: ((value: string | null) => void) | undefined
  /** While rows are missing, only the server can sort. */
  hasMore: boolean
  selection: ReactNode
  hasActions: boolean
}

export function ListHead<Row>({
  columns,
  sort,
  onSort,
  hasMore,
  selection,
  hasActions,
}: ListHeadProps<Row>) {
  return (
    <thead>
      <tr>
        {selection && (
          <th className={classes.tick} scope="col">
            {selection}
          </th>
        )}
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            data-align={column.align}
            data-grow={column.grow || undefined}
            data-wide={column.wide || undefined}
            style={column.width ? { width: column.width } : undefined}
            aria-sort={
              sort?.key === column.key ? (sort.descending ? 'descending' : 'ascending') : undefined
            }
          >
            {onSort && column.sort && (column.sort === 'server' || !hasMore) ? (
              <UnstyledButton
                className={classes.sorter ?? ''}
                onClick={() => onSort(nextSort(column.key, sort))}
              >
                {column.title}
                {sort?.key === column.key &&
                  (sort.descending ? <IconArrowDown size={12} /> : <IconArrowUp size={12} />)}
              </UnstyledButton>
            ) : (
              column.title
            )}
          </th>
        ))}
        {hasActions && (
          <th className={classes.menuCell} scope="col">
            <VisuallyHidden>Actions</VisuallyHidden>
          </th>
        )}
      </tr>
    </thead>
  )
}

/** Rising, falling, then as the server gave it. */
function nextSort(key: string, sort: { key: string; descending: boolean } | null): string | null {
  if (sort?.key !== key) return key
  return sort.descending ? null : `-${key}`
}
