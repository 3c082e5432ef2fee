/**
 * Page layout. `Page` gives the margins; `Columns` a main column with a 300 px aside (facts, audit,
 * preview) that falls below on narrow screens; `Panel` a titled part on a hairline.
 *
 *     <Page><PageHead …/><Columns aside={<Facts …/>}><Panel title="Meters" count={3} actions={…}>…</Panel></Columns></Page>
 */
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { FieldLabel } from '../form/field-label.tsx'
import { Help } from './help.tsx'
import classes from './page.module.css'
import { PlaceContext } from './place.ts'

export function Page({ children, narrow }: { children: ReactNode; narrow?: boolean }) {
  return (
    <PlaceContext value="page">
      <div className={clsx(classes.page, narrow && classes.narrow)}>{children}</div>
    </PlaceContext>
  )
}

export function Columns({ children, aside }: { children: ReactNode; aside: ReactNode }) {
  return (
    <div className={classes.columns}>
      <div>{children}</div>
      <aside>{aside}</aside>
    </div>
  )
}

type PanelProps = {
  title: string
  count?: number | string | undefined
  help?: string
  actions?: ReactNode
  /** Tables and facts sit directly on the title's rule. */
  flush?: boolean
  children: ReactNode
}

export function Panel({ title, count, help, actions, flush, children }: PanelProps) {
  return (
    <section className={classes.panel} aria-label={title}>
      <div className={classes.panelHead}>
        <h2 className={classes.panelTitle}>
          {title}
          {count !== undefined && <span className={classes.panelCount}>{count}</span>}
          {help && <Help label={title}>{help}</Help>}
        </h2>
        {actions}
      </div>
      <div className={classes.panelBody} data-flush={flush || undefined}>
        <PlaceContext value="part">{children}</PlaceContext>
      </div>
    </section>
  )
}

export type Fact = { label: string; value: ReactNode; help?: string | undefined } | null | false

/** Labels and values on hairlines; leave out what does not apply by giving null. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact.label}>
              <dt>
                <FieldLabel title={fact.label} help={fact.help} />
              </dt>
              <dd>{fact.value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
