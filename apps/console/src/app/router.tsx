/** The route tree: pages outside organizations first, then every section below /o/$orgId. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { whenSignedOut } from '../kit/api/client.ts'
import { queryClient } from '../kit/query/client.ts'
import { CrashPage, NotFoundNotice, NotFoundPage } from './error-pages.tsx'
import { awaitFirstPage } from './first-page.ts'
import { Frame } from './frame/frame.tsx'
import { openOrganization } from './frame/organization-state.ts'
import { HomePage } from './home.tsx'
import { isNewerReady, loadNewerVersion, loadPart } from './newer-version.ts'
import { session } from './pages/session.ts'
import { Root } from './root.tsx'
import type { PageRoute } from './section.ts'
import { sections } from './sections.ts'
import { askToSignInAgain } from './session/signed-out.ts'
import { meQuery } from './session.ts'

const root = createRootRoute({
  component: Root,
  notFoundComponent: NotFoundPage,
  errorComponent: CrashPage,
})
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: HomePage,
  loader: () => void queryClient.prefetchQuery(meQuery),
})
const organization = createRoute({
  getParentRoute: () => root,
  path: '/o/$orgId',
  component: Frame,
  notFoundComponent: NotFoundNotice,
  loader: ({ params }) => openOrganization(params.orgId),
  // Only on entering: what changes later is followed by the frame.
  shouldReload: false,
})

const lazy = ({ load, component, isFirst = false }: PageRoute) =>
  lazyRouteComponent(
    () => loadPart(load as () => Promise<Record<string, () => React.ReactNode>>, { isFirst }),
    component,
  )

const outside = session.routes.map((each) =>
  createRoute({ getParentRoute: () => root, path: each.path, component: lazy(each) }),
)

const inside = sections
  .flatMap((section) => section.routes)
  .map((each) =>
    createRoute({ getParentRoute: () => organization, path: each.path, component: lazy(each) }),
  )

export const router = createRouter({
  routeTree: root.addChildren([home, ...outside, organization.addChildren(inside)]),
  defaultPreload: 'intent',
  defaultPreloadDelay: 60,
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: CrashPage,
  scrollRestoration: true,
  scrollToTopSelectors: ['#main'],
  // Plain text both ways: a filter on the code "007" must not become the number 7.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(
      Object.entries(search as Record<string, unknown>).flatMap(([key, value]) =>
        value === undefined || value === null || value === '' ? [] : [[key, String(value)]],
      ),
    ).toString()
    return text === '' ? '' : `?${text}`
  },
})

whenSignedOut(() => {
  const { pathname, href } = router.state.location
  if (!pathname.startsWith('/o/') && !['/select-organization', '/profile', '/'].includes(pathname))
    return
  if (askToSignInAgain()) return
  queryClient.clear()
  void router.navigate({ to: '/login', search: { next: href } as never, replace: true })
})

router.subscribe('onBeforeNavigate', ({ pathChanged, toLocation }) => {
  if (pathChanged && isNewerReady.get()) loadNewerVersion(toLocation.href)
})

const stopWaiting = router.subscribe('onRendered', ({ toLocation }) => {
  // The way in only leads on.
  if (toLocation.pathname === '/') return
  stopWaiting()
  awaitFirstPage()
})
