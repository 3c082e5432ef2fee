/** An aggregation: how it counts, its segments, and what uses it. */
import { type Aggregation, aggregation } from '@countinghouse/contract/metering/aggregation.ts'
import {
  type CompoundAggregation,
  compoundAggregation,
} from '@countinghouse/contract/metering/compound-aggregation.ts'
import { type Meter, meter } from '@countinghouse/contract/metering/meter.ts'
import { parse } from '@countinghouse/engine/calculation/parse.ts'
import { aggregationCodesOf } from '@countinghouse/engine/metering/compound.ts'
import { IconTrash } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { DetailPage, EditButton } from '../../kit/detail/detail-page.tsx'
import { CustomFieldsPanel } from '../../kit/detail/metadata.tsx'
import { Quantity } from '../../kit/format/amount.tsx'
import { grouped } from '../../kit/format/digits.ts'
import { Code, words } from '../../kit/format/state.tsx'
import { AppLink, useGo } from '../../kit/link.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { useId } from '../../kit/params.ts'
import { useEvery } from '../../kit/query/every.ts'
import { useOne } from '../../kit/query/resource.ts'
import classes from './aggregation.module.css'
import { LastDays } from './last-days.tsx'
import { UsedBy } from './used-by.tsx'

export function AggregationDetailPage() {
  const id = useId()
  const go = useGo()
  const query = useOne<Aggregation>(aggregation, id)
  const itsMeter = useOne<Meter>(meter, query.data?.meterId)
  const compounds = useEvery<CompoundAggregation>(compoundAggregation)
  const remove = useRemoveWithQuestion<Aggregation>(aggregation, {
    after: () => go('/metering/aggregations'),
  })
  return (
    <DetailPage
      query={query}
      trail={[{ title: 'Metering' }, { title: 'Aggregations', to: '/metering/aggregations' }]}
      title={(row) => row.name}
      code={(row) => row.code}
      actions={() => (
        <EditButton to={`/metering/aggregations/${id}/edit`} permission={aggregation.permission} />
      )}
      menu={(row) => [
        {
          label: 'Delete aggregation',
          icon: IconTrash,
          tone: 'bad',
          needs: ['delete', aggregation.permission],
          run: () => void remove(row),
        },
      ]}
      facts={(row) => [
        {
          label: 'Meter',
          value: (
            <AppLink to={`/metering/meters/${row.meterId}`}>{itsMeter.data?.name ?? '…'}</AppLink>
          ),
        },
        {
          label: 'Counts',
          value: (
            <>
              {words(row.aggregation)} of <Code>{row.targetField}</Code>
            </>
          ),
        },
        { label: 'Unit', value: row.unit },
        { label: 'Quantity per unit', value: grouped(row.quantityPerUnit) },
        { label: 'Rounding', value: words(row.rounding) },
        {
          label: 'Without usage',
          value:
            row.defaultValue === undefined ? (
              'no value, no line'
            ) : (
              <Quantity value={row.defaultValue} />
            ),
        },
      ]}
    >
      {(row) => (
        <>
          <LastDays row={row} meter={itsMeter.data} />
          {(row.segments?.length ?? 0) > 0 && <Segments row={row} meter={itsMeter.data} />}
          <UsedBy
            metricId={row.id}
            compounds={compounds.rows.filter(
              (each) => row.code !== undefined && readsOf(each.calculation).includes(row.code),
            )}
          />
          <CustomFieldsPanel fields={row.customFields} kind="aggregation" />
        </>
      )}
    </DetailPage>
  )
}

/** Codes of the aggregations that a stored calculation reads. */
function readsOf(calculation: string): string[] {
  return aggregationCodesOf(parse(calculation))
}

function Segments({ row, meter: of }: { row: Aggregation; meter: Meter | undefined }) {
  const fields = row.segmentedFields ?? []
  const nameOf = (code: string) =>
    [...(of?.dataFields ?? []), ...(of?.derivedFields ?? [])].find((each) => each.code === code)
      ?.name ?? code
  return (
    <Panel
      title="Segments"
      count={row.segments?.length ?? 0}
      help="Each measurement falls into at most one: the one that names most of its values."
      flush
    >
      <table className={classes.list}>
        <thead>
          <tr>
            {fields.map((field) => (
              <th key={field} scope="col">
                {nameOf(field)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {row.segments?.map((segment) => (
            <tr key={JSON.stringify(segment)}>
              {fields.map((field) => (
                <td key={field} data-other={segment[field] === '*' || undefined}>
                  {segment[field] === '*' ? 'any other' : segment[field]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
