/** Meter groups: labels that gather meters. Each leads to its meters. */
import { type Meter, meter } from '@countinghouse/contract/metering/meter.ts'
import { type MeterGroup, meterGroup } from '@countinghouse/contract/metering/meter-group.ts'
import { IconFolders, IconPencil } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { grouped } from '../../kit/format/digits.ts'
import { Moment } from '../../kit/format/moment.tsx'
import { ListPage } from '../../kit/list/list-page.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { deleteOf } from '../../kit/list/row-acts.ts'
import { useEvery } from '../../kit/query/every.ts'
import { useList } from '../../kit/query/resource.ts'

export function MeterGroupListPage() {
  const list = useListState()
  const groups = useList<MeterGroup>(meterGroup, list.query)
  const meters = useEvery<Meter>(meter)
  const remove = useRemoveWithQuestion<MeterGroup>(meterGroup, {
    consequence: () =>
      'Nothing is billed by a group. It is refused while meters are in it: take them out first.',
  })
  const sizeOf = (group: MeterGroup) => meters.rows.filter((row) => row.groupId === group.id).length
  return (
    <ListPage
      trail={[{ title: 'Metering' }, { title: 'Meters', to: '/metering/meters' }]}
      title="Meter groups"
      lead="Labels that gather meters which belong together. They have no effect on bills."
      state={list}
      source={groups}
      searchText={(row) => row.name}
      columns={[
        { key: 'name', title: 'Name', render: (row) => row.name, sort: (row) => row.name },
        {
          key: 'meters',
          title: 'Meters',
          align: 'right',
          width: 110,
          render: (row) => (meters.isLoading ? '…' : grouped(sizeOf(row))),
          sort: sizeOf,
          fact: true,
        },
        {
          key: 'modified',
          title: 'Last modified',
          width: 180,
          render: (row) => <Moment at={row.dtLastModified} />,
          sort: (row) => row.dtLastModified,
        },
      ]}
      rowPath={(row) => `/metering/meters?groupId=${row.id}`}
      rowActions={(row) => [
        {
          label: 'Rename',
          icon: IconPencil,
          needs: ['update', meterGroup.permission],
          to: `/metering/meters/groups/${row.id}/edit`,
        },
        deleteOf(meterGroup, () => void remove(row)),
      ]}
      create={{
        label: 'Create meter group',
        to: '/metering/meters/groups/create',
        permission: meterGroup.permission,
      }}
      empty={{
        icon: IconFolders,
        title: 'No meter groups yet',
        text: 'With many meters it helps to gather those that belong together: all of one service, or all that one team sends.',
        docs: 'guides/meters#meter-groups',
      }}
    />
  )
}
