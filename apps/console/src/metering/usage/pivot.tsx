/** A pivot on the page: names stay at the left and sums at the right while the rest scrolls. */
import { Select, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { Absent, Quantity } from '../../kit/format/amount.tsx'
import { grouped } from '../../kit/format/digits.ts'
import classes from './explorer.module.css'
import type { Figure } from './figures.ts'
import {
  columnKey,
  type Line,
  NAMES,
  type Pivot,
  type PivotSort,
  type Split,
  SUMS,
} from './pivot-of.ts'
import { placesOf } from './places.ts'

/** More cells than this take a browser's breath; a file has them all. */
const CELLS_MAX = 12_000
const ACROSS_MAX = 120

type PivotTableProps = {
  pivot: Pivot
  down: Split
  across: Split
  figure: Figure
  sort: PivotSort
  onSort: (sort: string | null) => void
}

export function PivotTable({ pivot, down, across, figure, sort, onSort }: PivotTableProps) {
  const { cells, together, ofDown, ofAcross, ofAll } = pivot
  const columns = pivot.across.slice(0, ACROSS_MAX)
  const most = Math.floor(CELLS_MAX / Math.max(1, columns.length))
  const rows = pivot.down.slice(0, most)
  const places = placesOf(
    [...cells.values(), ofDown, ofAcross].flatMap((line) => [...line.values()]),
  )
  const word = together.kind === 'known' ? together.word : null
  const heads = across.kind === 'time' ? withoutSharedYear(columns) : labelsOf(columns)
  const head = (key: string) => ({
    sort: sort?.key === key ? sort : null,
    set: () => onSort(nextSort(key, sort)),
  })
  return (
    <>
      <section
        className={classes.pivotRegion}
        aria-label={`${figure.title}: ${down.title} by ${across.title}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the arrow keys
        tabIndex={0}
      >
        <table className={classes.pivot}>
          <thead>
            <tr>
              <Head title={down.title} {...head(NAMES)} />
              {columns.map((column, at) => (
                <Head
                  key={column.key}
                  title={heads[at] ?? ''}
                  whole={column.label}
                  {...head(columnKey(column))}
                />
              ))}
              {word && <Head title={word} isSum {...head(SUMS)} />}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row" title={row.label}>
                  {row.label}
                </th>
                {columns.map((column) => (
                  <Value
                    key={column.key}
                    value={cells.get(row.key)?.get(column.key)}
                    places={places}
                  />
                ))}
                {word && <Value value={ofDown.get(row.key)} places={places} isSum />}
              </tr>
            ))}
          </tbody>
          {word && (
            <tfoot>
              <tr>
                <th scope="row">{word}</th>
                {columns.map((column) => (
                  <Value key={column.key} value={ofAcross.get(column.key)} places={places} />
                ))}
                <Value value={ofAll} places={places} isSum />
              </tr>
            </tfoot>
          )}
        </table>
      </section>
      {together.kind === 'unknown' && <p className={classes.hint}>No totals. {together.why}</p>}
      {(rows.length < pivot.down.length || columns.length < pivot.across.length) && (
        <p className={classes.hint}>
          Shown are {grouped(rows.length)} of {grouped(pivot.down.length)} rows and{' '}
          {grouped(columns.length)} of {grouped(pivot.across.length)} columns; the totals are of
          all, and so is an export.
        </p>
      )}
    </>
  )
}

function Value({
  value,
  places,
  isSum,
}: {
  value: string | undefined
  places: number
  isSum?: boolean
}) {
  return (
    <td data-sum={isSum || undefined}>
      {value === undefined || value === '' ? (
        <Absent />
      ) : (
        <Quantity value={value} places={places} />
      )}
    </td>
  )
}

type HeadProps = {
  title: string
  whole?: string
  isSum?: boolean
  sort: PivotSort
  set: () => void
}

function Head({ title, whole, isSum, sort, set }: HeadProps) {
  return (
    <th
      scope="col"
      title={whole}
      data-sum={isSum || undefined}
      aria-sort={sort ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      <UnstyledButton className={classes.sorter ?? ''} onClick={set}>
        {title}
        {sort && (sort.descending ? <IconArrowDown size={12} /> : <IconArrowUp size={12} />)}
      </UnstyledButton>
    </th>
  )
}

/** Figures fall first, names rise first; a third time everything stands as it came. */
function nextSort(key: string, sort: PivotSort): string | null {
  const isNames = key === NAMES
  const [first, second] = isNames ? [key, `-${key}`] : [`-${key}`, key]
  if (sort?.key !== key) return first
  return sort.descending === !isNames ? second : null
}

function labelsOf(lines: readonly Line[]): string[] {
  return lines.map(({ label }) => label)
}

/** `24 Oct` where all are of one year: the whole date is in the tooltip. */
function withoutSharedYear(lines: readonly Line[]): string[] {
  const year = / (\d{4})(?=$|,)/
  const years = new Set(lines.map(({ label }) => year.exec(label)?.[1]))
  if (years.size !== 1 || years.has(undefined)) return labelsOf(lines)
  return lines.map(({ label }) => label.replace(year, ''))
}

type ChoiceProps = {
  word: string
  options: { key: string; title: string }[]
  value: string
  onChange: (key: string) => void
}

/** What goes down, what goes across, which figure: in the head of the table. */
export function PivotChoice({ word, options, value, onChange }: ChoiceProps) {
  return (
    <Select
      size="xs"
      className={classes.choice ?? ''}
      aria-label={word}
      leftSection={<span>{word}</span>}
      leftSectionWidth={word.length * 7 + 16}
      data={options.map(({ key, title }) => ({ value: key, label: title }))}
      value={value}
      allowDeselect={false}
      onChange={(next) => next && onChange(next)}
    />
  )
}
