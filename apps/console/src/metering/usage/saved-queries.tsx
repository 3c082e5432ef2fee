/** Questions kept under a name: open one, keep the present one, delete. */

import { savedQuery } from '@countinghouse/contract/metering/saved-query.ts'
import type { MovingUsageQuery } from '@countinghouse/contract/metering/usage-query.ts'
import { Button, Menu, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { Field } from '../../kit/form/field.tsx'
import { FormBody, FormSection } from '../../kit/form/form-page.tsx'
import { MenuEntries, type MenuEntry } from '../../kit/list/list-toolbar.tsx'
import { useList, useUpdate } from '../../kit/query/resource.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'
import { fromQuery, type Question } from './question.ts'

type Saved = { id: string; version: number; name: string; usageQuery: MovingUsageQuery }

type SavedQueriesProps = {
  current: MovingUsageQuery
  /** The one that was opened, or under whose name the present one was kept. */
  openedId: string | undefined
  open: (question: Question, id: string) => void
  keptAs: (id: string) => void
}

export function SavedQueries({ current, openedId, open, keptAs }: SavedQueriesProps) {
  const saved = useList<Saved>(savedQuery)
  const [isNaming, naming] = useDisclosure()
  const acts = useActs(current)
  const opened = saved.rows.find((row) => row.id === openedId)
  return (
    <>
      <Menu width={260}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} />}>
            {opened?.name ?? 'Saved queries'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {saved.rows.length === 0 && <Menu.Label>None saved yet</Menu.Label>}
          {saved.rows.map((row) => (
            <Menu.Item
              key={row.id}
              leftSection={<IconCheck size={14} opacity={row === opened ? 1 : 0} />}
              onClick={() => open(fromQuery(row.usageQuery), row.id)}
            >
              {row.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <MenuEntries
            follow={() => undefined}
            entries={[
              ...(opened ? [acts.updateOf(opened)] : []),
              {
                label: 'Save as a new query',
                run: naming.open,
                needs: ['create', savedQuery.permission],
              },
              ...(opened ? [acts.removeOf(opened)] : []),
            ]}
          />
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isNaming} onClose={naming.close} title="Save this query">
        <NameForm current={current} close={naming.close} keptAs={keptAs} />
      </Modal>
    </>
  )
}

function useActs(current: MovingUsageQuery) {
  const update = useUpdate<Saved>(savedQuery)
  const remove = useRemoveWithQuestion<Saved>(savedQuery, {
    consequence: () => 'It is gone for everybody. The question on this page stays as it is.',
  })

  async function keep({ id, name, version }: Saved) {
    try {
      await update.mutateAsync({ id, body: { name, usageQuery: current, version } })
      savedToast(`Query ${name} updated`)
    } catch (cause) {
      failedToast(cause, `Query ${name} was not updated`)
    }
  }

  return {
    updateOf: (opened: Saved): MenuEntry => ({
      label: `Update “${opened.name}”`,
      run: () => void keep(opened),
      needs: ['update', savedQuery.permission],
    }),
    removeOf: (opened: Saved): MenuEntry => ({
      label: `Delete “${opened.name}”`,
      tone: 'bad',
      run: () => void remove(opened),
      needs: ['delete', savedQuery.permission],
    }),
  }
}

type NameFormProps = {
  current: MovingUsageQuery
  close: () => void
  keptAs: (id: string) => void
}

function NameForm({ current, close, keptAs }: NameFormProps) {
  const form = useContractForm({
    resource: savedQuery,
    defaults: { name: '', usageQuery: current },
    toast: 'Query saved',
    onSaved: ({ id }) => {
      close()
      keptAs(id)
    },
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
