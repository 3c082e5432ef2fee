/**
 * State as a word with a dot, colour never alone. Codes and ids in mono, copied by a click.
 *
 *     <State tone="good">Active</State>      tones: good, warn, bad, note, plain, quiet (hollow dot)
 *     <Code>api_tokens</Code>
 *     <Copyable text={account.id} />         shown whole, or `short` on one line, without its middle where there is no room
 */
import { CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './format.module.css'

export type Tone = 'good' | 'warn' | 'bad' | 'note' | 'plain' | 'quiet'

export function State({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.state} data-tone={tone === 'plain' ? undefined : tone}>
      {children}
    </span>
  )
}

export function Code({ children }: { children: ReactNode }) {
  return <code className={classes.code}>{children}</code>
}

/** Characters of the end that stay in sight. */
const END = 6

type CopyableProps = { text: string; short?: boolean; label?: string }

export function Copyable({ text, short, label = 'Copy' }: CopyableProps) {
  return (
    <CopyButton value={text} timeout={1400}>
      {({ copied, copy }) => (
        <button
          type="button"
          className={classes.copyable}
          data-copied={copied || undefined}
          data-tip={copied ? 'Copied' : short ? `${label} ${text}` : label}
          aria-label={`${label} ${text}`}
          onClick={copy}
        >
          {short ? (
            <code className={`${classes.code} ${classes.short}`}>
              <span>{text.slice(0, -END)}</span>
              <span>{text.slice(-END)}</span>
            </code>
          ) : (
            <code className={classes.code}>{text}</code>
          )}
          {copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
        </button>
      )}
    </CopyButton>
  )
}

/** `STANDING_CHARGE` as people read it: `Standing charge`. */
export function words(value: string): string {
  const text = value.replaceAll('_', ' ').toLowerCase()
  const named = text.replace(/\b(api|csv|json|sql|id|url)\b/g, (short) => short.toUpperCase())
  return named.charAt(0).toUpperCase() + named.slice(1)
}
