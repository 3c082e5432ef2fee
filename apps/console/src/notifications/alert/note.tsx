import { Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ActButton } from '../../kit/act-button.tsx'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { keysOf } from '../../kit/query/resource.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'
import { type Alert, alertRight } from './alert.ts'

/** What was found out or done about an alert, for whoever looks next. */
export function AlertNote({ alert }: { alert: Alert }) {
  const api = useOrganizationApi()
  const { id } = useOrganization()
  const client = useQueryClient()
  const [note, setNote] = useState(alert.note ?? '')

  async function save() {
    try {
      const body = { status: alert.status, version: alert.version, note: note || undefined }
      await api.put(`/alerts/${alert.id}/status`, { body })
      savedToast('Note saved')
    } catch (cause) {
      failedToast(cause, 'The note was not saved')
    } finally {
      await client.invalidateQueries({ queryKey: keysOf(id, '/alerts').all })
    }
  }

  return (
    <>
      <Textarea
        label="Note"
        mt="xs"
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {note !== (alert.note ?? '') && (
        <ActButton right={alertRight} size="xs" mt="xs" onClick={() => void save()}>
          Save note
        </ActButton>
      )}
    </>
  )
}
