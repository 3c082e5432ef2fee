/** The refused measurement as it was sent, to be mended and sent again. */

import type { IngestFailure, RefusalType } from '@countinghouse/contract/metering/ingest-event.ts'
import { Alert, Button, Group, JsonInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { parseExact } from '../../kit/api/exact-json.ts'
import { RequestFailure, toFailure } from '../../kit/api/request-failure.ts'
import { CodeBlock } from '../../kit/code-block.tsx'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Await, Lines } from '../../kit/page/states.tsx'
import { usePopUp } from '../../kit/pop-up.tsx'
import { savedToast } from '../../kit/toast.tsx'

type LogFile = { errorType: string; errorMessage: string; measurement: unknown }

export function useResubmit(): (failure: IngestFailure, actioned: () => void) => void {
  const popUp = usePopUp()
  return (failure, actioned) =>
    popUp({ title: titles[failure.type] ?? 'Fix and resubmit', size: 640 }, (close) => (
      <Original
        failure={failure}
        done={() => {
          close()
          actioned()
        }}
      />
    ))
}

const titles: Partial<Record<RefusalType, string>> = {
  CalculationError: 'Counted without a derived field',
  DuplicateUid: 'A uid that was counted before',
}

type Props = { failure: IngestFailure; done: () => void }

function Original({ failure, done }: Props) {
  const api = useOrganizationApi()
  const { id } = useOrganization()
  const log = useQuery({
    queryKey: ['organization', id, 'failed-ingest', failure.id],
    queryFn: async () => {
      const { url } = await api.get<{ url: string }>(
        failure.getDownloadUrl.replace(/^.*\/organizations\/[^/]+/, ''),
      )
      // By its path: people may have come by another name of this server than the one in the link.
      const { pathname, search } = new URL(url)
      const answer = await fetch(pathname + search)
      return parseExact(await answer.text()) as LogFile
    },
  })
  return (
    <Await query={log} skeleton={<Lines count={6} />}>
      {({ measurement }) =>
        failure.type === 'CalculationError' ? (
          <Counted failure={failure} original={measurement} done={done} />
        ) : (
          <Editor failure={failure} original={measurement} done={done} />
        )
      }
    </Await>
  )
}

/** It is stored and its uid is taken: sending it again would only be a repeat (metering 6.1). */
function Counted({ failure, original, done }: Props & { original: unknown }) {
  return (
    <>
      <Alert color="ochre" mb="sm">
        {failure.message} The measurement is counted, without this field. Correct the calculation of
        the meter for later ones; there is nothing to send again.
      </Alert>
      <CodeBlock language="json" code={JSON.stringify(original, null, 2)} />
      <Group mt="md" gap="xs" justify="flex-end">
        <Button onClick={done}>Mark as actioned</Button>
      </Group>
    </>
  )
}

function Editor({ failure, original, done }: Props & { original: unknown }) {
  const api = useOrganizationApi()
  const [text, setText] = useState(() => JSON.stringify(original, null, 2))
  const [refused, setRefused] = useState<RequestFailure | null>(null)
  const [isSending, setSending] = useState(false)
  const isRepeat = failure.type === 'DuplicateUid'

  async function send() {
    setSending(true)
    setRefused(null)
    try {
      await api.post('/measurements', { body: { measurements: [parseExact(text)] } })
      savedToast('Sent again. It counts as soon as nothing is wrong with it.')
      done()
    } catch (cause) {
      setRefused(
        cause instanceof SyntaxError
          ? new RequestFailure({ status: -1, code: 'JSON', message: 'The text is not JSON.' })
          : toFailure(cause),
      )
    } finally {
      setSending(false)
    }
  }

  return (
    <>
      <Alert color="ochre" mb="sm">
        {failure.message}
        {isRepeat && ' If this is another event, give it a uid of its own and send it.'}
      </Alert>
      <JsonInput
        label="Measurement"
        value={text}
        onChange={setText}
        autosize
        minRows={10}
        maxRows={22}
        validationError="This is not JSON"
        spellCheck={false}
      />
      {refused && (
        <Alert color="oxblood" mt="sm" title={refused.message}>
          {refused.errors.map((problem) => problem.message).join(' ')}
        </Alert>
      )}
      <Group mt="md" gap="xs" justify="flex-end">
        {isRepeat && (
          <Button variant="default" onClick={() => setText(withNewUid(text))}>
            Give it a new uid
          </Button>
        )}
        <Button variant="default" onClick={done}>
          Mark as actioned only
        </Button>
        <Button loading={isSending} onClick={() => void send()}>
          Send again and mark as actioned
        </Button>
      </Group>
    </>
  )
}

function withNewUid(text: string): string {
  try {
    const measurement = parseExact(text) as Record<string, unknown>
    return JSON.stringify({ ...measurement, uid: crypto.randomUUID() }, null, 2)
  } catch {
    return text
  }
}
