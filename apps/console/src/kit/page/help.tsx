/**
 * The small ? beside a label: opens on click and by keyboard, closes with Escape (console 5.2). The
 * library that opens it comes with the first click, so that no page waits for it.
 */
import { IconHelpCircle } from '@tabler/icons-react'
import { type ComponentPropsWithRef, type ReactNode, useState } from 'react'
import classes from './page.module.css'

type Note = (props: { label: string; children: ReactNode }) => ReactNode

export function Help({ label, children }: { label: string; children: ReactNode }) {
  const [Opened, setOpened] = useState<Note | null>(null)
  if (Opened) return <Opened label={label}>{children}</Opened>
  const open = () =>
    import('./help-note.tsx').then(({ HelpNote }) => setOpened(() => HelpNote), say)
  return <HelpButton label={label} onClick={() => void open()} />
}

async function say(cause: unknown): Promise<void> {
  const { failedToast } = await import('../toast.tsx')
  failedToast(cause)
}

type HelpButtonProps = ComponentPropsWithRef<'button'> & { label: string }

export function HelpButton({ label, ...props }: HelpButtonProps) {
  return (
    <button type="button" aria-label={`About ${label}`} {...props} className={classes.help}>
      <IconHelpCircle size={14} stroke={1.6} />
    </button>
  )
}
