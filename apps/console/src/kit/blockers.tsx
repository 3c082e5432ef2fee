/** What keeps an entity from being deleted, each a link to where it can be dealt with (console 3.3). */
import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { FieldProblem, RequestFailure } from './api/request-failure.ts'
import { openModal } from './modal.ts'

/** Details pages by the words that refusals use. */
const folders: Record<string, string> = {
  product: '/products',
  meter: '/metering/meters',
  aggregation: '/metering/aggregations',
  'compound aggregation': '/metering/compound-aggregations',
  'plan template': '/pricing/plan-templates',
  plan: '/pricing/plans',
  account: '/accounts',
  bill: '/billing/bills',
}

type Blocker = { name: string; path: string | null }

/** Opens the list; false when the refusal names nothing, so that the caller says it another way. */
export function showBlockers(
  failure: RequestFailure,
  title: string,
  href: (to: string) => string,
): boolean {
  if (failure.code !== 'STILL_REFERENCED' || failure.errors.length === 0) return false
  const close = openModal({
    title,
    size: 480,
    children: (
      <>
        <p style={{ margin: '0 0 8px' }}>It is still in use. Delete or change these first:</p>
        {failure.errors.map((problem) => (
          <section key={problem.message}>
            <ul style={{ margin: '0 0 8px', paddingLeft: 18 }}>
              {blockersOf(problem).map((blocker) => (
                <li key={blocker.name}>
                  {blocker.path ? (
                    <Anchor component={Link} to={href(blocker.path)} onClick={() => close()}>
                      {blocker.name}
                    </Anchor>
                  ) : (
                    blocker.name
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </>
    ),
  })
  return true
}

const ONE = /(?:^|(?<=\), ))(.+?) \(([0-9a-f-]{36})\)/g

/** `2 meters: Runs (id), Hours (id)` as links; what cannot be read stays as the sentence it is. */
export function blockersOf({ message }: Pick<FieldProblem, 'message'>): Blocker[] {
  const [, kind = '', list = ''] = /^\d+ ([a-z ]+?): (.+)$/i.exec(message) ?? []
  const folder = folders[kind] ?? folders[kind.replace(/s$/, '')]
  const found = [...list.matchAll(ONE)].map(([, name = '', id = '']) => ({
    name: `${kind.replace(/s$/, '')} ${name.trim()}`,
    path: folder ? `${folder}/${id}` : null,
  }))
  return found.length > 0 ? found : [{ name: message, path: null }]
}
