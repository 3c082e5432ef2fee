/** What a question gave: a chart where there is time, and always the table; exported as CSV or JSON. */

import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { Chart } from '../../kit/chart/chart.tsx'
import { grouped } from '../../kit/format/digits.ts'
import { dayText, momentText } from '../../kit/format/moment.tsx'
import { sourceOf } from '../../kit/list/list-source.ts'
import { ListTable } from '../../kit/list/list-table.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { Failure, Lines } from '../../kit/page/states.tsx'
import { saveText } from '../../kit/save-text.ts'
import { chartOf } from './chart-of.ts'
import classes from './explorer.module.css'
import type { UsageAnswer, UsageRow } from './queries.ts'
import type { Question } from './question.ts'

type ResultsProps = {
  usage: UseQueryResult<UsageAnswer>
  question: Question
  meters: readonly Meter[]
}

export function Results({ usage, question, meters }: ResultsProps) {
  if (usage.error) return <Failure error={usage.error} retry={() => void usage.refetch()} />
  if (!usage.data) return <Lines count={8} />
  const { data, hasMoreData } = usage.data
  const keys = [...new Set(data.flatMap((row) => Object.keys(row)))].filter(
    (key) => key !== 'accountId' && key !== 'meterId',
  )
  const chart = chartOf(data, question, meters)
  const rows = data.map((row, at) => ({ ...row, id: String(at) }))
  return (
    <div className={classes.results} aria-busy={usage.isFetching}>
      {chart && (
        <Panel title="Chart">
          <Chart label="Usage" {...chart} height={280} />
        </Panel>
      )}
      <Panel
        title="Table"
        count={hasMoreData ? `${grouped(data.length)}, more exist` : grouped(data.length)}
        flush
        actions={
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
              <Menu.Item onClick={() => saveText('usage.csv', toCsv(data, keys), 'text/csv')}>
                CSV
              </Menu.Item>
              <Menu.Item
                onClick={() =>
                  saveText('usage.json', JSON.stringify(data, null, 2), 'application/json')
                }
              >
                JSON
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        }
      >
        <ListTable<UsageRow & { id: string }>
          small
          label="Usage"
          source={sourceOf(rows)}
          columns={keys.map((key, at) => ({
            key,
            title: titleOf(key),
            ...(isFigure(key) ? { align: 'right' as const } : {}),
            render: (row) => shown(key, row[key]),
            fact: at < 3,
          }))}
          empty={{
            title: 'No usage',
            text: 'Nothing was measured in this period that fits the filters.',
          }}
        />
      </Panel>
    </div>
  )
}

const fixedTitles: Record<string, string> = {
  accountCode: 'Account code',
  accountName: 'Account',
  meterCode: 'Meter',
  timestamp: 'Time',
  endTimestamp: 'End',
  receivedAt: 'Received',
  uid: 'UID',
}

const isFigure = (key: string) => /\.[A-Z]+$/.test(key) || /^(measure|income|cost)\./.test(key)

function titleOf(key: string): string {
  return fixedTitles[key] ?? key
}

function shown(key: string, value: UsageRow[string]): string {
  if (value === null || value === undefined) return '–'
  const text = String(value)
  if (/timestamp|At$/i.test(key))
    return text.endsWith('T00:00:00Z') ? dayText(text.slice(0, 10)) : momentText(text, 'UTC')
  return isFigure(key) ? grouped(value) : text
}

/** A cell that a spreadsheet would take for a formula is quoted as text. */
function toCsv(rows: readonly UsageRow[], keys: readonly string[]): string {
  const cell = (value: UsageRow[string]) => {
    const text = value === null || value === undefined ? '' : String(value)
    const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return [keys, ...rows.map((row) => keys.map((key) => row[key]))]
    .map((line) => line.map(cell).join(','))
    .join('\n')
}
