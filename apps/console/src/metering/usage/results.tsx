/** What a question gave: a chart where there is time, and always a table, as a list or as a pivot. */

import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import { Button, Menu, SegmentedControl } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { Chart } from '../../kit/chart/chart.tsx'
import type { ChartPoint } from '../../kit/chart/chart-props.ts'
import { grouped } from '../../kit/format/digits.ts'
import { useListState } from '../../kit/list/list-state.ts'
import { Panel } from '../../kit/page/page.tsx'
import { EmptyLesson, Failure, Lines } from '../../kit/page/states.tsx'
import { chartOf } from './chart-of.ts'
import classes from './explorer.module.css'
import { figuresOf } from './figures.ts'
import { PivotChoice, PivotTable } from './pivot.tsx'
import { axesOf, type Pivot, pivotOf, sortPivot, splitsOf } from './pivot-of.ts'
import type { UsageAnswer } from './queries.ts'
import type { Question } from './question.ts'
import { listFile, pivotFile, saveCsv, saveJson, type UsageFile } from './usage-file.ts'
import { UsageList, UsageListTools, useUsageList } from './usage-list.tsx'

type ResultsProps = {
  usage: UseQueryResult<UsageAnswer>
  question: Question
  meters: readonly Meter[]
  /** Asks for the time from one step of the chart to another. */
  zoom: (first: string, last: string, steps: number) => void
  /** Back to the question before the first closer look. */
  zoomOut: (() => void) | null
}

export function Results({ usage, ...shown }: ResultsProps) {
  if (usage.error) return <Failure error={usage.error} retry={() => void usage.refetch()} />
  if (!usage.data) return <Lines count={8} />
  return <Answer answer={usage.data} isAsking={usage.isFetching} {...shown} />
}

type AnswerProps = Omit<ResultsProps, 'usage'> & { answer: UsageAnswer; isAsking: boolean }

function Answer({ answer, isAsking, question, meters, zoom, zoomOut }: AnswerProps) {
  const { data, hasMoreData } = answer
  const list = useUsageList(data, meters, isAsking)
  const pivot = usePivot(data, question, meters)
  const chart = chartOf(data, question, meters)
  const file =
    pivot === null
      ? listFile(
          list.shown.rows,
          list.shown.columns.map(({ key }) => key),
        )
      : pivot.table && pivotFile(pivot.table, pivot.axes.down)
  return (
    <div className={classes.results} aria-busy={isAsking}>
      {chart && (
        <Panel title={chart.heading}>
          <Chart
            label={chart.heading}
            {...chart}
            height={280}
            {...(question.frequency !== '' && {
              zoom: (first, last) => zoom(first.at, last.at, stepsOf(chart.points, first, last)),
              zoomOut: zoomOut ?? undefined,
            })}
          />
          {chart.note && <p className={classes.hint}>{chart.note}</p>}
        </Panel>
      )}
      <Panel
        title="Table"
        count={pivot?.table ? sizeOf(pivot.table) : countOf(data.length, hasMoreData)}
        flush
        actions={
          <div className={classes.tools}>
            {pivot?.table && <PivotChoices pivot={pivot} />}
            {pivot === null && <UsageListTools list={list} />}
            {question.aggregations.length > 0 && <ViewChoice />}
            <Export file={file} />
          </div>
        }
      >
        {hasMoreData && (
          <p className={classes.cut}>
            Cut at {grouped(data.length)} rows: raise “At most rows”, choose a shorter period or
            split by less.
            {question.aggregations.length > 0 &&
              ' The chart and the totals of a pivot are of these rows only.'}
          </p>
        )}
        {pivot === null && <UsageList list={list} />}
        {pivot?.table && (
          <PivotTable
            pivot={pivot.table}
            {...pivot.axes}
            figure={pivot.figure}
            sort={pivot.sort}
            onSort={pivot.setSort}
          />
        )}
        {pivot !== null && !pivot.table && (
          <EmptyLesson
            small
            title={pivot.title}
            text={pivot.why}
            docs="guides/usage-explorer#as-a-pivot"
          />
        )}
      </Panel>
    </div>
  )
}

function stepsOf(points: readonly ChartPoint[], first: ChartPoint, last: ChartPoint): number {
  return points.indexOf(last) - points.indexOf(first) + 1
}

function countOf(rows: number, hasMore: boolean): string {
  return hasMore ? `${grouped(rows)}, more exist` : grouped(rows)
}

function sizeOf({ down, across }: Pivot): string {
  return `${grouped(down.length)} × ${grouped(across.length)}`
}

/** Which table it is stands in the address, beside the question. */
const VIEW = ['view', 'rows', 'columns', 'figure']

function ViewChoice() {
  const view = useListState(VIEW)
  return (
    <SegmentedControl
      aria-label="Table as"
      data={[
        { value: 'list', label: 'List' },
        { value: 'pivot', label: 'Pivot' },
      ]}
      value={view.filters['view'] === 'pivot' ? 'pivot' : 'list'}
      onChange={(next) => view.set({ view: next === 'pivot' ? next : null, sort: null })}
    />
  )
}

/** Null while the table is a list; without a table a sentence that says why. */
function usePivot(data: UsageAnswer['data'], question: Question, meters: readonly Meter[]) {
  const { filters, sort, set } = useListState(VIEW)
  if (filters['view'] !== 'pivot' || question.aggregations.length === 0) return null
  const splits = splitsOf(question, meters)
  const axes = axesOf(splits, { down: filters['rows'], across: filters['columns'] })
  const figures = figuresOf(question, meters)
  const figure = figures.find(({ key }) => key === filters['figure']) ?? figures[0]
  if (!axes || !figure) {
    return {
      table: null,
      title: 'A pivot needs two splits',
      why: 'One goes down, the other across: split by time and by account, say, or by a dimension, and run the query.',
    }
  }
  const table = pivotOf(data, { splits, ...axes, figure }, question.frequency)
  if (typeof table === 'string') {
    return { table: null, title: 'No pivot of this', why: table }
  }
  if (table.down.length === 0) {
    return {
      table: null,
      title: 'No usage found',
      why: 'Choose a longer period or take a filter away.',
    }
  }
  return {
    table: sortPivot(table, sort),
    axes,
    figure,
    figures,
    splits,
    sort,
    setSort: (next: string | null) => set({ sort: next }),
  }
}

type ShownPivot = Extract<ReturnType<typeof usePivot>, { axes: object }>

function PivotChoices({ pivot: { axes, splits, figure, figures } }: { pivot: ShownPivot }) {
  const view = useListState(VIEW)
  const { down, across } = axes
  // What is chosen for one side while it stands on the other changes places with it.
  return (
    <>
      {figures.length > 1 && (
        <PivotChoice
          word="Figure"
          options={figures}
          value={figure.key}
          onChange={(key) => view.set({ figure: key })}
        />
      )}
      <PivotChoice
        word="Rows"
        options={splits}
        value={down.key}
        onChange={(key) =>
          view.set({ rows: key, columns: key === across.key ? down.key : across.key, sort: null })
        }
      />
      <PivotChoice
        word="Columns"
        options={splits}
        value={across.key}
        onChange={(key) =>
          view.set({ columns: key, rows: key === down.key ? across.key : down.key, sort: null })
        }
      />
    </>
  )
}

function Export({ file }: { file: UsageFile | null }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          disabled={file === null || file.rows.length === 0}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => file && saveCsv(file)}>CSV</Menu.Item>
        <Menu.Item onClick={() => file && saveJson(file)}>JSON</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
