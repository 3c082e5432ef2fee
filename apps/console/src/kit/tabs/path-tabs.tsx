/**
 * Tabs that are places of their own: the address names the open one.
 *
 *     <PathTabs label="Organization" base="/settings/organization" current={tab} tabs={[{ key: '', title: 'Overview' }, { key: 'currencies', title: 'Currencies' }]} />
 */
import { AppLink } from '../link.tsx'
import classes from './path-tabs.module.css'

export type PathTab = { key: string; title: string; count?: number }

type PathTabsProps = { label: string; base: string; current: string; tabs: PathTab[] }

export function PathTabs({ label, base, current, tabs }: PathTabsProps) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <AppLink
          key={tab.key}
          to={tab.key === '' ? base : `${base}/${tab.key}`}
          className={classes.tab}
          {...(tab.key === current ? { 'aria-current': 'page' as const } : {})}
        >
          {tab.title}
          {tab.count !== undefined && <small>{tab.count}</small>}
        </AppLink>
      ))}
    </nav>
  )
}
