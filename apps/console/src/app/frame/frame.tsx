/** The frame around every page of an organization: top bar, Nav panel, content, side panel (console 1.1). */
import { Outlet, useLocation, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { OrganizationContext, useCan, useOrganization } from '../../kit/organization.ts'
import { useIsSetUp } from '../dashboard/is-set-up.ts'
import { onDemand } from '../on-demand.tsx'
import { dashboard } from '../pages/dashboard.ts'
import { useNavOpen, useThemeOfPerson } from '../preferences.ts'
import { sections } from '../sections.ts'
import { useMe } from '../session.ts'
import classes from './frame.module.css'
import { useFrameHotkeys } from './hotkeys.ts'
import { useLiveChanges } from './live-changes.ts'
import { NavPanel } from './nav-panel.tsx'
import { ArchivedNote, Notices } from './notices.tsx'
import { Opening } from './opening.tsx'
import { useOrganizationState } from './organization-state.ts'
import type { Overlay } from './overlay.ts'
import { PageProgress } from './page-progress.tsx'
import { useTasks } from './tasks.ts'
import { TopBar } from './top-bar.tsx'

const ClosedOrganization = onDemand(() =>
  import('./closed-organization.tsx').then((part) => part.ClosedOrganization),
)
const TasksPanel = onDemand(() => import('./tasks-panel.tsx').then((part) => part.TasksPanel))
const SetUpLine = onDemand(() => import('./set-up-line.tsx').then((part) => part.SetUpLine))
const CommandPalette = onDemand(() =>
  import('./command-palette.tsx').then((part) => part.CommandPalette),
)
const Shortcuts = onDemand(() => import('./shortcuts.tsx').then((part) => part.Shortcuts))

export function Frame() {
  const { orgId = '' } = useParams({ strict: false }) as { orgId?: string }
  const state = useOrganizationState(orgId)
  const me = useMe()
  if (state.error) return <ClosedOrganization error={state.error} retry={state.retry} />
  // What a person prefers comes with the rest, so that nothing jumps.
  if (!state.organization || me.isPending) return <Opening />
  return (
    <OrganizationContext value={state.organization}>
      <FramedPage key={orgId} />
    </OrganizationContext>
  )
}

function FramedPage() {
  const [overlay, setOverlay] = useState<Overlay>(null)
  const { isOpen: isNavOpen, setOpen: setNavOpen } = useNavOpen()
  const tasks = useTasks(overlay === 'tasks', useLiveChanges())
  const path = useLocation({ select: (location) => location.pathname.replace(/^\/o\/[^/]+/, '') })
  const section = sections.find((each) => each.path.split('/')[1] === path.split('/')[1])
  const hasNav = section !== undefined && section.pages.length > 1
  const [isSetUp] = useIsSetUp(useOrganization().id)
  const maySetUp = useCan('config:create', 'config:product')
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
      <PageProgress />
      <TopBar section={section} tasks={tasks} overlay={overlay} setOverlay={setOverlay} />
      {hasNav && <NavPanel section={section} path={path} isOpen={isNavOpen} setOpen={setNavOpen} />}
      <main id="main" className={classes.main} tabIndex={-1} data-scroll-restoration-id="main">
        <ArchivedNote />
        <Outlet />
      </main>
      {maySetUp && !isSetUp && section !== dashboard && <SetUpLine key={path} path={path} />}
      <Notices />
      {overlay === 'tasks' && <TasksPanel tasks={tasks} close={() => setOverlay(null)} />}
      {overlay === 'palette' && <CommandPalette close={() => setOverlay(null)} show={setOverlay} />}
      {overlay === 'shortcuts' && <Shortcuts close={() => setOverlay(null)} />}
    </div>
  )
}
