/** The measurements behind a usage line, newest first. */

import { grouped } from '../../kit/format/digits.ts'
import { Moment } from '../../kit/format/moment.tsx'
import { Code } from '../../kit/format/state.tsx'
import { ListTable } from '../../kit/list/list-table.tsx'
import { type LineMeasurement, useLineMeasurements } from './queries.ts'

export function LineMeasurements({ billId, lineId }: { billId: string; lineId: string }) {
  const source = useLineMeasurements(billId, lineId)
  const codes = [...new Set(source.rows.flatMap((row) => Object.keys(row.values)))]
  return (
    <ListTable<LineMeasurement>
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
        { key: 'uid', title: 'UID', render: (row) => <Code>{row.uid}</Code>, fact: true },
        { key: 'meter', title: 'Meter', render: (row) => <Code>{row.meter}</Code> },
        ...codes.map((code) => ({
          key: `value-${code}`,
          title: code,
          align: 'right' as const,
          render: (row: LineMeasurement) => shown(row.values[code]),
          fact: true,
        })),
      ]}
      empty={{
        title: 'No measurements',
        text: 'The quantity is the default value of the aggregation, or made from custom fields alone.',
      }}
    />
  )
}

function shown(value: string | undefined): string {
  if (value === undefined) return '–'
  return /^-?\d+(\.\d+)?$/.test(value) ? grouped(value) : value
}
