/** Appears at the foot while rows are selected. */
import { Button, CloseButton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import classes from './list.module.css'

export type BulkAct<Row> = {
  label: string
  tone?: 'bad'
  /** Why this act does not fit these rows; the button is then closed. */
  closedBecause?: (rows: Row[]) => string | null
  run: (rows: Row[]) => Promise<unknown> | undefined
}

type BulkBarProps<Row> = {
  rows: Row[]
  acts: BulkAct<Row>[]
  /** What the selected rows come to. */
  summary?: ReactNode
  clear: () => void
}

export function BulkBar<Row>({ rows, acts, summary, clear }: BulkBarProps<Row>) {
  const [running, setRunning] = useState<string | null>(null)
  async function start(act: BulkAct<Row>) {
    setRunning(act.label)
    try {
      await act.run(rows)
      clear()
    } catch {
      // The act has told the person; the selection stays for another try.
    } finally {
      setRunning(null)
    }
  }
  return (
    <div className={classes.bulk} role="toolbar" aria-label="Selected rows">
      <span>{rows.length} selected</span>
      {summary}
      {acts.map((act) => {
        const reason = act.closedBecause?.(rows) ?? null
        return (
          <Button
            key={act.label}
            size="xs"
            variant="default"
            {...(act.tone === 'bad' ? { c: 'var(--bad)' } : {})}
            disabled={reason !== null}
            title={reason ?? undefined}
            loading={running === act.label}
            onClick={() => void start(act)}
          >
            {act.label}
          </Button>
        )
      })}
      <CloseButton size="sm" aria-label="Clear the selection" onClick={clear} />
    </div>
  )
}
