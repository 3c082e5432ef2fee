/**
 * Short words at the corner after an act.
 *
 *     savedToast('Meter Storage updated')                    // or with a link: savedToast('Bill job started', { label: 'Open', href: href('/billing/jobs') })
 *     failedToast(error)                                     // what the server said, and the request id
 *     undoToast('Currency archived', () => restore())
 *     const toast = workToast('Exporting bills', cancel)     // toast.say('1,200 so far'), toast.end()
 */
import { Anchor, Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type RequestFailure, toFailure } from './api/request-failure.ts'

export function savedToast(text: string, link?: { label: string; href: string }): void {
  notifications.show({
    icon: <IconCheck size={15} />,
    autoClose: 4500,
    message: (
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <span>{text}</span>
        {link && (
          <Anchor inherit component={Link} to={link.href}>
            {link.label}
          </Anchor>
        )}
      </Group>
    ),
  })
}

export function failedToast(error: unknown, title?: string): void {
  const failure = toFailure(error)
  notifications.show({
    icon: <IconAlertTriangle size={15} />,
    color: 'oxblood',
    autoClose: 12_000,
    ...(title ? { title } : {}),
    message: (
      <>
        {failure.message}
        {unsaid(failure).map((problem) => (
          <Text key={problem.field + problem.message} size="xs">
            {problem.message}
          </Text>
        ))}
        {failure.requestId && (
          <Text size="xs" c="dimmed">
            Request {failure.requestId}
          </Text>
        )}
      </>
    ),
  })
}

/** Problems that the message does not tell already. */
function unsaid({ message, errors }: RequestFailure) {
  return errors.filter((problem) => !message.includes(problem.message))
}

export function undoToast(text: string, undo: () => void): void {
  const id = notifications.show({
    autoClose: 8000,
    message: (
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <span>{text}</span>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            notifications.hide(id)
            undo()
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  })
}

/** Stays, with a way to stop the work, until the work has ended. */
export function workToast(
  text: string,
  cancel: () => void,
): { say: (text: string) => void; end: () => void } {
  const shown = (words: string) => ({
    loading: true,
    autoClose: false as const,
    withCloseButton: false,
    message: (
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <span>{words}</span>
        <Button size="xs" variant="default" onClick={cancel}>
          Cancel
        </Button>
      </Group>
    ),
  })
  const id = notifications.show(shown(text))
  return {
    say: (words) => notifications.update({ id, ...shown(words) }),
    end: () => notifications.hide(id),
  }
}
