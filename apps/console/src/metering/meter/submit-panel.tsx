/** Three ways to send to this very meter: code samples, a form for one measurement, a CSV file. */

import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import { Anchor, SegmentedControl } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { LACKS_RIGHT } from '../../kit/act-button.tsx'
import { type RequestFailure, toFailure } from '../../kit/api/request-failure.ts'
import { CodeTabs } from '../../kit/code-block.tsx'
import { counted } from '../../kit/format/digits.ts'
import { Copyable } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { useCan, useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { keysOf } from '../../kit/query/resource.ts'
import { savedToast } from '../../kit/toast.tsx'
import { CsvRefusal } from './csv-refusal.tsx'
import { useCsvTemplate } from './csv-template.ts'
import classes from './meter.module.css'
import { submissionSamples } from './sample.ts'
import { SubmitForm } from './submit-form.tsx'
import { submitRight } from './submit-right.ts'

export function SubmitPanel({ meter }: { meter: Meter }) {
  const list = useListState(['submit'])
  const way = list.filters['submit'] ?? 'api'
  const { id } = useOrganization()
  const [now] = useState(() => new Date())
  const url = `${window.location.origin}/organizations/${id}/measurements`
  return (
    <Panel
      title="Submit measurements"
      actions={
        <SegmentedControl
          value={way}
          onChange={(next) => list.set({ submit: next })}
          data={[
            { value: 'api', label: 'Ingest API' },
            { value: 'form', label: 'Form' },
            { value: 'csv', label: 'CSV file' },
          ]}
        />
      }
    >
      {way === 'api' && (
        <>
          <p className={classes.url}>
            <span>POST</span> <Copyable text={url} label="Copy URL" />
          </p>
          <CodeTabs samples={submissionSamples(url, meter, now)} />
          <p className={classes.hint}>
            The access key belongs to a{' '}
            <AppLink to="/settings/access/service-users">service user</AppLink> that may submit
            measurements. Write the code of one of your accounts: a code that is not known makes a
            new account.
          </p>
        </>
      )}
      {way === 'form' && <SubmitForm meter={meter} />}
      {way === 'csv' && <CsvUpload meter={meter} />}
    </Panel>
  )
}

function CsvUpload({ meter }: { meter: Meter }) {
  const api = useOrganizationApi()
  const client = useQueryClient()
  const { id } = useOrganization()
  const [failure, setFailure] = useState<RequestFailure | null>(null)
  const [fileName, setFileName] = useState('')
  const [isSending, setSending] = useState(false)
  const downloadTemplate = useCsvTemplate(meter.id)
  const may = useCan(submitRight.action, submitRight.resource)

  async function send(file: File | undefined) {
    if (!file) return
    setFileName(file.name)
    setSending(true)
    setFailure(null)
    try {
      const { rows } = await api.post<{ rows: number }>(`/meters/${meter.id}/csvupload`, {
        body: { content: await file.text() },
      })
      savedToast(`${counted(rows, 'measurement')} of ${file.name} accepted`)
      await client.invalidateQueries({
        queryKey: keysOf(id, `/meters/${meter.id}/measurements`).all,
      })
    } catch (cause) {
      setFailure(toFailure(cause))
    } finally {
      setSending(false)
    }
  }

  return (
    <>
      <Dropzone
        onDrop={(files) => void send(files[0])}
        accept={['text/csv', 'application/vnd.ms-excel']}
        maxFiles={1}
        loading={isSending}
        disabled={!may}
        className={classes.drop ?? ''}
      >
        {may
          ? 'Drop the filled template here, or click to choose it. At most 1,000 rows; any error refuses the whole file.'
          : LACKS_RIGHT}
      </Dropzone>
      <p className={classes.hint}>
        The template has a column for every data field and one row as an example:{' '}
        <Anchor inherit component="button" type="button" onClick={downloadTemplate}>
          download the CSV template
        </Anchor>
        .
      </p>
      {failure && <CsvRefusal fileName={fileName} failure={failure} />}
    </>
  )
}
