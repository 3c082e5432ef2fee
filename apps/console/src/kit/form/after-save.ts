/**
 * Where to go after saving: back to the form that needed the new entity, with it chosen, or to the
 * given page. `onSaved: useAfterSave((saved) => `/products/${saved.id}`)`.
 */
import { useNavigate } from '@tanstack/react-router'
import { useHref } from '../link.tsx'
import { useSearchText } from '../params.ts'

export function useAfterSave<Saved extends { id: string }>(path: (saved: Saved) => string) {
  const navigate = useNavigate()
  const href = useHref()
  const back = useSearchText('return')
  const field = useSearchText('field')
  return (saved: Saved) => {
    // Only pages of the Console itself are returned to.
    const isOurs = back?.startsWith('/o/') && field
    const next = isOurs
      ? `${back}?field=${encodeURIComponent(field)}&created=${encodeURIComponent(saved.id)}`
      : href(path(saved))
    return navigate({ href: next, replace: true })
  }
}
