/** What a question gave: a chart where there is time, and always the table; exported as CSV or JSON. */

import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import { usageFunctions } from '@countinghouse/contract/metering/usage-query.ts'
import { Button, Menu } from '@mantine/core'
import { IconChartBarOff, IconDownload } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { Chart } from '../../kit/chart/chart.tsx'
import { csvFile, csvText } from '../../kit/csv.ts'
import { Absent, Quantity } from '../../kit/format/amount.tsx'
import { grouped, shortened } from '../../kit/format/digits.ts'
import { dayText, momentText } from '../../kit/format/moment.tsx'
import { words } from '../../kit/format/state.tsx'
import { ButtonLink } from '../../kit/link.tsx'
import type { Column } from '../../kit/list/column.ts'
import { sourceOf } from '../../kit/list/list-source.ts'
import { useListState } from '../../kit/list/list-state.ts'
import { ListTable } from '../../kit/list/list-table.tsx'
import { ListToolbar } from '../../kit/list/list-toolbar.tsx'
import { useShownRows } from '../../kit/list/shown-rows.ts'
import { Panel } from '../../kit/page/page.tsx'
import { Failure, Lines } from '../../kit/page/states.tsx'
import { saveText } from '../../kit/save-text.ts'
import { chartOf } from './chart-of.ts'
import classes from './explorer.module.css'
import type { UsageAnswer, UsageRow } from './queries.ts'
import { fieldsOf, type Question } from './question.ts'

type ResultsProps = {
  usage: UseQueryResult<UsageAnswer>
  question: Question
  meters: readonly Meter[]
}

export function Results({ usage, question, meters }: ResultsProps) {
  if (usage.error) return <Failure error={usage.error} retry={() => void usage.refetch()} />
  if (!usage.data) return <Lines count={8} />
  return (
    <Answer answer={usage.data} isAsking={usage.isFetching} question={question} meters={meters} />
  )
}

type AnswerProps = {
  answer: UsageAnswer
  isAsking: boolean
  question: Question
  meters: readonly Meter[]
}

function Answer({ answer: { data, hasMoreData }, isAsking, question, meters }: AnswerProps) {
  const list = useListState()
  const keys = [...new Set(data.flatMap((row) => Object.keys(row)))].filter(
    (key) => key !== 'accountId' && key !== 'meterId',
  )
  const titles = titlesOf(meters)
  const places = placesOf(data, keys)
  const columns = keys.map(
    (key, at): Column<Shown> => ({
      key,
      title: titles.get(key) ?? key,
      ...(isFigure(key) ? { align: 'right' as const } : {}),
      // Names say it; codes are there for those who choose them.
      hidden: key === 'accountCode' || key === 'meterCode' || key === 'receivedAt',
      render: (row) => <Cell name={key} value={row[key]} places={places.get(key)} />,
      sort: (row) => (isFigure(key) ? Number(row[key] ?? 0) : String(row[key] ?? '')),
      fact: at < 4,
    }),
  )
  const source = {
    ...sourceOf(data.map((row, at): Shown => ({ ...row, id: String(at) }))),
    isRefreshing: false,
  }
  const shown = useShownRows(source, list, columns, undefined)
  const chart = chartOf(data, question, meters)
  return (
    <div className={classes.results} aria-busy={isAsking}>
      {chart && (
        <Panel title={chart.heading}>
          <Chart label={chart.heading} {...chart} height={280} />
          {chart.note && <p className={classes.hint}>{chart.note}</p>}
        </Panel>
      )}
      <Panel
        title="Table"
        count={hasMoreData ? `${grouped(data.length)}, more exist` : grouped(data.length)}
        flush
        actions={<Export data={data} keys={keys} />}
      >
        <ListToolbar
          state={list}
          filters={[]}
          columns={columns}
          searchHint={null}
          density={shown.density}
          setDensity={shown.setDensity}
          isRefreshing={isAsking}
        />
        {hasMoreData && (
          <p className={classes.hint}>
            Cut at {grouped(data.length)} rows: raise “At most rows”, choose a shorter period or
            split by less. The chart shows only these rows.
          </p>
        )}
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
      </Panel>
    </div>
  )
}

type Shown = UsageRow & { id: string }

function Export({ data, keys }: { data: readonly UsageRow[]; keys: readonly string[] }) {
  return (
    <Menu>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          disabled={data.length === 0}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() => saveText('usage.csv', csvFile([usageCsv(data, keys)]), 'text/csv')}
        >
          CSV
        </Menu.Item>
        <Menu.Item
          onClick={() => saveText('usage.json', JSON.stringify(data, null, 2), 'application/json')}
        >
          JSON
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
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

const isFigure = (key: string) => /\.[A-Z]+$/.test(key) || /^(measure|income|cost)\./.test(key)

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

/** So many decimals that the points of a column stand below each other. */
function placesOf(rows: readonly UsageRow[], keys: readonly string[]): ReadonlyMap<string, number> {
  const decimalsOf = (value: UsageRow[string]) => {
    const { shown, rest } = shortened(value ?? 0)
    return rest === '' ? (shown.split('.')[1]?.length ?? 0) : 0
  }
  return new Map(
    keys
      .filter(isFigure)
      .map((key) => [key, Math.max(0, ...rows.map((row) => decimalsOf(row[key])))]),
  )
}

type CellProps = { name: string; value: UsageRow[string]; places: number | undefined }

function Cell({ name, value, places = 0 }: CellProps) {
  if (value === null || value === undefined) return <Absent />
  if (isFigure(name)) return <Quantity value={value} places={places} />
  const text = String(value)
  if (!/timestamp|At$/i.test(name)) return text
  return text.endsWith('T00:00:00Z') ? dayText(text.slice(0, 10)) : momentText(text, 'UTC')
}

function usageCsv(rows: readonly UsageRow[], keys: readonly string[]): string {
  return csvText([keys, ...rows.map((row) => keys.map((key) => row[key]))])
}
