/**
 * A list page, whole: head, toolbar (search, filter chips, columns, density), table, empty lesson.
 *
 *     export function MeterListPage() {
 *       const list = useListState(['productId'])
 *       const meters = useList<Meter>(meter, list.query)
 *       return (
 *         <ListPage
 *           trail={[{ title: 'Metering' }]} title="Meters" state={list} source={meters}
 *           columns={[
 *             { key: 'name', title: 'Name', render: (row) => row.name, sort: (row) => row.name },
 *             { key: 'code', title: 'Code', render: (row) => <Code>{row.code}</Code>, fact: true },
 *           ]}
 *           rowPath={(row) => `/metering/meters/${row.id}`}       // Name becomes the hotlink
 *           onHover={(row) => prefetch(row.id)}                   // see usePrefetch
 *           searchText={(row) => `${row.name} ${row.code}`}
 *           filters={[{ kind: 'reference', key: 'productId', title: 'Product', resource: product }]}
 *           create={{ label: 'Create meter', to: '/metering/meters/create', permission: meter.permission }}
 *           rowActions={(row) => [editOf(meter, …), deleteOf(meter, …)]}
 *           bulk={[{ label: 'Approve', run: (rows) => … }]}
 *           empty={{ icon: IconGauge, title: 'No meters yet', text: 'A meter …', docs: 'metering/meters' }}
 *         />
 *       )
 *     }
 *
 * Only the first column links. `fact: true` marks what a phone's card shows. `sort` is offered once
 * all rows are there (the server keeps newest first); `sort: 'server'` always, with the list call
 * following `state.sort`. For a table inside a panel use `ListTable`.
 */
import { type ReactNode, useState } from 'react'
import { Page } from '../page/page.tsx'
import { type Crumb, PageHead } from '../page/page-head.tsx'
import type { ListSource } from '../query/resource.ts'
import { CreateButton, type CreateTarget } from './create-button.tsx'
import type { CsvFile } from './csv-export.ts'
import { ExportButton } from './export-button.tsx'
import type { Filter } from './filter.ts'
import type { ListState } from './list-state.ts'
import { ListTable, type ListTableProps } from './list-table.tsx'
import { ListToolbar } from './list-toolbar.tsx'
import { matches, useShownRows } from './shown-rows.ts'

export type ListPageProps<Row> = Omit<
  ListTableProps<Row>,
  'rows' | 'density' | 'source' | 'isSelecting'
> & {
  source: ListSource<Row>
  trail?: Crumb[]
  title: string
  lead?: ReactNode
  state: ListState
  filters?: Filter[]
  /** What the search box looks through, in all rows. */
  searchText?: (row: Row) => string
  /** Without `searchText` the list call does the search, and the box is there when it has a hint. */
  searchHint?: string
  /** What an export of the list holds; without it there is none. */
  file?: CsvFile<Row>
  create?: CreateTarget
  actions?: ReactNode
  besideFilters?: ReactNode
  /** Between toolbar and table. */
  children?: ReactNode
}

export function ListPage<Row extends { id: string }>(props: ListPageProps<Row>) {
  const {
    trail,
    title,
    lead,
    state,
    filters = [],
    searchText,
    searchHint,
    create,
    actions,
    source,
  } = props
  const shown = useShownRows(source, state, props.columns, searchText)
  const [isSelecting, setSelecting] = useState(false)
  const isFiltered = state.text !== '' || Object.keys(state.filters).length > 0
  // Nothing to search or to arrange yet: the lesson, with its one button, has the page to itself.
  const isBlank =
    (create !== undefined || props.empty.action !== undefined) &&
    !(source.isLoading || source.error || source.rows.length > 0 || isFiltered)
  return (
    <Page>
      <PageHead
        trail={trail ?? []}
        title={title}
        lead={lead}
        actions={
          <>
            {actions}
            {create && !(isBlank && !props.empty.action) && <CreateButton target={create} />}
          </>
        }
      />
      {!isBlank && (
        <ListToolbar
          state={state}
          filters={filters}
          columns={props.columns}
          searchHint={searchHint ?? (searchText ? `Search ${title.toLowerCase()}` : null)}
          density={shown.density}
          setDensity={shown.setDensity}
          isRefreshing={source.isRefreshing}
          call={source.call}
          besideFilters={props.besideFilters}
          selecting={props.bulk && { isOn: isSelecting, toggle: () => setSelecting(!isSelecting) }}
          exporting={
            props.file && (
              <ExportButton
                file={props.file}
                source={source}
                rows={shown.rows}
                keep={(row) => !searchText || matches(searchText(row), state.text)}
              />
            )
          }
        />
      )}
      {props.children}
      <ListTable
        {...props}
        label={props.label ?? title}
        columns={shown.columns}
        rows={shown.rows}
        density={shown.density}
        isSelecting={isSelecting}
        isFiltered={isFiltered}
        clear={state.clear}
        sort={state.sort}
        onSort={(value) => state.set({ sort: value })}
        createAction={create ? <CreateButton target={create} /> : undefined}
      />
    </Page>
  )
}
