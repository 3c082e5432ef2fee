import {
  type AccessKey,
  MAX_ACCESS_KEYS,
} from '@countinghouse/contract/organization/service-user.ts'
import { Button } from '@mantine/core'
import { IconKey, IconPlayerPause, IconPlayerPlay, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { confirmAct } from '../../kit/confirm.tsx'
import { DayText, Moment } from '../../kit/format/moment.tsx'
import { Copyable, State, words } from '../../kit/format/state.tsx'
import { ListTable } from '../../kit/list/list-table.tsx'
import { useCan, useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { usePages } from '../../kit/query/resource.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'
import { type NewKey, NewKeyDialog } from './issued-key.tsx'

type Row = AccessKey & { id: string }

export function AccessKeys({ serviceUserId }: { serviceUserId: string }) {
  const path = `/serviceusers/${serviceUserId}/accesskeys`
  const keys = usePages<AccessKey>(path)
  const { act, made, forget } = useKeyActs(path)
  const may = useCan('config:update', 'config:serviceUser')
  const isFull = keys.rows.length >= MAX_ACCESS_KEYS
  const rows = keys.rows.map((key) => ({ ...key, id: key.accessKeyId }))
  return (
    <Panel
      title="Access keys"
      count={keys.isLoading ? undefined : rows.length}
      help="A program signs in with key and secret. Give a new version of it a new key, then retire the old one."
      flush
      actions={
        <span data-tip={isFull ? `At most ${MAX_ACCESS_KEYS} keys. Delete one first.` : undefined}>
          <Button
            size="xs"
            variant="default"
            disabled={!may || isFull}
            leftSection={<IconPlus size={14} />}
            onClick={() => void act.generate()}
          >
            Generate access key
          </Button>
        </span>
      }
    >
      <ListTable
        label="Access keys"
        small
        source={{ ...keys, rows }}
        columns={[
          {
            key: 'id',
            title: 'Access key ID',
            render: (row) => <Copyable text={row.accessKeyId} label="Copy access key ID" />,
          },
          {
            key: 'status',
            title: 'Status',
            width: 120,
            render: (row) => (
              <State tone={row.status === 'ACTIVE' ? 'good' : 'quiet'}>{words(row.status)}</State>
            ),
            fact: true,
          },
          {
            key: 'expires',
            title: 'Expires',
            width: 130,
            render: (row) => <DayText day={row.dtExpires} fallback="never" />,
          },
          {
            key: 'created',
            title: 'Created',
            width: 160,
            render: (row) => <Moment at={row.dtCreated} />,
          },
          {
            key: 'used',
            title: 'Last used',
            width: 160,
            render: (row) => <Moment at={row.dtLastUsed} />,
            fact: true,
          },
        ]}
        rowActions={(row: Row) =>
          may
            ? [
                row.status === 'ACTIVE'
                  ? {
                      label: 'Make inactive',
                      icon: IconPlayerPause,
                      run: () => void act.setStatus(row, 'INACTIVE'),
                    }
                  : {
                      label: 'Make active',
                      icon: IconPlayerPlay,
                      run: () => void act.setStatus(row, 'ACTIVE'),
                    },
                { label: 'Delete', icon: IconTrash, tone: 'bad', run: () => void act.remove(row) },
              ]
            : []
        }
        empty={{
          icon: IconKey,
          title: 'No access key yet',
          text: 'Without a key the program cannot sign in.',
        }}
      />
      {made && <NewKeyDialog made={made} close={forget} />}
    </Panel>
  )
}

function useKeyActs(path: string) {
  const api = useOrganizationApi()
  const { id } = useOrganization()
  const client = useQueryClient()
  const [made, setMade] = useState<NewKey | null>(null)

  async function attempt(work: () => Promise<unknown>, done?: string) {
    try {
      await work()
      if (done) savedToast(done)
    } catch (cause) {
      failedToast(cause)
    } finally {
      await client.invalidateQueries({ queryKey: ['organization', id, path] })
      void client.invalidateQueries({ queryKey: ['organization', id, '/serviceusers'] })
    }
  }

  return {
    made,
    forget: () => setMade(null),
    act: {
      generate: () => attempt(async () => setMade(await api.post<NewKey>(path, { body: {} }))),
      setStatus: (key: AccessKey, status: AccessKey['status']) =>
        attempt(
          () => api.put(`${path}/${key.accessKeyId}`, { body: { status } }),
          `The key is ${status.toLowerCase()} now`,
        ),
      remove: async (key: AccessKey) => {
        const sure = await confirmAct({
          title: 'Delete this access key?',
          text: 'Programs that use it are refused from their next call on. A deleted key cannot be brought back.',
          act: 'Delete key',
        })
        if (sure)
          await attempt(() => api.remove(`${path}/${key.accessKeyId}`), 'Access key deleted')
      },
    },
  }
}
