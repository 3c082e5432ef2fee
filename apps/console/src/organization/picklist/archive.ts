import { toBody } from '../../kit/form/check.ts'
import { type ResourceShape, useUpdate } from '../../kit/query/resource.ts'
import { failedToast, undoToast } from '../../kit/toast.tsx'
import type { PicklistItem } from './picklists.ts'

/** Archives or brings back an item, with a way to undo it. */
export function useArchive(resource: ResourceShape) {
  const update = useUpdate<PicklistItem>(resource)
  return async function archive(item: PicklistItem, archived: boolean): Promise<void> {
    try {
      const saved = await update.mutateAsync({
        id: item.id,
        body: { ...bodyOf(resource, item), archived, version: item.version },
      })
      undoToast(
        `${resource.title.one} ${item.name} ${archived ? 'archived' : 'is back'}`,
        () => void archive(saved, !archived),
      )
    } catch (cause) {
      failedToast(cause, `${resource.title.one} ${item.name} was not changed`)
    }
  }
}

function bodyOf(resource: ResourceShape, item: PicklistItem): Record<string, unknown> {
  const fields = Object.keys((resource.body as { properties?: object }).properties ?? {})
  return toBody(Object.fromEntries(Object.entries(item).filter(([key]) => fields.includes(key))))
}
