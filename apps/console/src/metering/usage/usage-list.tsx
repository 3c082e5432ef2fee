/** The rows of an answer as a list: sorted, with the columns that were chosen. */
import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import { usageFunctions } from '@countinghouse/contract/metering/usage-query.ts'
import { IconChartBarOff } from '@tabler/icons-react'
import { Absent, Quantity } from '../../kit/format/amount.tsx'
import { dayText, momentText } from '../../kit/format/moment.tsx'
import { words } from '../../kit/format/state.tsx'
import { ButtonLink } from '../../kit/link.tsx'
import type { Column } from '../../kit/list/column.ts'
import { sourceOf } from '../../kit/list/list-source.ts'
import { useListState } from '../../kit/list/list-state.ts'
import { ListTable } from '../../kit/list/list-table.tsx'
import { ListToolbar } from '../../kit/list/list-toolbar.tsx'
import { useShownRows } from '../../kit/list/shown-rows.ts'
import classes from './explorer.module.css'
import { placesOf } from './places.ts'
import type { UsageRow } from './queries.ts'
import { fieldsOf } from './question.ts'

type Shown = UsageRow & { id: string }

type UsageListState = ReturnType<typeof useUsageList>

export function useUsageList(
  data: readonly UsageRow[],
  meters: readonly Meter[],
  isAsking: boolean,
) {
  const list = useListState()
  const keys = [...new Set(data.flatMap((row) => Object.keys(row)))].filter(
    (key) => key !== 'accountId' && key !== 'meterId',
  )
  const titles = titlesOf(meters)
  const places = new Map(
    keys.filter(isFigure).map((key) => [key, placesOf(data.map((row) => row[key]))]),
  )
  const isOfMeters = new Set(data.map((row) => row['meterCode'])).size > 1
  // Names say it; codes are there for those who choose them. One meter needs no column.
  const isHidden = (key: string) => isCode(key) && !(key === 'meterCode' && isOfMeters)
  const shownFirst = keys.find((key) => !isHidden(key))
  const isOneFigure = keys.filter(isFigure).length === 1
  const columns = keys.map(
    (key, at): Column<Shown> => ({
      key,
      title: titles.get(key) ?? key,
      ...(isFigure(key) ? { align: 'right' as const } : {}),
      hidden: isHidden(key),
      render: (row) => <Cell name={key} value={row[key]} places={places.get(key)} />,
      sort: (row) => (isFigure(key) ? Number(row[key] ?? 0) : String(row[key] ?? '')),
      fact: key !== shownFirst && (isFigure(key) && isOneFigure ? 'side' : at < 5),
    }),
  )
  const source = {
    ...sourceOf(data.map((row, at): Shown => ({ ...row, id: String(at) }))),
    isRefreshing: false,
  }
  const shown = useShownRows(source, list, columns, undefined)
  return { list, columns, source, shown, isAsking }
}

export function UsageListTools({
  list: { list, columns, shown, isAsking },
}: {
  list: UsageListState
}) {
  return (
    <div className={classes.listTools}>
      <ListToolbar
        state={list}
        filters={[]}
        columns={columns}
        searchHint={null}
        density={shown.density}
        setDensity={shown.setDensity}
        isRefreshing={isAsking}
      />
    </div>
  )
}

export function UsageList({ list: { list, source, shown } }: { list: UsageListState }) {
  return (
    <div className={classes.table}>
      <ListTable<Shown>
        small
        label="Usage"
        source={source}
        rows={shown.rows}
        columns={shown.columns}
        density={shown.density}
        sort={list.sort}
        onSort={(sort) => list.set({ sort })}
        empty={{
          icon: IconChartBarOff,
          title: 'No usage found',
          text: 'Choose a longer period or take a filter away. Measurements that arrived and could not be counted stand under Ingest events.',
          action: (
            <ButtonLink variant="default" size="xs" to="/metering/ingest-events">
              Ingest events
            </ButtonLink>
          ),
        }}
      />
    </div>
  )
}

const fixedTitles: [key: string, title: string][] = [
  ['accountCode', 'Account code'],
  ['accountName', 'Account'],
  ['meterCode', 'Meter'],
  ['timestamp', 'Time'],
  ['endTimestamp', 'End'],
  ['receivedAt', 'Received'],
  ['uid', 'UID'],
]

const isCode = (key: string) => ['accountCode', 'meterCode', 'receivedAt'].includes(key)

const workedOut = new RegExp(`\\.(${usageFunctions.join('|')})$`)

const isFigure = (key: string) => workedOut.test(key) || /^(measure|income|cost)\./.test(key)

/** The words of people for the keys of the API: `completions.tokens.SUM` is `Tokens, sum`. */
function titlesOf(meters: readonly Meter[]): ReadonlyMap<string, string> {
  const titles = new Map(fixedTitles)
  for (const meter of meters) {
    for (const field of fieldsOf(meter)) {
      titles.set(`${meter.code}.${field.code}`, field.name)
      titles.set(`${field.category.toLowerCase()}.${field.code}`, field.name)
      for (const method of usageFunctions)
        titles.set(
          `${meter.code}.${field.code}.${method}`,
          `${field.name}, ${words(method).toLowerCase()}`,
        )
    }
  }
  return titles
}

type CellProps = { name: string; value: UsageRow[string]; places: number | undefined }

function Cell({ name, value, places = 0 }: CellProps) {
  if (value === null || value === undefined) return <Absent />
  if (isFigure(name)) return <Quantity value={value} places={places} />
  const text = String(value)
  if (!/timestamp|At$/i.test(name)) return text
  return text.endsWith('T00:00:00Z') ? dayText(text.slice(0, 10)) : momentText(text, 'UTC')
}
