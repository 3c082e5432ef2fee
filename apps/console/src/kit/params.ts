/** Parameters of the address. `useId()` is the `$id` of a details page; `useParam('tab')` any other. */
import { useParams, useSearch } from '@tanstack/react-router'

export function useId(): string {
  return useParam('id') ?? ''
}

export function useParam(name: string): string | undefined {
  return (useParams({ strict: false }) as Record<string, string | undefined>)[name]
}

export function useSearchText(name: string): string | undefined {
  return (useSearch({ strict: false }) as Record<string, string | undefined>)[name]
}
