/** Ctrl/Cmd+K: pages, acts, things by name or code, help, and what was opened last. */
import { Modal, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import { useGo } from '../../kit/link.tsx'
import { useOrganization } from '../../kit/organization.ts'
import classes from './command-palette.module.css'
import type { Overlay } from './overlay.ts'
import { type PaletteEntry, usePaletteEntries } from './palette-entries.ts'
import { rememberPlace } from './recent-places.ts'

type Props = { close: () => void; show: (overlay: Overlay) => void }

export function CommandPalette({ close, show }: Props) {
  const open = useOpen(close)
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const { entries, isLooking } = usePaletteEntries(text, show)

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') open(entries[active])
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const next = (active + step + entries.length) % Math.max(1, entries.length)
    setActive(next)
    document.getElementById(`palette-${next}`)?.scrollIntoView({ block: 'nearest' })
  }

  return (
    <Modal
      opened
      onClose={close}
      withCloseButton={false}
      padding={0}
      size={600}
      aria-label="Command palette"
    >
      <TextInput
        variant="unstyled"
        classNames={{ input: classes.input ?? '', section: classes.inputIcon ?? '' }}
        leftSection={<IconSearch size={16} stroke={1.6} />}
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={`palette-${active}`}
        aria-label="Find a page, a thing or an act"
        placeholder="Find or do anything"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id="palette-list"
        role="listbox"
        aria-label="Found"
        aria-busy={isLooking}
        className={classes.list}
      >
        {entries.map((entry, index) => (
          <div key={`${entry.group}${entry.title}${entry.hint ?? ''}${idOf(entry)}`}>
            {entries[index - 1]?.group !== entry.group && (
              <div className={classes.group}>{entry.group}</div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input that keeps the focus */}
            {/* biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points here */}
            <div
              id={`palette-${index}`}
              role="option"
              aria-selected={index === active}
              className={classes.entry}
              onMouseMove={() => setActive(index)}
              onClick={() => open(entry)}
            >
              <entry.icon size={16} stroke={1.6} />
              <span>{entry.title}</span>
              {entry.hint && <small>{entry.hint}</small>}
            </div>
          </div>
        ))}
      </div>
    </Modal>
  )
}

function useOpen(close: () => void): (entry: PaletteEntry | undefined) => void {
  const { id } = useOrganization()
  const go = useGo()
  const navigate = useNavigate()
  return (entry) => {
    if (!entry) return
    close()
    switch (entry.kind) {
      case 'page':
        if (entry.group !== 'Do') rememberPlace(id, { title: entry.title, path: entry.path })
        return go(entry.path)
      case 'address':
        if (entry.isNewTab) window.open(entry.href, '_blank')
        else void navigate({ href: entry.href })
        return
      case 'act':
        return entry.run()
    }
  }
}

function idOf(entry: PaletteEntry): string {
  return entry.kind === 'page' ? entry.path : ''
}
