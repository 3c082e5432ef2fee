/** The frame around every page of an organization: top bar, Nav panel, content, side panel (console 1.1). */
import { useLocalStorage } from '@mantine/hooks'
import { Outlet, useLocation, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { OrganizationContext } from '../../kit/organization.ts'
import { Page } from '../../kit/page/page.tsx'
import { DetailSkeleton, Failure } from '../../kit/page/states.tsx'
import { useThemeOfPerson } from '../preferences.ts'
import { sections } from '../sections.ts'
import classes from './frame.module.css'
import { useFrameHotkeys } from './hotkeys.ts'
import { useLiveChanges } from './live-changes.ts'
import { Mark } from './mark.tsx'
import { NavPanel } from './nav-panel.tsx'
import { OfflineNotice } from './offline-notice.tsx'
import { useOrganizationState } from './organization-state.ts'
import type { Overlay } from './overlay.ts'
import { useTasks } from './tasks.ts'
import { TopBar } from './top-bar.tsx'

const TasksPanel = lazy(() =>
  import('./tasks-panel.tsx').then((module) => ({ default: module.TasksPanel })),
)
const CommandPalette = lazy(() =>
  import('./command-palette.tsx').then((module) => ({ default: module.CommandPalette })),
)
const Shortcuts = lazy(() =>
  import('./shortcuts.tsx').then((module) => ({ default: module.Shortcuts })),
)

export function Frame() {
  const { orgId = '' } = useParams({ strict: false }) as { orgId?: string }
  const state = useOrganizationState(orgId)
  if (state.error) return <Failure error={state.error} retry={state.retry} />
  if (!state.organization) return <Opening />
  return (
    <OrganizationContext value={state.organization}>
      <FramedPage key={orgId} />
    </OrganizationContext>
  )
}

function FramedPage() {
  const [overlay, setOverlay] = useState<Overlay>(null)
  const [isNavOpen, setNavOpen] = useLocalStorage({
    key: 'countinghouse-nav',
    defaultValue: true,
    getInitialValueInEffect: false,
  })
  const tasks = useTasks(overlay === 'tasks', useLiveChanges())
  const path = useLocation({ select: (location) => location.pathname.replace(/^\/o\/[^/]+/, '') })
  const section = sections.find((each) => each.path.split('/')[1] === path.split('/')[1])
  const hasNav = section !== undefined && section.pages.length > 1
  useFrameHotkeys(setOverlay)
  useThemeOfPerson()

  return (
    <div
      className={classes.frame}
      data-nav={hasNav ? (isNavOpen ? 'open' : 'closed') : 'none'}
      data-side={overlay === 'tasks' || undefined}
    >
      <a className={classes.skip} href="#main">
        Skip to the page
      </a>
      <TopBar section={section} tasks={tasks} overlay={overlay} setOverlay={setOverlay} />
      {hasNav && <NavPanel section={section} path={path} isOpen={isNavOpen} setOpen={setNavOpen} />}
      <main id="main" className={classes.main} tabIndex={-1} data-scroll-restoration-id="main">
        <Outlet />
      </main>
      <OfflineNotice />
      <Suspense fallback={null}>
        {overlay === 'tasks' && <TasksPanel tasks={tasks} close={() => setOverlay(null)} />}
        {overlay === 'palette' && <CommandPalette close={() => setOverlay(null)} />}
        {overlay === 'shortcuts' && <Shortcuts close={() => setOverlay(null)} />}
      </Suspense>
    </div>
  )
}

/** The shape of the frame while the organization is read. */
function Opening() {
  return (
    <div
      className={classes.frame}
      data-nav="none"
      role="status"
      aria-label="Opening the organization"
    >
      <div className={classes.bar}>
        <span className={classes.brand}>
          <Mark />
          <span>Countinghouse</span>
        </span>
      </div>
      <div className={classes.main}>
        <Page>
          <DetailSkeleton />
        </Page>
      </div>
    </div>
  )
}
