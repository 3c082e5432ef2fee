import { Switch } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconList } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { Absent } from '../../kit/format/amount.tsx'
import { Code, State, words } from '../../kit/format/state.tsx'
import type { Column } from '../../kit/list/column.ts'
import { CreateButton } from '../../kit/list/create-button.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { ListTable } from '../../kit/list/list-table.tsx'
import { deleteOf, editOf } from '../../kit/list/row-acts.ts'
import { type ResourceShape, useList } from '../../kit/query/resource.ts'
import { TabHead } from '../../kit/tabs/tab-head.tsx'
import { useArchive } from './archive.ts'
import { type PicklistItem, picklists } from './picklists.ts'

type PicklistTabProps = { resource: ResourceShape; tab: string; lead: string }

export function PicklistTab({ resource, tab, lead }: PicklistTabProps) {
  const list = useListState(['archived'])
  const showsArchived = list.filters['archived'] === 'all'
  const source = useList<PicklistItem>(resource, showsArchived ? {} : { archived: 'false' })
  const remove = useRemoveWithQuestion<PicklistItem>(resource)
  const archive = useArchive(resource)
  const one = resource.title.one.toLowerCase()
  const base = `/settings/organization/${tab}`
  const create = { label: `Create ${one}`, to: `${base}/create`, permission: resource.permission }
  return (
    <>
      <TabHead text={lead}>
        <Switch
          label="Show archived"
          checked={showsArchived}
          onChange={(event) => list.set({ archived: event.currentTarget.checked ? 'all' : null })}
        />
        <CreateButton target={create} />
      </TabHead>
      <ListTable
        label={resource.title.many}
        source={source}
        columns={columnsOf(tab)}
        rowPath={(row) => `${base}/${row.id}/edit`}
        rowActions={(row) => [
          editOf(resource, `${base}/${row.id}/edit`),
          row.archived
            ? {
                label: 'Bring back',
                icon: IconArchiveOff,
                needs: ['update', resource.permission],
                run: () => void archive(row, false),
              }
            : {
                label: 'Archive',
                icon: IconArchive,
                needs: ['update', resource.permission],
                run: () => void archive(row, true),
              },
          deleteOf(resource, () => void remove(row)),
        ]}
        createAction={<CreateButton target={create} />}
        empty={{ icon: IconList, title: `No ${resource.title.many.toLowerCase()} yet`, text: lead }}
      />
    </>
  )
}

function columnsOf(tab: string): Column<PicklistItem>[] {
  const isCurrency = picklists[tab]?.name === 'currency'
  return [
    { key: 'name', title: 'Name', render: (row) => row.name },
    {
      key: 'code',
      title: 'Code',
      render: (row) => (row.code ? <Code>{row.code}</Code> : <Absent />),
      fact: true,
    },
    ...(isCurrency ? currencyColumns : []),
    ...(tab === 'bill-grouping-keys' ? exclusiveColumns : []),
    {
      key: 'archived',
      title: 'State',
      width: 130,
      render: (row) => (
        <State tone={row.archived ? 'quiet' : 'good'}>{row.archived ? 'Archived' : 'In use'}</State>
      ),
    },
  ]
}

const currencyColumns: Column<PicklistItem>[] = [
  {
    key: 'places',
    title: 'Max decimal places',
    align: 'right',
    width: 160,
    render: (row) => row.maxDecimalPlaces ?? 2,
  },
  {
    key: 'rounding',
    title: 'Rounding mode',
    width: 180,
    render: (row) => words(row.roundingMode ?? 'HALF_UP'),
  },
]

const exclusiveColumns: Column<PicklistItem>[] = [
  {
    key: 'exclusive',
    title: 'Exclusive',
    width: 120,
    render: (row) => (row.exclusive ? 'Yes' : 'No'),
  },
]
