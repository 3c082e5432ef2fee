/** The same statements as text; both sides can be edited, whichever is quicker. */
import {
  type PermissionStatement,
  permissionPolicy,
} from '@countinghouse/contract/organization/permission-policy.ts'
import { useState } from 'react'
import { problemsOf } from '../../kit/form/check.ts'
import classes from './permission-policy.module.css'

type Props = {
  statements: PermissionStatement[]
  onChange: (statements: PermissionStatement[]) => void
}

export function JsonEditor({ statements, onChange }: Props) {
  const [draft, setDraft] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  function change(text: string) {
    setDraft(text)
    const read = readStatements(text)
    if (typeof read === 'string') return setProblem(read)
    setProblem(null)
    onChange(read)
  }

  return (
    <section>
      <h2 className={classes.jsonTitle}>As JSON</h2>
      <textarea
        className={classes.json}
        aria-label="Statements as JSON"
        spellCheck={false}
        value={draft ?? JSON.stringify(statements, null, 2)}
        onChange={(event) => change(event.currentTarget.value)}
        onBlur={() => {
          if (problem === null) setDraft(null)
        }}
      />
      {problem && <p className={classes.jsonProblem}>{problem}</p>}
    </section>
  )
}

function readStatements(text: string): PermissionStatement[] | string {
  try {
    const value: unknown = JSON.parse(text)
    const [found] = Object.entries(
      problemsOf(permissionPolicy.body, { name: 'x', permissionPolicy: value }),
    )
    return found
      ? `${found[0].replace('permissionPolicy.', 'Statement ')}: ${found[1]}`
      : (value as PermissionStatement[])
  } catch (cause) {
    return cause instanceof Error ? cause.message : 'This is not JSON.'
  }
}
