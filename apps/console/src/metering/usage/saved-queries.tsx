/** Questions kept under a name: open one, keep the present one, delete. */

import { savedQuery } from '@countinghouse/contract/metering/saved-query.ts'
import type { MovingUsageQuery } from '@countinghouse/contract/metering/usage-query.ts'
import { ActionIcon, Button, Menu, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { Field } from '../../kit/form/field.tsx'
import { FormBody, FormSection } from '../../kit/form/form-page.tsx'
import { useList, useUpdate } from '../../kit/query/resource.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'
import { fromQuery, type Question } from './question.ts'

type Saved = { id: string; version: number; name: string; usageQuery: MovingUsageQuery }

export function SavedQueries({
  current,
  open,
}: {
  current: MovingUsageQuery
  open: (question: Question) => void
}) {
  const saved = useList<Saved>(savedQuery)
  const [isNaming, naming] = useDisclosure()
  const [opened, setOpened] = useState<Saved | null>(null)
  const update = useUpdate<Saved>(savedQuery)

  async function keep({ id, name }: Saved) {
    const version = saved.rows.find((row) => row.id === id)?.version ?? opened?.version
    try {
      await update.mutateAsync({ id, body: { name, usageQuery: current, version } })
      savedToast(`Query ${name} updated`)
    } catch (cause) {
      failedToast(cause)
    }
  }

  const remove = useRemoveWithQuestion<Saved>(savedQuery)
  return (
    <>
      <Menu width={260}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} />}>
            Saved queries
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {saved.rows.length === 0 && <Menu.Label>None yet</Menu.Label>}
          {saved.rows.map((row) => (
            <Menu.Item
              key={row.id}
              onClick={() => {
                setOpened(row)
                open(fromQuery(row.usageQuery))
              }}
              rightSection={
                <ActionIcon
                  component="span"
                  size={20}
                  aria-label={`Delete ${row.name}`}
                  onClick={(event) => {
                    event.stopPropagation()
                    void remove(row)
                  }}
                >
                  <IconTrash size={13} />
                </ActionIcon>
              }
            >
              {row.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {opened && saved.rows.some((row) => row.id === opened.id) && (
            <Menu.Item onClick={() => void keep(opened)}>Update “{opened.name}”</Menu.Item>
          )}
          <Menu.Item onClick={naming.open}>Save this query</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isNaming} onClose={naming.close} title="Save this query">
        <NameForm current={current} close={naming.close} />
      </Modal>
    </>
  )
}

function NameForm({ current, close }: { current: MovingUsageQuery; close: () => void }) {
  const form = useContractForm({
    resource: savedQuery,
    defaults: { name: '', usageQuery: current },
    toast: 'Query saved',
    onSaved: close,
    unguarded: true,
  })
  return (
    <FormBody form={form} submit="Save query" onCancel={close}>
      <FormSection>
        <Field name="name" wide autoFocus />
      </FormSection>
    </FormBody>
  )
}
