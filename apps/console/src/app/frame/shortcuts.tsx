import { Modal } from '@mantine/core'
import { sections } from '../sections.ts'
import { goKeyOf } from './hotkeys.ts'
import classes from './shortcuts.module.css'

const general: [string, string][] = [
  ['Ctrl K', 'Find or do anything'],
  ['/', 'Search the list'],
  ['c', 'Create, on a list'],
  ['↑ ↓', 'Move in a list'],
  ['Enter', 'Open the row'],
  ['Space', 'Select the row'],
  ['Ctrl Enter', 'Save the form'],
  ['Esc', 'Close what is open'],
  ['?', 'This list'],
]

export function Shortcuts({ close }: { close: () => void }) {
  const places = sections.filter((section) => section.pages.length > 0)
  return (
    <Modal opened onClose={close} title="Keyboard shortcuts" size={640}>
      <div className={classes.columns}>
        <List rows={general} />
        <List
          rows={places.map((section) => [`g ${goKeyOf(section.name)}`, `Go to ${section.name}`])}
        />
      </div>
    </Modal>
  )
}

function List({ rows }: { rows: [string, string][] }) {
  return (
    <dl className={classes.list}>
      {rows.map(([keys, meaning]) => (
        <div key={keys}>
          <dt>
            {keys.split(' ').map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  )
}
