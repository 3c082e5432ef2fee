/** One cache for the whole Console: what was seen before is shown at once and refreshed behind. */
import { onlineManager, QueryClient } from '@tanstack/react-query'
import { isReachable } from '../api/reachable.ts'
import { RequestFailure } from '../api/request-failure.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => isPassing(error) && count < 3,
      retryDelay: (count) => Math.min(1000 * 2 ** count, 8000),
    },
    // A change is sent now or refused now, never some time later.
    mutations: { retry: false, networkMode: 'always' },
  },
})

// While the server is away reading waits, and goes on by itself.
onlineManager.setEventListener((setOnline) => isReachable.watch(() => setOnline(isReachable.get())))

/** Worth another try: no answer, too many requests, or a server that is busy. */
function isPassing(error: unknown): boolean {
  return error instanceof RequestFailure && [0, 429, 502, 503, 504].includes(error.status)
}
