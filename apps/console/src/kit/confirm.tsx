/**
 * Asks once before a dangerous act and names what happens. Resolves to true when the person goes on.
 *
 *     const remove = useRemoveWithQuestion(meter, { after: () => go('/metering/meters') })
 *     remove(row)                                                            // "Delete meter Storage?"
 *
 *     if (await confirmAct({ title: 'Lock 12 bills?', text: 'Locked bills can never change again.', act: 'Lock bills' })) …
 */
import { Button, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { toFailure } from './api/request-failure.ts'
import { showBlockers } from './blockers.tsx'
import { useHref } from './link.tsx'
import { openModal } from './modal.ts'
import { type Entity, type ResourceShape, useRemove } from './query/resource.ts'
import { failedToast, savedToast } from './toast.tsx'

type Question = { title: string; text: ReactNode; act: string; harmless?: boolean }

export function confirmAct(question: Question): Promise<boolean> {
  return new Promise((answer) => {
    const close = openModal({
      title: question.title,
      size: 440,
      onClose: () => answer(false),
      children: (
        <>
          <Text component="div" c="var(--ink-soft)">
            {question.text}
          </Text>
          <Group justify="flex-end" mt="lg" gap="xs">
            <Button variant="default" onClick={() => close()}>
              Cancel
            </Button>
            <Button
              data-autofocus
              {...(question.harmless ? {} : { color: 'oxblood' })}
              onClick={() => {
                answer(true)
                close()
              }}
            >
              {question.act}
            </Button>
          </Group>
        </>
      ),
    })
  })
}

type RemoveOptions<Row> = { after?: () => void; consequence?: (row: Row) => ReactNode }

export function useRemoveWithQuestion<Row extends Entity>(
  resource: ResourceShape,
  options: RemoveOptions<Row> = {},
) {
  const remove = useRemove(resource)
  const href = useHref()
  const kind = resource.title.one.toLowerCase()
  return async (row: Row): Promise<void> => {
    const label = row.name ?? row.code ?? row.id
    const sure = await confirmAct({
      title: `Delete ${kind} ${label}?`,
      text:
        options.consequence?.(row) ??
        `The ${kind} is gone for good. It is refused while something still uses it.`,
      act: `Delete ${kind}`,
    })
    if (!sure) return
    try {
      await remove.mutateAsync(row.id)
      savedToast(`${resource.title.one} ${label} deleted`)
      options.after?.()
    } catch (cause) {
      const title = `${resource.title.one} ${label} was not deleted`
      if (!showBlockers(toFailure(cause), title, href)) failedToast(cause, title)
    }
  }
}
