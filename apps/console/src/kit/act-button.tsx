/**
 * A button for an act that takes a right. Closed, with the reason, for who lacks it (console 3.4).
 *
 *     <ActButton right={{ action: 'config:create', resource: 'config:billJob' }} onClick={run}>Run billing</ActButton>
 */
import { Button, type ButtonProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { useCan } from './organization.ts'

export const LACKS_RIGHT = 'You need a permission policy that allows this. Ask an administrator.'

type ActButtonProps = ButtonProps & {
  right: { action: string; resource: string }
  onClick?: () => void
  /** In a form, instead of `onClick`. */
  type?: 'submit'
  children: ReactNode
}

export function ActButton({ right, onClick, type, children, ...props }: ActButtonProps) {
  const may = useCan(right.action, right.resource)
  if (may)
    return (
      <Button {...props} {...(type && { type })} {...(onClick && { onClick })}>
        {children}
      </Button>
    )
  return (
    <Button {...props} data-disabled aria-disabled data-tip={LACKS_RIGHT}>
      {children}
    </Button>
  )
}
