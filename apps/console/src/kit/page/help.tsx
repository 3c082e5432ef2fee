/**
 * The small ? beside a label: opens on click and by keyboard, closes with Escape (console 5.2). The
 * library that opens it comes with the first click, so that no page waits for it.
 */
import { type ReactNode, useState } from 'react'
import { HelpButton } from './help-button.tsx'

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
