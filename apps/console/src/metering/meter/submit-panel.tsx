/** Three ways to send to this very meter: code samples, a form for one measurement, a CSV file. */

import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import { Alert, SegmentedControl } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type RequestFailure, toFailure } from '../../kit/api/request-failure.ts'
import { CodeTabs } from '../../kit/code-block.tsx'
import { counted } from '../../kit/format/digits.ts'
import { Copyable } from '../../kit/format/state.tsx'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { keysOf } from '../../kit/query/resource.ts'
import { savedToast } from '../../kit/toast.tsx'
import classes from './meter.module.css'
import { submissionSamples } from './sample.ts'
import { SubmitForm } from './submit-form.tsx'

export function SubmitPanel({ meter }: { meter: Meter }) {
  const [way, setWay] = useState('api')
  const { id } = useOrganization()
  const url = `${window.location.origin}/organizations/${id}/measurements`
  return (
    <Panel
      title="Submit measurements"
      actions={
        <SegmentedControl
          value={way}
          onChange={setWay}
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
          <CodeTabs samples={submissionSamples(url, meter)} />
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
  const [isSending, setSending] = useState(false)

  async function send(file: File | undefined) {
    if (!file) return
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
        className={classes.drop ?? ''}
      >
        Drop a filled CSV template here, or click to choose it. At most 1,000 rows; any error
        refuses the whole file.
      </Dropzone>
      {failure && (
        <Alert color="oxblood" mt="sm" title={failure.message}>
          <ul className={classes.problems}>
            {failure.errors.map((problem) => (
              <li key={problem.field + problem.message}>
                {problem.field}: {problem.message}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  )
}
