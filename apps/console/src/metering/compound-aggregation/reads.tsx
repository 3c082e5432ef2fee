/** The aggregations that a calculation reads, each a step nearer to the measurements. */
import { type Aggregation, aggregation } from '@countinghouse/contract/metering/aggregation.ts'
import { parse } from '@countinghouse/engine/calculation/parse.ts'
import { aggregationCodesOf } from '@countinghouse/engine/metering/compound.ts'
import { Code, words } from '../../kit/format/state.tsx'
import { sourceOf } from '../../kit/list/list-source.ts'
import { ListTable } from '../../kit/list/list-table.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { useEvery } from '../../kit/query/every.ts'

export function Reads({ calculation }: { calculation: string }) {
  const all = useEvery<Aggregation>(aggregation)
  const codes = aggregationCodesOf(parse(calculation))
  const rows = all.rows.filter(({ code }) => code !== undefined && codes.includes(code))
  return (
    <Panel title="Reads" count={all.isLoading ? undefined : rows.length} flush>
      <ListTable
        small
        label="Aggregations that it reads"
        source={sourceOf(all.isLoading ? undefined : rows)}
        columns={[
          { key: 'name', title: 'Name', render: (row) => row.name },
          { key: 'code', title: 'Code', render: (row) => <Code>{row.code}</Code>, fact: true },
          {
            key: 'method',
            title: 'Method',
            render: (row) => (
              <>
                {words(row.aggregation)} of <Code>{row.targetField}</Code>
              </>
            ),
            fact: true,
          },
        ]}
        rowPath={(row) => `/metering/aggregations/${row.id}`}
        empty={{
          title: 'It reads no aggregation',
          text: 'Its value is the same in every period, whatever was used.',
        }}
      />
    </Panel>
  )
}
