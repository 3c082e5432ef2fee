/** Saves what a list finds as CSV. It goes on while one works elsewhere, and can be cancelled. */
import { dayOf, normalizeZone } from '@countinghouse/engine/time/zone.ts'
import { ActionIcon } from '@mantine/core'
import { IconTableExport } from '@tabler/icons-react'
import type { Api } from '../api/client.ts'
import { csvFile } from '../csv.ts'
import { grouped } from '../format/digits.ts'
import { type Organization, useOrganization, useOrganizationApi } from '../organization.ts'
import type { ListSource } from '../query/resource.ts'
import { saveText } from '../save-text.ts'
import { failedToast, savedToast, workToast } from '../toast.tsx'
import { type CsvFile, exportParts } from './csv-export.ts'

type ExportButtonProps<Row> = {
  file: CsvFile<Row>
  source: ListSource<Row>
  /** As the list shows them; enough when all are there. */
  rows: readonly Row[]
  /** Whether the search of the list, where the page does it, finds a row. */
  keep: (row: Row) => boolean
}

export function ExportButton<Row extends { id: string }>(props: ExportButtonProps<Row>) {
  const organization = useOrganization()
  const api = useOrganizationApi()
  const isEmpty = props.rows.length === 0
  return (
    <ActionIcon
      aria-label="Export as CSV"
      data-tip="Export as CSV"
      disabled={isEmpty}
      onClick={() => void exportList(api, organization, props)}
    >
      <IconTableExport size={15} />
    </ActionIcon>
  )
}

async function exportList<Row extends { id: string }>(
  api: Api,
  organization: Organization,
  { file, source, rows, keep }: ExportButtonProps<Row>,
): Promise<void> {
  const isWhole = !source.hasMore && !source.isRefreshing
  const stop = new AbortController()
  const toast = workToast(`Exporting ${file.name}`, () => stop.abort())
  try {
    const { parts, count } = await exportParts(
      api,
      {
        file,
        rows: isWhole || source.call === undefined ? rows : null,
        call: source.call ?? { path: '' },
        keep,
      },
      stop.signal,
      (written) => toast.say(`Exporting ${file.name}: ${grouped(written)} so far`),
    )
    const name = fileName(organization, file.name)
    saveText(name, csvFile(parts), 'text/csv;charset=utf-8')
    savedToast(`${grouped(count)} ${count === 1 ? 'row' : 'rows'} saved as ${name}`)
  } catch (cause) {
    if (!stop.signal.aborted) failedToast(cause, `The ${file.name} were not exported`)
  } finally {
    toast.end()
  }
}

/** `harbour-works-bills-2026-11-23.csv`, with the day of the organization. */
function fileName({ name, timezone }: Organization, what: string): string {
  const own = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return [own, what, `${dayOf(Date.now(), normalizeZone(timezone))}.csv`].filter(Boolean).join('-')
}
