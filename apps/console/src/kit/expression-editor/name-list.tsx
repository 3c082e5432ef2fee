/** Everything a calculation may name, grouped; a click inserts it. Stands in the aside of a form. */
import { completions } from '@countinghouse/engine/calculation/completions.ts'
import type { Scope } from '@countinghouse/engine/calculation/scope.ts'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import classes from './expression-editor.module.css'

const groups: [string, string][] = [
  ['field', 'Fields'],
  ['aggregation', 'Aggregations'],
  ['custom-field', 'Custom fields'],
  ['system', 'Given'],
  ['function', 'Functions'],
  ['constant', 'Constants'],
  ['cast', 'Conversions'],
]

export function NameList({ scope, insert }: { scope: Scope; insert: (text: string) => void }) {
  const [text, setText] = useState('')
  const all = completions(scope).filter((each) =>
    `${each.signature} ${each.help}`.toLowerCase().includes(text.toLowerCase()),
  )
  return (
    <div className={classes.names}>
      <TextInput
        size="xs"
        placeholder="Find a field or a function"
        aria-label="Find a field or a function"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {groups.map(([kind, title]) => {
        const found = all.filter((each) => each.kind === kind)
        return (
          found.length > 0 && (
            <div key={kind}>
              <h3>{title}</h3>
              {found.map((each) => (
                <button
                  key={each.text}
                  type="button"
                  className={classes.nameEntry}
                  onClick={() => insert(each.text)}
                  title={each.help}
                >
                  <code>{each.signature}</code>
                  <small>{each.help}</small>
                </button>
              ))}
            </div>
          )
        )
      })}
    </div>
  )
}
