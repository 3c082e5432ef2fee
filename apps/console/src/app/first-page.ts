/** Tells when the first page stands (first-page-stands.ts), and then fetches what the next ones are made of. */
import { queryClient } from '../kit/query/client.ts'
import { firstPageStands } from './first-page-stands.ts'

/** Between two answers a page may be about to ask for more. */
const QUIET_MS = 200
/** Before anybody has found where to go next. */
const NEXT_MS = 1000
/** Something may never be answered. */
const AT_MOST_MS = 5000

/** Called when a page has been drawn for the first time. */
export function awaitFirstPage(): void {
  let timer = 0
  const cache = queryClient.getQueryCache()
  const stop = cache.subscribe(look)
  const latest = window.setTimeout(stand, AT_MOST_MS)
  look()

  function look(): void {
    window.clearTimeout(timer)
    if (queryClient.isFetching() === 0) timer = window.setTimeout(stand, QUIET_MS)
  }

  function stand(): void {
    stop()
    window.clearTimeout(timer)
    window.clearTimeout(latest)
    firstPageStands.set(true)
    window.setTimeout(() => void prepareNextPages(), NEXT_MS)
  }
}

/** What nearly every other page is made of. What fails to come now is asked for again when it is needed. */
async function prepareNextPages(): Promise<void> {
  await Promise.allSettled([
    import('./mantine-rest.css'),
    import('../kit/list/list-page.tsx'),
    import('../kit/detail/detail-page.tsx'),
    import('../kit/page/help-note.tsx'),
    import('./frame/command-palette.tsx'),
    import('./frame/tasks-panel.tsx'),
  ])
}
