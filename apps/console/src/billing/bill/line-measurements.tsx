/** The measurements behind a usage line, newest first; of a compound aggregation, those of each part. */

import type { LineExplanationAnswer } from '@countinghouse/contract/billing/line-explanation.ts'
import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { counted, grouped } from '../../kit/format/digits.ts'
import { Moment } from '../../kit/format/moment.tsx'
import { Code } from '../../kit/format/state.tsx'
import { ListTable } from '../../kit/list/list-table.tsx'
import classes from './bill.module.css'
import { useCompoundParts, useLineMeasurements } from './queries.ts'

export function LineMeasurements({ why }: { why: LineExplanationAnswer }) {
  const { measured, question } = why
  const isUntold = measured === undefined && question?.aggregationKind === 'COMPOUND'
  const readNow = useCompoundParts(isUntold ? question.aggregationId : null)
  const parts = measured === undefined ? readNow : partsOf(measured)
  const [chosen, setChosen] = useState<string | null>(null)
  const { source, total, field } = useLineMeasurements(why.billId, why.lineItemId, chosen)
  return (
    <>
      {parts.length > 1 && (
        <SegmentedControl
          display="flex"
          w="fit-content"
          my="xs"
          value={chosen ?? parts[0]?.id ?? ''}
          onChange={setChosen}
          data={parts.map((part) => ({ value: part.id, label: part.name }))}
        />
      )}
      {total !== undefined && total > 0 && (
        <p className={classes.none}>{counted(total, 'measurement')} in all.</p>
      )}
      <ListTable
        small
        label="Measurements behind this line"
        source={source}
        columns={[
          {
            key: 'ts',
            title: 'Time',
            width: 150,
            render: (row) => <Moment at={row.ts} alwaysExact />,
          },
          {
            key: 'uid',
            title: 'UID',
            render: (row) => <Code>{row.uid}</Code>,
            grow: true,
            fact: 'bare',
          },
          {
            key: 'received',
            title: 'Received',
            width: 150,
            wide: true,
            render: (row) => <Moment at={row.receivedAt} alwaysExact />,
          },
          {
            key: 'value',
            title: field || 'Value',
            align: 'right',
            render: (row) => shown(row.value),
            fact: 'side',
          },
        ]}
        empty={{
          title: 'No measurements',
          text: 'The quantity is the default value of the aggregation, or made from custom fields alone.',
        }}
      />
    </>
  )
}

/** What a compound aggregation read when the line was calculated, whatever it reads now. */
function partsOf(
  measured: NonNullable<LineExplanationAnswer['measured']>,
): { id: string; name: string }[] {
  return measured.flatMap(({ read }) =>
    read === undefined ? [] : [{ id: read.aggregationId, name: read.name }],
  )
}

function shown(value: string | null): string {
  if (value === null) return '–'
  return /^-?\d+(\.\d+)?$/.test(value) ? grouped(value) : value
}
