/**
 * The top of every page: breadcrumbs, title line, one line of actions.
 *
 *     <PageHead trail={[{ title: 'Metering' }, { title: 'Meters', to: '/metering/meters' }]} title="Storage" actions={…} />
 *
 * Also names the browser tab.
 */
import { IconChevronRight } from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import { AppLink } from '../link.tsx'
import classes from './page.module.css'

export type Crumb = { title: string; to?: string }

type PageHeadProps = {
  trail?: Crumb[]
  title: string
  /** After the title on the same line: code, state, id. */
  beside?: ReactNode
  /** One sentence under the title. */
  lead?: ReactNode
  actions?: ReactNode
}

export function PageHead({ trail = [], title, beside, lead, actions }: PageHeadProps) {
  return (
    <header className={classes.head}>
      <title>{`${title} · Countinghouse`}</title>
      {trail.length > 0 && (
        <nav className={classes.trail} aria-label="Breadcrumbs">
          {trail.map((crumb, index) => (
            <Fragment key={crumb.to ?? crumb.title}>
              {index > 0 && <IconChevronRight size={12} aria-hidden />}
              {crumb.to ? (
                <AppLink to={crumb.to} className={classes.crumb}>
                  {crumb.title}
                </AppLink>
              ) : (
                <span>{crumb.title}</span>
              )}
            </Fragment>
          ))}
        </nav>
      )}
      <div className={classes.titleLine}>
        <div className={classes.titleGroup}>
          <h1 className={classes.title}>{title}</h1>
          {beside}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {lead && <p className={classes.lead}>{lead}</p>}
    </header>
  )
}
