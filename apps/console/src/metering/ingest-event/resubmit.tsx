/** The refused measurement as it was sent, to be mended and sent again. */

import type { IngestFailure } from '@countinghouse/contract/metering/ingest-event.ts'
import { Alert, Button, Group, JsonInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type RequestFailure, toFailure } from '../../kit/api/request-failure.ts'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Await, Lines } from '../../kit/page/states.tsx'
import { usePopUp } from '../../kit/pop-up.tsx'
import { savedToast } from '../../kit/toast.tsx'

type LogFile = { errorType: string; errorMessage: string; measurement: unknown }

export function useResubmit(): (failure: IngestFailure, sent: () => void) => void {
  const popUp = usePopUp()
  return (failure, sent) =>
    popUp({ title: `${failure.type}: fix and resubmit`, size: 640 }, (close) => (
      <Resubmit
        failure={failure}
        done={() => {
          close()
          sent()
        }}
      />
    ))
}

function Resubmit({ failure, done }: { failure: IngestFailure; done: () => void }) {
  const api = useOrganizationApi()
  const { id } = useOrganization()
  const log = useQuery({
    queryKey: ['organization', id, 'failed-ingest', failure.id],
    queryFn: async () => {
      const { url } = await api.get<{ url: string }>(
        failure.getDownloadUrl.replace(/^.*\/organizations\/[^/]+/, ''),
      )
      const answer = await fetch(url)
      return (await answer.json()) as LogFile
    },
  })
  return (
    <Await query={log} skeleton={<Lines count={6} />}>
      {(file) => <Editor failure={failure} original={file.measurement} done={done} />}
    </Await>
  )
}

function Editor({
  failure,
  original,
  done,
}: {
  failure: IngestFailure
  original: unknown
  done: () => void
}) {
  const api = useOrganizationApi()
  const [text, setText] = useState(() => JSON.stringify(original, null, 2))
  const [refused, setRefused] = useState<RequestFailure | null>(null)
  const [isSending, setSending] = useState(false)

  async function send() {
    setSending(true)
    setRefused(null)
    try {
      await api.post('/measurements', { body: { measurements: [JSON.parse(text)] } })
      savedToast('Sent again. It counts as soon as nothing is wrong with it.')
      done()
    } catch (cause) {
      setRefused(toFailure(cause))
    } finally {
      setSending(false)
    }
  }

  return (
    <>
      <Alert color="ochre" mb="sm">
        {failure.message}
      </Alert>
      <JsonInput
        label="Measurement"
        value={text}
        onChange={setText}
        autosize
        minRows={10}
        maxRows={22}
        formatOnBlur
        validationError="This is not JSON"
        spellCheck={false}
      />
      {refused && (
        <Alert color="oxblood" mt="sm" title={refused.message}>
          {refused.errors.map((problem) => problem.message).join(' ')}
        </Alert>
      )}
      <Group justify="flex-end" mt="md">
        <Button loading={isSending} onClick={() => void send()}>
          Send again and mark as actioned
        </Button>
      </Group>
    </>
  )
}
